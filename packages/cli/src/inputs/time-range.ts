/** The time range a command is limited to. */
import { ConfigError } from "@zagg/core";
import type { TimeInterval } from "@zagg/shardmap";

const DAY = /^\d{4}-\d\d-\d\d$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/;
const DAY_MS = 86_400_000;

/**
 * `START..END`, both included, either left out for no limit. A day is meant whole; an instant without a zone is UTC.
 * @throws ConfigError `CLI_USAGE`
 */
export function parseTimeRange(text: string): TimeInterval {
  const [start, end, ...rest] = text.split("..");
  if (start === undefined || end === undefined || rest.length > 0 || start + end === "") throw wrong(text);
  const startMs = start === "" ? -Infinity : instant(start, text);
  const endMs = end === "" ? Infinity : instant(end, text) + (DAY.test(end) ? DAY_MS - 1 : 0);
  if (startMs > endMs) throw wrong(text);
  return { startMs, endMs };
}

function instant(part: string, text: string): number {
  if (!DAY.test(part) && !INSTANT.test(part)) throw wrong(text);
  const ms = Date.parse(DAY.test(part) || /(Z|[+-]\d\d:\d\d)$/.test(part) ? part : `${part}Z`);
  if (Number.isNaN(ms)) throw wrong(text);
  return ms;
}

function wrong(text: string): ConfigError {
  return new ConfigError("CLI_USAGE", {
    what: `--time is ${JSON.stringify(text)}`,
    why: "it must be START..END, each a day or an instant of ISO 8601, the start not after the end; one may be left out",
    mend: "write --time 2019-02-01..2019-02-28, --time 2019-02-03T15:00Z.. or the like",
  });
}
