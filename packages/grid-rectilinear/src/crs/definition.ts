/** What a config may say of a coordinate reference system. */
import { GridError } from "@zagg/core";
import { epsgDefinitions } from "./epsg-definitions.js";
import { isWkt } from "./wkt-tree.js";

/** A CRS as text that proj4 parses. */
export interface CrsDefinition {
  /** As signatures carry it: `EPSG:` codes in upper case, anything else as given. */
  readonly text: string;
  readonly epsg: number | undefined;
  /** PROJ string or WKT. */
  readonly definition: string;
}

/**
 * Finds the definition of a CRS: `EPSG:n` in any case, `OGC:CRS84`, a PROJ string (`+proj=…`) or WKT.
 * @throws GridError `CRS_UNKNOWN`
 */
export function crsDefinition(crs: string | number): CrsDefinition {
  const given = String(crs);
  const code = /^EPSG:(\d+)$/i.exec(given)?.[1];
  if (code !== undefined) {
    const definition = epsgDefinition(Number(code));
    if (definition === undefined) throw unknownCode(given);
    return { text: given.toUpperCase(), epsg: Number(code), definition };
  }
  if (given.toUpperCase() === "OGC:CRS84") {
    return { text: given, epsg: 4326, definition: epsgDefinitions[4326]! };
  }
  if (/^\s*\+/.test(given) || isWkt(given)) {
    return { text: given, epsg: undefined, definition: given.trim() };
  }
  throw notUnderstood(given);
}

/** Every code that is known offline, ascending. */
export function knownEpsgCodes(): readonly number[] {
  const zones = Array.from({ length: 60 }, (_, i) => i + 1);
  return [
    ...Object.keys(epsgDefinitions).map(Number),
    ...zones.map((zone) => 32600 + zone),
    ...zones.map((zone) => 32700 + zone),
  ].sort((a, b) => a - b);
}

/** Whether a code is known offline. */
export function isKnownEpsgCode(code: number): boolean {
  return epsgDefinition(code) !== undefined;
}

function epsgDefinition(code: number): string | undefined {
  if (code > 32600 && code <= 32660) return `+proj=utm +zone=${code - 32600} +datum=WGS84 +units=m`;
  if (code > 32700 && code <= 32760) return `+proj=utm +zone=${code - 32700} +south +datum=WGS84 +units=m`;
  return Object.hasOwn(epsgDefinitions, code) ? epsgDefinitions[code] : undefined;
}

function unknownCode(given: string): GridError {
  return new GridError("CRS_UNKNOWN", {
    path: "/output/grid/crs",
    what: `crs is "${given}"`,
    why: "that EPSG code is not among the ones known offline",
    mend: `give its PROJ string or WKT instead, such as "+proj=laea +lat_0=90 +datum=WGS84"`,
    details: { crs: given },
  });
}

function notUnderstood(given: string): GridError {
  const mend = /^\d+$/.test(given)
    ? `write EPSG:${given}`
    : `write an EPSG code such as EPSG:3031, a PROJ string that starts with +proj=, or WKT`;
  return new GridError("CRS_UNKNOWN", {
    path: "/output/grid/crs",
    what: `crs is "${given}"`,
    why: "that is not an EPSG code, a PROJ string or WKT",
    mend,
    details: { crs: given },
  });
}
