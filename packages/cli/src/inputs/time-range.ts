/** The time range a command is limited to. */
import { ConfigError } from "@zagg/core";
import { DAY_MS, readInstant } from "@zagg/core/internal";
import type { TimeInterval } from "@zagg/shardmap";

/**
 * `START..END`, both included, either left out for no limit. A day is meant whole; an instant without a zone is UTC.
 * @throws ConfigError `CLI_USAGE`
 */
export function parseTimeRange(text: string): TimeInterval {
  const [start, end, ...rest] = text.split("..");
  if (start === undefined || end === undefined || rest.length > 0 || start + end === "") throw wrong(text);
  const [first, last] = [start, end].map((part) => (part === "" ? null : readInstant(part)));
  if (first === undefined || last === undefined) throw wrong(text);
  const startMs = first === null ? -Infinity : first.ms;
  const endMs = last === null ? Infinity : last.ms + (last.isDay ? DAY_MS - 1 : 0);
  if (startMs > endMs) throw wrong(text);
  return { startMs, endMs };
}

function wrong(text: string): ConfigError {
  return new ConfigError("CLI_USAGE", {
    what: `--time is ${JSON.stringify(text)}`,
    why: "it must be START..END, each a day or an instant of ISO 8601, the start not after the end; one may be left out",
    mend: "write --time 2019-02-01..2019-02-28, --time 2019-02-03T15:00Z.. or the like",
  });
}
