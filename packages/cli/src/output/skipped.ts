/** Granules that were left out: told once a reason, with the granules that it holds for. */
import type { CodedErrorJson, SkippedGranule } from "@zagg/core";
import type { Terminal } from "./terminal.js";

/** Reasons, and granules of a reason, that are written out; `--json` lists all. */
const LISTED = 10;

/** Writes to stderr which granules were skipped, and why. */
export function tellSkipped(
  { stderr, colors }: Terminal,
  skipped: readonly Omit<SkippedGranule, "href">[],
): void {
  const reasons = new Map<string, string[]>();
  for (const { id, error } of skipped) {
    const reason = reasonOf(error);
    reasons.set(reason, [...(reasons.get(reason) ?? []), id]);
  }
  for (const [reason, ids] of [...reasons].slice(0, LISTED)) {
    const more = ids.length > LISTED ? ` and ${ids.length - LISTED} more` : "";
    stderr.write(`${colors.yellow(`skipped ${ids.slice(0, LISTED).join(", ")}${more}`)}: ${reason}\n`);
  }
  if (reasons.size > LISTED) {
    stderr.write(`… granules skipped for ${reasons.size - LISTED} more reasons; --json lists all\n`);
  }
}

function reasonOf({ code, what, why, mend, path }: CodedErrorJson): string {
  const place = path === undefined || what.includes(path) ? "" : ` at ${path}`;
  return `${code}${place}: ${what}: ${why}; ${mend}`;
}
