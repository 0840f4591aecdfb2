/** The parameters of a CRS, from the keys of a PROJ string or from WKT: everything that is given is read, or refused. */
import type { CrsDefinition } from "./definition.js";
import type { ShiftParameters } from "./datum-shift.js";
import { readDatum } from "./datum.js";
import type { Ellipsoid } from "./ellipsoid.js";
import { crsFault } from "./faults.js";
import { nearestProjection } from "./nearest-projection.js";
import { angleOf, numberOf } from "./numbers.js";
import type { GivenParameters } from "./proj-string.js";
import type { ProjectionKind } from "./projection-kind.js";
import { projectionNamed } from "./projections.js";
import { linearUnits, primeMeridians } from "./units.js";
import { DATUM_KEYS, keysOf, refuseUnlessNeutral, refuseUnsupportedKeys } from "./unread-keys.js";

/** What a CRS is. Angles in degrees, lengths in metres. */
export interface CrsParameters {
  /** A name of PROJ; `longlat` is a geographic CRS, `tmerc` also what `utm` says. */
  readonly proj: string;
  /** Undefined for a geographic CRS. */
  readonly kind: ProjectionKind | undefined;
  readonly ellipsoid: Ellipsoid;
  /** From the datum to WGS 84; undefined where longitudes and latitudes are taken as they are. */
  readonly shift: ShiftParameters | undefined;
  /** East of Greenwich. */
  readonly primeMeridian: number;
  /** Middle of the turn that longitudes of a geographic CRS are in; undefined if it is 0. */
  readonly lonWrap: number | undefined;
  /** Metres of a unit of x and y. */
  readonly toMeter: number;
  readonly x0: number;
  readonly y0: number;
  /** What the projection reads, given or by default. */
  readonly numbers: Readonly<Record<string, number | undefined>>;
  readonly flags: ReadonlySet<string>;
  readonly words: Readonly<Record<string, string | undefined>>;
}

/** Keys of PROJ strings that say nothing about where points go. */
const SILENT = new Set(["no_defs", "type", "wktext"]);
const SYNONYMS: Readonly<Record<string, string>> = {
  latlong: "longlat",
  latlon: "longlat",
  lonlat: "longlat",
  etmerc: "tmerc",
};

/**
 * Reads parameters, and refuses what it does not read.
 * @throws GridError `CRS_UNKNOWN`, `CRS_UNSUPPORTED`, `CRS_PARAMETER`, `CRS_DATUM`
 */
export function readParameters(definition: CrsDefinition, given: GivenParameters): CrsParameters {
  refuseUnsupportedKeys(definition, given);
  const unread = new Set([...given.keys()].filter((key) => !SILENT.has(key)));
  const take = (key: string) => {
    unread.delete(key);
    return given.get(key);
  };
  const proj = projectionOf(definition, take("proj"));
  const { ellipsoid, shift } = readDatum(
    definition,
    new Map([...DATUM_KEYS, "no_defs"].flatMap((key) => pairOf(key, take(key)))),
    proj,
  );
  const shifting = ["towgs84", "nadgrids", "R_A", "pm"].find((key) => given.has(key));
  if (projectionNamed(proj)?.angular === true && shifting !== undefined) {
    throw crsFault("CRS_PARAMETER", definition, {
      why: `with a rotated pole PROJ reads +${shifting} in one way here and another there`,
      mend: `leave +${shifting} out`,
    });
  }
  if (proj === "cea" && given.has("R_A") && (given.has("k") || given.has("k_0"))) {
    throw crsFault("CRS_PARAMETER", definition, {
      why: "PROJ takes the scale for that of the ellipsoid, which +R_A replaces by a sphere",
      mend: "give +lat_ts, or +R in place of +R_A",
    });
  }
  const primeMeridian = primeMeridianOf(definition, take("pm"));
  const base = {
    ellipsoid: proj === "webmerc" ? sphereOf(ellipsoid) : ellipsoid,
    shift,
    primeMeridian,
    flags: new Set<string>(),
    words: {},
  };
  let parameters: CrsParameters;
  if (proj === "longlat") {
    const wrap = take("lon_wrap");
    const lonWrap = wrap === undefined ? undefined : angleOf(definition, "lon_wrap", wrap);
    parameters = { ...base, proj, kind: undefined, lonWrap, toMeter: 1, x0: 0, y0: 0, numbers: {} };
  } else if (proj === "utm") {
    parameters = utmOf(definition, take, base);
  } else {
    parameters = projected(definition, projectionNamed(proj)!, take, base);
  }
  for (const key of unread) refuseUnlessNeutral(definition, given, proj, key);
  return parameters;
}

