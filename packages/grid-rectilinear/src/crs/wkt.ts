/** A CRS in WKT, as the keys of a PROJ string: GDAL's and Esri's WKT1, and WKT2 of 2015 and 2019 (ISO 19162). */
import type { CrsDefinition } from "./definition.js";
import type { ShiftParameters } from "./datum-shift.js";
import { flattened } from "./ellipsoid.js";
import { crsFault } from "./faults.js";
import { shiftOfDatum } from "./named-datum.js";
import { numberOf } from "./numbers.js";
import { readProjString, type GivenParameters } from "./proj-string.js";
import { primeMeridians } from "./units.js";
import { usualKeys, wktMethods, type WktMethod } from "./wkt-methods.js";
import { boundShiftOf } from "./wkt-bound.js";
import { childOf, type WktNode } from "./wkt-tree.js";

const PROJECTED = ["PROJCS", "PROJCRS", "PROJECTEDCRS"];
const GEOGRAPHIC = ["GEOGCS", "GEOGCRS", "GEOGRAPHICCRS", "GEODCRS", "GEODETICCRS"];
const BASE = ["GEOGCS", "BASEGEOGCRS", "BASEGEODCRS"];
const DATUM = ["DATUM", "GEODETICDATUM", "TRF", "ENSEMBLE"];
const ANGLE_UNIT = ["UNIT", "ANGLEUNIT"];
const LENGTH_UNIT = ["UNIT", "LENGTHUNIT"];

const DEGREE = Math.PI / 180;
/** Units are written with 15 digits. */
const SAME_UNIT = 1e-9;
const LENGTHS = new Set(["x_0", "y_0", "h", "ground"]);
const RATIOS = new Set(["k_0", "xscale", "yscale", "sphere"]);

/**
 * Reads WKT.
 * @param unnamedShift taken where the datum's name says nothing here: the shift of the EPSG code that the WKT says it is
 * @throws GridError `CRS_UNKNOWN`, `CRS_UNSUPPORTED`, `CRS_PARAMETER`, `CRS_DATUM`
 */
export function readWkt(
  definition: CrsDefinition,
  root: WktNode,
  unnamedShift?: { readonly shift: ShiftParameters | undefined },
): GivenParameters {
  const extension = childOf(root, "EXTENSION");
  if (extension?.values[0] === "PROJ4") {
    return readProjString({ ...definition, definition: extension.values[1] ?? "" });
  }
  if (root.keyword === "BOUNDCRS") {
    const source = childOf(root, "SOURCECRS")?.children[0];
    if (source === undefined) throw unsupported(definition, "it is bound to no CRS");
    return readCrs(definition, source, () => boundShiftOf(definition, root));
  }
  return readCrs(definition, root, (name, datum) => {
    const given = childOf(datum, "TOWGS84")?.values;
    if (given !== undefined) return given.map(Number) as unknown as ShiftParameters;
    const [, a, inverseFlattening] = ellipsoidOf(definition, datum);
    try {
      return shiftOfDatum(definition, name, flattened(a, inverseFlattening));
    } catch (error) {
      if (unnamedShift !== undefined) return unnamedShift.shift;
      throw error;
    }
  });
}

function readCrs(
  definition: CrsDefinition,
  root: WktNode,
  shiftOf: (name: string, datum: WktNode) => ShiftParameters | undefined,
): GivenParameters {
  const isProjected = PROJECTED.includes(root.keyword);
  if (!isProjected && !GEOGRAPHIC.includes(root.keyword)) {
    throw unsupported(definition, `${root.keyword} is neither a geographic nor a projected CRS`);
  }
  if (childOf(root, "DERIVINGCONVERSION") !== undefined)
    throw unsupported(definition, "its longitudes are derived");
  const base = isProjected ? childOf(root, ...BASE) : root;
  const datum = childOf(base, ...DATUM);
  if (base === undefined || datum === undefined) throw incomplete(definition, "a datum");
  if (base.keyword.startsWith("GEOD") && childOf(root, "CS")?.values[0]?.toLowerCase() === "cartesian") {
    throw unsupported(definition, "a geocentric CRS has three axes");
  }
  checkAxes(definition, root);
  const [, a, inverseFlattening] = ellipsoidOf(definition, datum);
  const shift = shiftOf(datum.values[0] ?? "", datum);
  const given = new Map<string, string | true>([
    ["a", String(a)],
    ["rf", String(inverseFlattening)],
  ]);
  if (shift !== undefined) given.set("towgs84", shift.join(","));
  const meridian = primeMeridianOf(definition, base);
  if (meridian !== 0) given.set("pm", String(meridian));
  const angle = unitOf(base, ANGLE_UNIT) ?? angleOfAxes(root) ?? DEGREE;
  if (!isProjected) {
    if (!isNear(angle, DEGREE)) throw unsupported(definition, "its longitudes and latitudes are not degrees");
    return given.set("proj", "longlat");
  }
  return new Map([...given, ...conversionOf(definition, root, angle)]);
}

