/** Granules that were left out: told once a code, with the granules that it holds for. */
import type { CodedErrorJson, SkippedGranule } from "@zagg/core";
import { thousands } from "./table.js";
import { write, type Terminal } from "./terminal.js";

/** Reasons, and granules of a reason, that are written out; `--json` lists all. */
const LISTED = 10;

type Skipped = Omit<SkippedGranule, "href">;

/** Writes to stderr which granules were skipped, and why: those of one code together. */
export function tellSkipped({ stderr, colors }: Terminal, skipped: readonly Skipped[]): void {
  const byCode = new Map<string, Skipped[]>();
  for (const one of skipped) {
    const alike = byCode.get(one.error.code);
    if (alike === undefined) byCode.set(one.error.code, [one]);
    else alike.push(one);
  }
  for (const alike of [...byCode.values()].slice(0, LISTED)) {
    const ids = alike.slice(0, LISTED).map(({ id }) => id);
    const more = alike.length > LISTED ? ` and ${thousands(alike.length - LISTED)} more` : "";
    const [reason] = alike.map(({ error }) => reasonOf(error));
    const isOne = alike.every(({ error }) => reasonOf(error) === reason);
    write(
      stderr,
      `${colors.yellow(`skipped ${ids.join(", ")}${more}`)}: ${isOne ? "" : "such as "}${reason}\n`,
    );
  }
  if (byCode.size > LISTED) {
    write(stderr, `… granules skipped for ${byCode.size - LISTED} more reasons; --json lists all\n`);
  }
}

function reasonOf({ code, what, why, mend, path }: CodedErrorJson): string {
  const place = path === undefined || what.includes(path) ? "" : ` at ${path}`;
  return `${code}${place}: ${what}: ${why}; ${mend}`;
}