type Take = (key: string) => string | true | undefined;
type Base = Pick<CrsParameters, "ellipsoid" | "shift" | "primeMeridian" | "flags" | "words">;

function projected(definition: CrsDefinition, kind: ProjectionKind, take: Take, base: Base): CrsParameters {
  const numbers: Record<string, number | undefined> = {};
  for (const [key, byDefault] of Object.entries(kind.numbers)) {
    const value = key === "k_0" ? scaleFactor(definition, take) : take(key);
    if (value !== undefined) numbers[key] = checkedNumber(definition, key, value);
    else if (byDefault === null) throw missing(definition, kind.name, key);
    else numbers[key] = byDefault;
  }
  const flags = new Set((kind.flags ?? []).filter((key) => isSet(definition, key, take(key))));
  const words: Record<string, string | undefined> = {};
  for (const [key, known] of Object.entries(kind.words ?? {})) {
    const value = take(key);
    if (value === undefined) continue;
    if (!known.includes(String(value))) throw notAmong(definition, key, String(value), known);
    words[key] = String(value);
  }
  return {
    ...base,
    proj: kind.name,
    kind,
    lonWrap: undefined,
    toMeter: kind.angular === true ? degreesOnly(definition, take) : unitOf(definition, take),
    x0: kind.angular === true ? 0 : numberOr(definition, "x_0", take("x_0"), 0),
    y0: kind.angular === true ? 0 : numberOr(definition, "y_0", take("y_0"), 0),
    numbers,
    flags,
    words,
  };
}

/** Universal Transverse Mercator is a transverse Mercator whose parameters the zone says. */
function utmOf(definition: CrsDefinition, take: Take, base: Base): CrsParameters {
  const zone = take("zone");
  if (zone === undefined) throw missing(definition, "utm", "zone");
  if (!/^\d{1,2}$/.test(String(zone)) || Number(zone) < 1 || Number(zone) > 60) {
    throw crsFault("CRS_PARAMETER", definition, {
      why: `+zone=${String(zone)} is not a whole number from 1 to 60`,
      mend: "give the zone as +zone=18, and +south for the southern hemisphere",
    });
  }
  if (base.ellipsoid.a === base.ellipsoid.b) {
    throw crsFault("CRS_PARAMETER", definition, {
      why: "utm is defined on ellipsoids",
      mend: "use tmerc with +k_0=0.9996 and +x_0=500000 on a sphere",
    });
  }
  const isSouth = isSet(definition, "south", take("south"));
  return {
    ...base,
    proj: "tmerc",
    kind: projectionNamed("tmerc"),
    lonWrap: undefined,
    toMeter: unitOf(definition, take),
    x0: 500_000,
    y0: isSouth ? 10_000_000 : 0,
    numbers: { lat_0: 0, lon_0: 6 * Number(zone) - 183, k_0: 0.9996 },
  };
}

function projectionOf(definition: CrsDefinition, given: string | true | undefined): string {
  if (typeof given !== "string" || given === "") {
    throw crsFault("CRS_UNKNOWN", definition, {
      why: "it names no projection",
      mend: "start it with +proj=, such as +proj=laea",
    });
  }
  const proj = SYNONYMS[given] ?? given;
  if (proj === "longlat" || proj === "utm" || projectionNamed(proj) !== undefined) return proj;
  throw nearestProjection(definition, given);
}

function scaleFactor(definition: CrsDefinition, take: Take): string | true | undefined {
  const [k_0, k] = [take("k_0"), take("k")];
  if (k_0 === undefined || k === undefined || Number(k_0) === Number(k)) return k_0 ?? k;
  throw crsFault("CRS_PARAMETER", definition, {
    why: "+k and +k_0 are one parameter, and differ here",
    mend: "leave the one that is meant",
  });
}