/** The projection with its parameters, and the unit of x and y. */
function conversionOf(definition: CrsDefinition, root: WktNode, angle: number): Map<string, string | true> {
  const holder = childOf(root, "CONVERSION") ?? root;
  const name = childOf(holder, "PROJECTION", "METHOD")?.values[0];
  if (name === undefined) throw incomplete(definition, "a projection");
  const plain = plainName(name);
  const method = Object.hasOwn(wktMethods, plain) ? wktMethods[plain]! : undefined;
  if (method === undefined) {
    throw crsFault("CRS_UNSUPPORTED", definition, {
      why: `its projection "${name}" is not known here`,
      mend: "write it as a PROJ string, if +proj has it; projinfo prints one for any CRS",
    });
  }
  const axis = root.children.find(
    (child) => child.keyword === "AXIS" && childOf(child, "LENGTHUNIT") !== undefined,
  );
  const toMeter = unitOf(root, LENGTH_UNIT) ?? unitOf(axis, LENGTH_UNIT) ?? 1;
  const numbers = new Map<string, number>();
  for (const parameter of holder.children.filter(({ keyword }) => keyword === "PARAMETER")) {
    const [label = "", text = ""] = parameter.values;
    const key = keyOf(definition, method, label);
    const unit = LENGTHS.has(key)
      ? (unitOf(parameter, LENGTH_UNIT) ?? toMeter)
      : RATIOS.has(key)
        ? (unitOf(parameter, ["SCALEUNIT", "UNIT"]) ?? 1)
        : inDegrees(unitOf(parameter, ANGLE_UNIT) ?? angle);
    numbers.set(key, numberOf(definition, label, text) * unit);
  }
  checkFixed(definition, method, numbers);
  const given = new Map<string, string | true>([
    ["proj", method.proj],
    ["to_meter", String(toMeter)],
    ...Object.entries(method.implied ?? {}),
  ]);
  for (const [key, value] of numbers) given.set(key, String(value));
  return resolved(given);
}

/** What dialects leave to be understood. */
function resolved(given: Map<string, string | true>): Map<string, string | true> {
  const proj = given.get("proj");
  if (proj === "lcc" && !given.has("lat_1") && given.has("lat_0")) given.set("lat_1", given.get("lat_0")!);
  if (proj === "stere" && given.has("lat_ts") && !given.has("lat_0")) {
    given.set("lat_0", Number(given.get("lat_ts")) < 0 ? "-90" : "90");
  }
  const isAcross = (key: string) => Math.abs(Number(given.get(key) ?? 90) - 90) < 1e-9;
  if (proj === "omerc" && !given.has("no_uoff") && isAcross("alpha") && isAcross("gamma")) {
    given.set("proj", "somerc").set("lon_0", given.get("lonc") ?? "0");
    for (const key of ["lonc", "alpha", "gamma"]) given.delete(key);
  }
  return given;
}

function keyOf(definition: CrsDefinition, method: WktMethod, label: string): string {
  const plain = plainName(label);
  const own = method.keys ?? {};
  if (Object.hasOwn(own, plain)) return own[plain]!;
  if (Object.hasOwn(usualKeys, plain)) return usualKeys[plain]!;
  throw crsFault("CRS_PARAMETER", definition, {
    why: `its parameter "${label}" is not known here`,
    mend: "write the CRS as a PROJ string",
  });
}

