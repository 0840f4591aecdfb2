/** Numbers as PROJ strings write them, read in full or refused. */
import type { CrsDefinition } from "./definition.js";
import { crsFault } from "./faults.js";

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
/** 46d57'8.66"N: degrees, minutes, seconds, a side. */
const SEXAGESIMAL = /^([+-]?)(\d+(?:\.\d*)?)d(?:(\d+(?:\.\d*)?)'?)?(?:(\d+(?:\.\d*)?)"?)?([NSEW]?)$/i;

/** @throws GridError `CRS_PARAMETER` if it is not a finite number */
export function numberOf(definition: CrsDefinition, key: string, given: string | true): number {
  const value = typeof given === "string" && NUMBER.test(given) ? Number(given) : NaN;
  if (Number.isFinite(value)) return value;
  throw crsFault("CRS_PARAMETER", definition, {
    why: given === true ? `+${key} has no value` : `+${key}=${given} is not a number`,
    mend: `write +${key}= and a number`,
  });
}

/** Degrees, also given as 46d57'8.66"N. @throws GridError `CRS_PARAMETER` */
export function angleOf(definition: CrsDefinition, key: string, given: string | true): number {
  const match = typeof given === "string" ? SEXAGESIMAL.exec(given) : null;
  if (match === null) return numberOf(definition, key, given);
  const [, sign, degrees, minutes = "0", seconds = "0", side = ""] = match;
  const size = Number(degrees) + Number(minutes) / 60 + Number(seconds) / 3600;
  return (sign === "-") !== /[SW]/i.test(side) ? -size : size;
}
