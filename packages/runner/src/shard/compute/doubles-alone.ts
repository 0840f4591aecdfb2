/** The rows of a chunk for who takes doubles alone: a column with an integer that none of them is, is refused. */
import type { CellSegments } from "@zagg/core";
import { beyondDoubles, isBeyondDoubles } from "../beyond-doubles.js";

/**
 * @param exactFunctions names of the aggregators that take integers exactly, for the message
 * @returns segments whose columns with integers beyond ±2^53 throw ConfigError `COLUMN_PRECISION`
 */
export function doublesAlone(segments: CellSegments, exactFunctions: readonly string[]): CellSegments {
  const { rest, ...others } = segments;
  if (rest === undefined) return segments;
  const refused = (name: string): void => {
    const rests = rest(name);
    if (rests === null) return;
    const values = segments.column(name);
    const row = values.findIndex((value, i) => isBeyondDoubles(value, rests[i]!));
    if (row < 0) return;
    const mend = `use a function that takes integers as they are: ${exactFunctions.join(", ")}`;
    throw beyondDoubles(name, values[row]!, rests[row]!, mend);
  };
  return {
    ...others,
    column(name) {
      refused(name);
      return segments.column(name);
    },
    scratch(name) {
      refused(name);
      return segments.scratch(name);
    },
  };
}