function checkedNumber(definition: CrsDefinition, key: string, given: string | true): number {
  if (key === "h" || key === "k_0") {
    const value = numberOf(definition, key, given);
    if (value > 0) return value;
    throw outOfRange(definition, key, value, "is not positive");
  }
  const value = angleOf(definition, key, given);
  const isLatitude = key.startsWith("lat_") || key === "o_lat_p";
  if (isLatitude && Math.abs(value) > 90) throw outOfRange(definition, key, value, "is beyond a pole");
  if (Math.abs(value) > 3600) throw outOfRange(definition, key, value, "is no angle in degrees");
  return value;
}

function numberOr(
  definition: CrsDefinition,
  key: string,
  given: string | true | undefined,
  byDefault: number,
): number {
  return given === undefined ? byDefault : numberOf(definition, key, given);
}

function isSet(definition: CrsDefinition, key: string, given: string | true | undefined): boolean {
  if (given === undefined || given === true) return given === true;
  throw crsFault("CRS_PARAMETER", definition, {
    why: `+${key} is said by standing there, and has no value`,
    mend: `write +${key}, or leave it out`,
  });
}

function unitOf(definition: CrsDefinition, take: Take): number {
  const name = take("units");
  const given = take("to_meter");
  const factor = given === undefined ? undefined : numberOf(definition, "to_meter", given);
  if (factor !== undefined && !(factor > 0))
    throw outOfRange(definition, "to_meter", factor, "is not positive");
  if (name === undefined) return factor ?? 1;
  if (!Object.hasOwn(linearUnits, String(name))) {
    throw notAmong(definition, "units", String(name), Object.keys(linearUnits));
  }
  const unit = linearUnits[String(name)]!;
  if (factor === undefined || Math.abs(factor / unit - 1) < 1e-12) return unit;
  throw crsFault("CRS_PARAMETER", definition, {
    why: `+units=${String(name)} is ${unit} m and +to_meter says ${factor} m`,
    mend: "leave the one that is meant",
  });
}

/** Rotated longitudes and latitudes are degrees; +to_meter may say so by the radians of one. */
function degreesOnly(definition: CrsDefinition, take: Take): number {
  const given = take("to_meter");
  if (given !== undefined) {
    const factor = numberOf(definition, "to_meter", given);
    if (Math.abs(factor / (Math.PI / 180) - 1) > 1e-9)
      throw outOfRange(definition, "to_meter", factor, "is not a degree");
  }
  return 1;
}

function primeMeridianOf(definition: CrsDefinition, given: string | true | undefined): number {
  if (given === undefined) return 0;
  const name = String(given);
  if (Object.hasOwn(primeMeridians, name)) return primeMeridians[name]!;
  if (/^[a-z]/i.test(name)) throw notAmong(definition, "pm", name, Object.keys(primeMeridians));
  const degrees = angleOf(definition, "pm", given);
  if (Math.abs(degrees) > 180) throw outOfRange(definition, "pm", degrees, "is more than half a turn");
  return degrees;
}

/** Web Mercator takes latitudes of the ellipsoid for those of the sphere of its semi-major axis. */
function sphereOf({ a }: Ellipsoid): Ellipsoid {
  return { a, b: a };
}

function pairOf(key: string, value: string | true | undefined): [string, string | true][] {
  return value === undefined ? [] : [[key, value]];
}

function missing(definition: CrsDefinition, proj: string, key: string) {
  return crsFault("CRS_PARAMETER", definition, {
    why: `+proj=${proj} needs +${key}`,
    mend: `give +${key}=; ${proj} reads ${
      proj === "utm"
        ? "+zone +south"
        : keysOf(proj)
            .map((name) => `+${name}`)
            .join(" ")
    }`,
  });
}

function outOfRange(definition: CrsDefinition, key: string, value: number, why: string) {
  return crsFault("CRS_PARAMETER", definition, {
    why: `+${key}=${value} ${why}`,
    mend: `give another +${key}`,
  });
}

function notAmong(definition: CrsDefinition, key: string, value: string, known: readonly string[]) {
  return crsFault("CRS_PARAMETER", definition, {
    why: `+${key}=${value} is not known`,
    mend: `use one of ${known.join(", ")}`,
  });
}
