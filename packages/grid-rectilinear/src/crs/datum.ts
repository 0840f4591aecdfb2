/** Datums of PROJ strings: an ellipsoid, and a shift to WGS 84 or none. */
import type { CrsDefinition } from "./definition.js";
import type { ShiftParameters } from "./datum-shift.js";
import {
  authalicSphere,
  checkedEllipsoid,
  flattened,
  namedEllipsoid,
  wgs84,
  type Ellipsoid,
} from "./ellipsoid.js";
import { crsFault } from "./faults.js";
import { shiftOfDatum } from "./named-datum.js";
import { numberOf } from "./numbers.js";
import type { GivenParameters } from "./proj-string.js";

/** The datum of a CRS. */
export interface Datum {
  readonly ellipsoid: Ellipsoid;
  /** Undefined where longitudes and latitudes are those of WGS 84. */
  readonly shift: ShiftParameters | undefined;
}

/** Datums of PROJ 9.5, `proj -ld`, by their names in EPSG's data set. */
const NAMED: Readonly<Record<string, readonly [ellps: string, name: string]>> = {
  WGS84: ["WGS84", "World Geodetic System 1984"],
  NAD83: ["GRS80", "North American Datum 1983"],
  GGRS87: ["GRS80", "Greek Geodetic Reference System 1987"],
  NAD27: ["clrk66", "North American Datum 1927"],
  potsdam: ["bessel", "Deutsches Hauptdreiecksnetz"],
  carthage: ["clrk80ign", "Carthage"],
  hermannskogel: ["bessel", "Militar-Geographische Institut"],
  ire65: ["mod_airy", "TM65"],
  nzgd49: ["intl", "New Zealand Geodetic Datum 1949"],
  OSGB36: ["airy", "Ordnance Survey of Great Britain 1936"],
};

/** Relative; an ellipsoid that is given twice is the same within this. */
const SAME_AXIS = 1e-9;

/**
 * Reads +datum, or the ellipsoid (+ellps, +a with +b, +rf or +f, +R, +R_A), and the shift (+towgs84, +nadgrids=@null). Without any
 * of them it is WGS 84; with an ellipsoid alone, longitudes and latitudes are taken as they are, as in PROJ.
 * @throws GridError `CRS_PARAMETER`, `CRS_UNSUPPORTED`, `CRS_DATUM`
 */
export function readDatum(definition: CrsDefinition, given: GivenParameters, proj: string): Datum {
  const named = datumNamed(definition, given);
  const axes = ellipsoidOf(definition, given);
  if (named !== undefined && axes !== undefined && !isSame(named.ellipsoid, axes)) {
    throw crsFault("CRS_PARAMETER", definition, {
      why: `the ellipsoid of +datum=${named.key} is another than the one given beside it`,
      mend: "leave the one that is meant",
    });
  }
  if (named === undefined && axes === undefined && given.has("no_defs")) {
    throw crsFault("CRS_PARAMETER", definition, {
      why: "+no_defs says that no ellipsoid is to be supposed, and none is given",
      mend: "give one, such as +datum=WGS84, or leave +no_defs out",
    });
  }
  const ellipsoid =
    named?.ellipsoid ?? axes ?? (proj === "krovak" ? namedEllipsoid(definition, "bessel") : wgs84);
  const shift = shiftOf(definition, given, named);
  if (!given.has("R_A")) return { ellipsoid: checkedEllipsoid(definition, ellipsoid), shift };
  return { ellipsoid: authalicSphere(checkedEllipsoid(definition, ellipsoid)), shift: undefined };
}

interface NamedDatum {
  readonly key: string;
  readonly name: string;
  readonly ellipsoid: Ellipsoid;
}

