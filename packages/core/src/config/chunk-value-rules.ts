/** Rules of `aggregation.chunk_precompute`: its names stand beside those of the columns. */
import type { Problem } from "./problems.js";
import type { ZaggConfig } from "./schema.js";

/** What the original calls the id of a row, which is a column there. */
const LEAF_ID = "leaf_id";

/** Names that are blank, or that a column has already. */
export function chunkValueProblems({ aggregation, data_source: source }: ZaggConfig): Problem[] {
  const { latitude: _latitude, longitude: _longitude, ...coordinates } = source.coordinates;
  const columns = new Set([
    LEAF_ID,
    ...Object.keys(coordinates),
    ...Object.keys(source.variables),
    ...Object.values(source.levels ?? {}).flatMap(({ variables }) =>
      Array.isArray(variables) ? [] : Object.keys(variables ?? {}),
    ),
  ]);
  return Object.keys(aggregation.chunk_precompute ?? {}).flatMap((name) => {
    const isBlank = name.trim() === "";
    if (!isBlank && !columns.has(name)) return [];
    return [
      {
        code: "CONFIG_CHUNK_VALUE",
        path: ["aggregation", "chunk_precompute", name],
        what: `aggregation.chunk_precompute has ${isBlank ? "a blank name" : `the name "${name}"`}`,
        why: isBlank
          ? "fields read a chunk value by its name"
          : "that is the name of a column: a field could mean either",
        mend: isBlank ? "name it" : `rename it, for example to "chunk_${name}"`,
      },
    ];
  });
}
