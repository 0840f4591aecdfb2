/** PROJ strings: `+key=value +flag`. */
import type { CrsDefinition } from "./definition.js";
import { crsFault } from "./faults.js";

/** Keys with their values as written; true for flags. */
export type GivenParameters = ReadonlyMap<string, string | true>;

/**
 * Splits a PROJ string. A key may stand once: PROJ takes the first, others the last.
 * @throws GridError `CRS_PARAMETER`, `CRS_UNSUPPORTED`
 */
export function readProjString(definition: CrsDefinition): GivenParameters {
  if (/\+(proj=pipeline|step)\b/.test(definition.definition)) {
    throw crsFault("CRS_UNSUPPORTED", definition, {
      why: "a pipeline of operations is not a CRS",
      mend: "give the CRS that the pipeline leads to",
    });
  }
  const given = new Map<string, string | true>();
  for (const token of definition.definition.trim().split(/\s+/)) {
    const match = /^\+([A-Za-z]\w*)(?:=(.*))?$/.exec(token);
    if (match === null) {
      throw crsFault("CRS_PARAMETER", definition, {
        why: `"${token}" is not +key or +key=value`,
        mend: "write each parameter as +key=value, with spaces between them and none inside",
      });
    }
    const key = match[1]!;
    const value = match[2] ?? true;
    if (given.has(key) && given.get(key) !== value) {
      throw crsFault("CRS_PARAMETER", definition, {
        why: `+${key} stands there twice, with two values`,
        mend: "leave the one that is meant",
      });
    }
    given.set(key, value);
  }
  return given;
}
