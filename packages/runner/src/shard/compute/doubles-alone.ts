/** The rows of a chunk for who takes doubles alone: a column with an integer that none of them is, is refused. */
import { ConfigError, joinInteger, type CellSegments, type Column } from "@zagg/core";
import { EXACT_LIMIT } from "@zagg/core/internal";

/**
 * @param exactFunctions names of the aggregators that take integers exactly, for the message
 * @returns segments whose columns with integers beyond ±2^53 throw ConfigError `COLUMN_PRECISION`
 */
export function doublesAlone(segments: CellSegments, exactFunctions: readonly string[]): CellSegments {
  const { rest, ...others } = segments;
  if (rest === undefined) return segments;
  const refused = (name: string): void => {
    const rests = rest(name);
    if (rests !== null) throw beyondDoubles(name, segments.column(name), rests, exactFunctions);
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

/** @param rest parallel to `values`, of a column that has an integer beyond ±2^53 somewhere */
export function beyondDoubles(
  name: string,
  values: Column,
  rest: Int16Array,
  exactFunctions: readonly string[],
): ConfigError {
  const row = values.findIndex((value, i) => rest[i] !== 0 || Math.abs(value) > EXACT_LIMIT);
  const held = row < 0 ? "integers beyond 2^53" : `the integer ${joinInteger(values[row]!, rest[row]!)}`;
  return new ConfigError("COLUMN_PRECISION", {
    path: `/data_source/variables/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`,
    what: `the column "${name}" holds ${held}, and is read as doubles`,
    why: "doubles round integers beyond 2^53, so that the result would be wrong",
    mend: `use a function that takes them as they are: ${exactFunctions.join(", ")}; or ask for rounded ones by { path: …, dtype: float64 } in data_source.variables`,
    details: { column: name, functions: [...exactFunctions] },
  });
}