function datumNamed(definition: CrsDefinition, given: GivenParameters): NamedDatum | undefined {
  const key = given.get("datum");
  if (key === undefined) return undefined;
  const found = Object.hasOwn(NAMED, String(key)) ? NAMED[String(key)] : undefined;
  if (found === undefined) {
    throw crsFault("CRS_PARAMETER", definition, {
      why: `+datum=${String(key)} is not a datum of PROJ`,
      mend: `use one of ${Object.keys(NAMED).join(", ")}, or give +ellps and +towgs84`,
    });
  }
  const [ellps, name] = found;
  return { key: String(key), name, ellipsoid: namedEllipsoid(definition, ellps) };
}

function ellipsoidOf(definition: CrsDefinition, given: GivenParameters): Ellipsoid | undefined {
  const shape = ["b", "rf", "f"].filter((key) => given.has(key));
  const kinds = [given.has("ellps"), given.has("a") || shape.length > 0, given.has("R")];
  if (kinds.filter(Boolean).length > 1 || shape.length > 1 || (shape.length > 0 && !given.has("a"))) {
    throw crsFault("CRS_PARAMETER", definition, {
      why: "its ellipsoid is said in more than one way, or by half",
      mend: "give +ellps, or +R, or +a with one of +b, +rf and +f",
    });
  }
  const number = (key: string) => numberOf(definition, key, given.get(key)!);
  if (given.has("ellps")) return namedEllipsoid(definition, String(given.get("ellps")));
  if (given.has("R")) return { a: number("R"), b: number("R") };
  if (!given.has("a")) return undefined;
  if (given.has("b")) return { a: number("a"), b: number("b") };
  if (given.has("rf")) return flattened(number("a"), number("rf"));
  return { a: number("a"), b: given.has("f") ? number("a") * (1 - number("f")) : number("a") };
}

function shiftOf(
  definition: CrsDefinition,
  given: GivenParameters,
  named: NamedDatum | undefined,
): ShiftParameters | undefined {
  const grids = given.get("nadgrids");
  const parameters = given.get("towgs84");
  if (grids !== undefined && grids !== "@null") {
    throw crsFault("CRS_UNSUPPORTED", definition, {
      why: `it shifts datums with grid files (${String(grids)})`,
      mend: "give the seven parameters of +towgs84, metres from what the grids give, or a CRS on WGS 84",
    });
  }
  if (grids !== undefined && parameters !== undefined) {
    throw crsFault("CRS_PARAMETER", definition, {
      why: "+nadgrids=@null says that nothing is shifted, and +towgs84 that something is",
      mend: "leave the one that is meant",
    });
  }
  if (parameters === undefined) {
    if (grids !== undefined || named === undefined || named.key === "WGS84") return undefined;
    return shiftOfDatum(definition, named.name, named.ellipsoid);
  }
  const shift = readShift(definition, String(parameters));
  if (named?.key === "WGS84" && shift.some((value) => value !== 0)) {
    throw crsFault("CRS_PARAMETER", definition, {
      why: "+datum=WGS84 needs no shift, and +towgs84 gives one",
      mend: "leave the one that is meant; with +towgs84 give +ellps",
    });
  }
  return named?.key === "WGS84" ? undefined : shift;
}

/** Three or seven numbers with commas. @throws GridError `CRS_PARAMETER` */
export function readShift(definition: CrsDefinition, text: string): ShiftParameters {
  const parts = text.split(",").map((part) => numberOf(definition, "towgs84", part.trim()));
  if (parts.length === 3) return [parts[0]!, parts[1]!, parts[2]!, 0, 0, 0, 0];
  if (parts.length === 7) return parts as unknown as ShiftParameters;
  throw crsFault("CRS_PARAMETER", definition, {
    why: `+towgs84 has ${parts.length} numbers`,
    mend: "give 3 numbers (metres), or 7 (metres, arc-seconds, parts per million)",
  });
}

function isSame(one: Ellipsoid, other: Ellipsoid): boolean {
  return Math.abs(one.a - other.a) <= SAME_AXIS * one.a && Math.abs(one.b - other.b) <= SAME_AXIS * one.b;
}
