/** What `bounds` says of time. What it says of space is a region, which `@zagg/sphere` reads. */
import { DAY_MS, readInstant } from "../instant.js";
import type { Problem } from "./problems.js";
import type { ZaggConfig } from "./schema.js";

/** Milliseconds since 1970, half-open: the start is in it and the end is not. */
export interface TimeBounds {
  readonly startMs: number;
  readonly endMs: number;
}

/**
 * The time of a valid configuration; undefined when it has no bounds in time. A last day is whole: it ends with the first
 * instant of the day after. A last instant is the end itself.
 */
export function timeBounds({ bounds }: Pick<ZaggConfig, "bounds">): TimeBounds | undefined {
  const temporal = bounds?.temporal;
  if (temporal === undefined || temporal === null) return undefined;
  const [start, end] = [readInstant(temporal.start_date), readInstant(temporal.end_date)];
  if (start === undefined || end === undefined) throw new TypeError("the bounds were not validated");
  return { startMs: start.ms, endMs: end.ms + (end.isDay ? DAY_MS : 0) };
}

/** Dates that are none, and an end that is not after the start. */
export function boundsProblems(config: Pick<ZaggConfig, "bounds">): Problem[] {
  const temporal = config.bounds?.temporal;
  if (temporal === undefined || temporal === null) return [];
  const wrong = (["start_date", "end_date"] as const).filter(
    (key) => readInstant(temporal[key]) === undefined,
  );
  if (wrong.length > 0) return wrong.map((key) => noDate(key, temporal[key]));
  const { startMs, endMs } = timeBounds(config)!;
  if (startMs < endMs) return [];
  return [
    {
      code: "CONFIG_BOUNDS",
      path: ["bounds", "temporal", "end_date"],
      what: `bounds.temporal is from ${temporal.start_date} to ${temporal.end_date}`,
      why: "the end is not after the start: a last day is whole, a last instant is not in the time",
      mend: "swap them, or name a later end",
    },
  ];
}

function noDate(key: string, text: string): Problem {
  return {
    code: "CONFIG_BOUNDS",
    path: ["bounds", "temporal", key],
    what: `bounds.temporal.${key} is ${JSON.stringify(text)}`,
    why: "it must be a day or an instant of ISO 8601, UTC unless it has an offset",
    mend: "write 2019-02-28, 2019-02-28T15:00Z or the like",
  };
}
