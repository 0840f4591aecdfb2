/** Judges CRSs by what PROJ gives: the answers of tools/proj/campaign.py. */
import { isCodedError } from "@zagg/core";
import type { Crs } from "../src/index.js";

/** A CRS with what PROJ gives at some points, or why PROJ does not take it. */
export interface ProjCase {
  readonly kind: "string" | "broken" | "wkt" | "epsg";
  /** Projection, or EPSG. */
  readonly name: string;
  readonly crs: string;
  readonly refusal?: string;
  readonly points?: readonly (readonly [lonDeg: number, latDeg: number])[];
  readonly positions?: readonly (readonly [x: number, y: number] | null)[];
  /** How far from the point PROJ's inverse ends, metres; null if it has none. */
  readonly returns?: readonly (number | null)[];
}

/** What became of the cases of one projection. */
export interface Tally {
  taken: number;
  refused: number;
  /** Taken where PROJ refuses. */
  onlyHere: number;
  /** Points in the same place as by PROJ, and without one as by PROJ. */
  placed: number;
  nowhere: number;
  /** Far from its projection's centre PROJ's own inverse does not come back, or gives up. */
  unreturned: number;
  worstMm: number;
  faults: string[];
}

/** Metres; farther out than the longest maps of the whole world, where one is stretched without end, a part of the coordinate. */
const RIGHT = 1e-3;
const RIGHT_FAR = 1e-9;
const FAR = 2e7;
/** Maps end before this, metres. */
const BEYOND = 1e9;
/** PROJ evaluates Van der Grinten's formulas in an order that loses digits near the equator and the central meridian. Metres. */
const VAN_DER_GRINTEN = 0.5;
/** PROJ's inverse comes back to the point within this, metres. */
const RETURN = 1e-3;
/** Inverse, degrees on the ground. */
const INVERSE = 1e-9;
/** The same on another datum: the height that its way here leaves out is missed by the way back. */
const INVERSE_SHIFTED = 2e-8;
/** The same where PROJ's own does not come back: heights that a shift of datum leaves out, and far corners. */
const UNRETURNED = 1e-6;
const DEGREE_M = 111_320;

/** Sums up cases by projection. */
export function judge(createCrs: (text: string) => Crs, cases: Iterable<ProjCase>): Map<string, Tally> {
  const tallies = new Map<string, Tally>();
  for (const one of cases) {
    const tally = tallies.get(one.name) ?? emptyTally();
    tallies.set(one.name, tally);
    judgeCase(createCrs, one, tally);
  }
  return tallies;
}

function emptyTally(): Tally {
  return { taken: 0, refused: 0, onlyHere: 0, placed: 0, nowhere: 0, unreturned: 0, worstMm: 0, faults: [] };
}

function judgeCase(createCrs: (text: string) => Crs, one: ProjCase, tally: Tally): void {
  let crs: Crs;
  try {
    crs = createCrs(one.crs);
  } catch (error) {
    if (!isCodedError(error)) tally.faults.push(`${one.crs}: throws ${String(error)}`);
    else if (one.kind === "string" && one.refusal === undefined)
      tally.faults.push(`${error.code}: ${error.message}`);
    else tally.refused++;
    return;
  }
  if (one.refusal !== undefined) {
    tally.onlyHere++;
    tally.faults.push(`${one.crs}: taken, but PROJ says ${one.refusal.slice(-90)}`);
    return;
  }
  tally.taken++;
  const { points = [], positions = [], returns = [] } = one;
  const x = new Float64Array(points.length);
  const y = new Float64Array(points.length);
  const lonDeg = Float64Array.from(points, ([lon]) => lon);
  const latDeg = Float64Array.from(points, ([, lat]) => lat);
  crs.forward(lonDeg, latDeg, points.length, x, y);
  for (const [i, point] of points.entries()) {
    const fault = judgePoint(crs, one.name, point, [x[i]!, y[i]!], positions[i]!, returns[i]!, tally);
    if (fault !== undefined) tally.faults.push(`${one.crs} at ${point.join(", ")}: ${fault}`);
  }
}

