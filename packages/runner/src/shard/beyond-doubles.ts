/** Integers that doubles are not, where doubles are wanted. */
import { ConfigError, joinInteger } from "@zagg/core";
import { EXACT_LIMIT } from "@zagg/core/internal";

/** Whether an integer, as a double and what it lacks, is beyond ±2^53. What is not finite is no integer. */
export function isBeyondDoubles(value: number, rest: number): boolean {
  return rest !== 0 || (Math.abs(value) > EXACT_LIMIT && Number.isFinite(value));
}

/** @param mend what to do, besides taking the column as rounded doubles */
export function beyondDoubles(name: string, value: number, rest: number, mend: string): ConfigError {
  return new ConfigError("COLUMN_PRECISION", {
    path: `/data_source/variables/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`,
    what: `the column "${name}" holds the integer ${joinInteger(value, rest)}, and is wanted as doubles`,
    why: "doubles round integers beyond 2^53, so that the result would be wrong",
    mend: `${mend}; or ask for rounded ones by { path: …, dtype: float64 } in data_source.variables`,
    details: { column: name },
  });
}