function checkFixed(definition: CrsDefinition, method: WktMethod, numbers: Map<string, number>): void {
  for (const [key, value] of Object.entries(method.fixed ?? {})) {
    const given = numbers.get(key);
    numbers.delete(key);
    if (given === undefined || Math.abs(given - value) < 1e-9) continue;
    throw crsFault("CRS_PARAMETER", definition, {
      why: `a parameter of its projection is ${given}, and it is known for ${value} alone`,
      mend: "write the CRS as a PROJ string",
    });
  }
}

/** Both axes of a polar projection point south from the north pole, or north from the south pole. */
function checkAxes(definition: CrsDefinition, root: WktNode): void {
  const directions = root.children
    .filter(({ keyword }) => keyword === "AXIS")
    .map(({ values }) => (values[1] ?? values[0] ?? "").toLowerCase())
    .filter((direction) => direction !== "up");
  const known = directions.every((direction) =>
    ["east", "north", "south", "other", "unknown", "unspecified"].includes(direction),
  );
  const souths = directions.filter((direction) => direction === "south").length;
  if (known && (souths === 0 || souths === directions.length)) return;
  throw unsupported(definition, `its axes point ${directions.join(" and ")}; x is always east and y north`);
}

function ellipsoidOf(
  definition: CrsDefinition,
  datum: WktNode,
): [name: string, a: number, inverseFlattening: number] {
  const node = childOf(datum, "ELLIPSOID", "SPHEROID");
  if (node === undefined) throw incomplete(definition, "an ellipsoid");
  const [name = "", a = "", inverseFlattening = ""] = node.values;
  const unit = unitOf(node, LENGTH_UNIT) ?? 1;
  return [name, numberOf(definition, "a", a) * unit, numberOf(definition, "rf", inverseFlattening)];
}

/**
 * Degrees. WKT1 writes degrees even where the CRS is in grads; a name that is known tells them apart. PROJ takes its own value for such a
 * name, 0.4 mm from the rounded one of WKT.
 */
function primeMeridianOf(definition: CrsDefinition, base: WktNode): number {
  const node = childOf(base, "PRIMEM", "PRIMEMERIDIAN");
  if (node === undefined) return 0;
  const [name = "", text = "0"] = node.values;
  const value = numberOf(definition, "pm", text);
  const own = unitOf(node, ANGLE_UNIT);
  const unit = inDegrees(own ?? unitOf(base, ANGLE_UNIT) ?? DEGREE);
  const named = Object.hasOwn(primeMeridians, name.toLowerCase())
    ? primeMeridians[name.toLowerCase()]
    : undefined;
  const isNamed = (degrees: number) => named !== undefined && Math.abs(degrees - named) < 1e-6;
  if (isNamed(value * unit) || (own === undefined && isNamed(value))) return named!;
  if (own !== undefined || value === 0 || unit === 1) return value * unit;
  throw unsupported(definition, `its prime meridian "${name}" may be in degrees or not`);
}

function unitOf(node: WktNode | undefined, keywords: readonly string[]): number | undefined {
  const factor = Number(childOf(node, ...keywords)?.values[1]);
  return factor > 0 ? factor : undefined;
}

function angleOfAxes(root: WktNode): number | undefined {
  const axis = root.children.find((child) => child.keyword === "AXIS");
  return unitOf(axis, ["ANGLEUNIT"]);
}

/** Degrees of a unit; exactly 1 for the degree, however it is rounded. */
function inDegrees(radians: number): number {
  return isNear(radians, DEGREE) ? 1 : radians / DEGREE;
}

function isNear(a: number, b: number): boolean {
  return Math.abs(a / b - 1) < SAME_UNIT;
}

function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}

function incomplete(definition: CrsDefinition, what: string) {
  return crsFault("CRS_UNKNOWN", definition, {
    why: `it is WKT without ${what}`,
    mend: "check it; projinfo prints WKT for any CRS",
  });
}

function unsupported(definition: CrsDefinition, why: string) {
  return crsFault("CRS_UNSUPPORTED", definition, {
    why,
    mend: "give a geographic CRS in degrees, or a projected one with x east and y north",
  });
}