function judgePoint(
  crs: Crs,
  name: string,
  point: readonly [number, number],
  [x, y]: readonly [number, number],
  want: readonly [number, number] | null,
  returns: number | null,
  tally: Tally,
): string | undefined {
  const has = Number.isFinite(x) && Number.isFinite(y);
  const comesBack = want !== null && returns !== null && returns < RETURN;
  if (!has) {
    if (comesBack && !isFarCassini(crs, name, point)) return `no position, but PROJ has ${want.join(", ")}`;
    tally.nowhere++;
    return undefined;
  }
  if (want === null) return `is at ${x}, ${y}, but PROJ has no position`;
  const isAngular = crs.geographic || crs.parameters?.kind?.angular === true;
  const meters = isAngular ? DEGREE_M : (crs.parameters?.toMeter ?? 1);
  const turn = isAngular ? 360 * Math.round((x - want[0]) / 360) : 0;
  const apart = Math.hypot(x - want[0] - turn, y - want[1]) * meters;
  if (!comesBack && Math.hypot(...want) * meters > BEYOND) return undefined;
  const right = name === "vandg" ? VAN_DER_GRINTEN : rightAt(want, meters);
  if (apart > right && (comesBack || name !== "vandg")) {
    if (comesBack)
      return `is at ${x}, ${y}, ${(apart * 1000).toPrecision(3)} mm from PROJ's ${want.join(", ")}`;
    return `is at ${x}, ${y}, but PROJ's ${want.join(", ")} does not come back`;
  }
  if (!comesBack) {
    tally.unreturned++;
    return inverseFault(crs, point, want, meters, UNRETURNED + (returns ?? 0) / DEGREE_M);
  }
  tally.placed++;
  if (name !== "vandg" && Math.hypot(...want) * meters < FAR) {
    tally.worstMm = Math.max(tally.worstMm, apart * 1000);
  }
  return inverseFault(
    crs,
    point,
    want,
    meters,
    crs.parameters.shift === undefined ? INVERSE : INVERSE_SHIFTED,
  );
}

/** Cassini's series is left 80° from its meridian, where PROJ still follows it. */
function isFarCassini(crs: Crs, name: string, [lonDeg]: readonly [number, number]): boolean {
  if (name !== "cass") return false;
  const meridian = (crs.parameters.numbers["lon_0"] ?? 0) + crs.parameters.primeMeridian;
  const apart = Math.abs(lonDeg - meridian - 360 * Math.round((lonDeg - meridian) / 360));
  return apart >= 79.99;
}

/** The way back from PROJ's position leads to the point, or where it is ill conditioned to a point of the same position. */
function inverseFault(
  crs: Crs,
  [lonDeg, latDeg]: readonly [number, number],
  want: readonly [number, number],
  meters: number,
  right: number,
): string | undefined {
  /* Van der Grinten's positions are PROJ's noise where it loses digits; Cassini's way back is lost in places beside a pole. */
  const { proj } = crs.parameters;
  if (proj === "vandg" || (proj === "cass" && Math.abs(latDeg) > 89)) return undefined;
  const back = new Float64Array(2);
  if (!crs.inverse(want[0], want[1], back)) return "its position has no way back";
  const turn = 360 * Math.round((back[0]! - lonDeg) / 360);
  const apart = Math.hypot(
    (back[0]! - lonDeg - turn) * Math.cos((latDeg * Math.PI) / 180),
    back[1]! - latDeg,
  );
  if (apart < right) return undefined;
  const x = new Float64Array(1);
  const y = new Float64Array(1);
  crs.forward(back.slice(0, 1), back.slice(1), 1, x, y);
  const again = Math.hypot(x[0]! - want[0], y[0]! - want[1]) * meters;
  return again < rightAt(want, meters) ? undefined : `the way back ends ${apart} degrees from it`;
}

function rightAt(position: readonly [number, number], meters: number): number {
  const far = Math.hypot(...position) * meters;
  return far < FAR ? RIGHT : RIGHT_FAR * far;
}
