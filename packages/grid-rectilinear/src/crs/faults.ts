/** Errors about a CRS. */
import { GridError } from "@zagg/core";
import type { CrsDefinition } from "./definition.js";

/** The codes of a CRS that is not taken. */
export type CrsFaultCode = "CRS_UNKNOWN" | "CRS_UNSUPPORTED" | "CRS_PARAMETER" | "CRS_DATUM";

/** An error that names the CRS as it was given. */
export function crsFault(
  code: CrsFaultCode,
  { text }: Pick<CrsDefinition, "text">,
  { why, mend, cause }: { why: string; mend: string; cause?: unknown },
): GridError {
  return new GridError(code, {
    path: "/output/grid/crs",
    what: `crs is "${text}"`,
    why,
    mend,
    details: { crs: text },
    ...(cause === undefined ? {} : { cause }),
  });
}
