/** A growing list of the bounds of ranges: where a set of cells begins and ends, in turns. */
import { GeometryError } from "@zagg/core";
import { HIGH, LOW, lanesOf } from "@zagg/core/internal";

/** More bounds than this are refused: 320 MB. */
const MAX_BOUNDARIES = 40_000_000;

export interface Boundaries {
  lanes: Uint32Array;
  /** How many bounds there are, two lanes each. */
  length: number;
}

/** An empty list. */
export function createBoundaries(): Boundaries {
  return { lanes: new Uint32Array(32), length: 0 };
}

/** Appends one bound. @throws GeometryError `GRID_COVERAGE_LIMIT` for more than twenty million ranges */
export function appendBoundary(into: Boundaries, low: number, high: number): void {
  const at = 2 * into.length;
  if (at === into.lanes.length) {
    if (into.length >= MAX_BOUNDARIES) throw tooManyRanges();
    const longer = new Uint32Array(2 * at);
    longer.set(into.lanes);
    into.lanes = longer;
  }
  into.lanes[at + LOW] = low;
  into.lanes[at + HIGH] = high;
  into.length++;
}

/** Appends a range that neither starts nor stops before the last one, united with it where they meet. */
export function appendRange(
  into: Boundaries,
  startLow: number,
  startHigh: number,
  stopLow: number,
  stopHigh: number,
): void {
  const last = 2 * into.length - 2;
  const apart =
    last < 0 ||
    startHigh > into.lanes[last + HIGH]! ||
    (startHigh === into.lanes[last + HIGH] && startLow > into.lanes[last + LOW]!);
  if (apart) appendBoundary(into, startLow, startHigh);
  else into.length--;
  appendBoundary(into, stopLow, stopHigh);
}

/** The bounds as an array of their own. */
export function takeBoundaries({ lanes, length }: Boundaries): BigUint64Array {
  const taken = new BigUint64Array(length);
  lanesOf(taken).set(lanes.subarray(0, 2 * length));
  return taken;
}

function tooManyRanges(): GeometryError {
  return new GeometryError("GRID_COVERAGE_LIMIT", {
    what: `the MOC has more than ${MAX_BOUNDARIES / 2e6} million ranges`,
    why: "such a list would not fit in memory beside anything else",
    mend: "use a coarser order, or a smaller region",
    details: { limit: MAX_BOUNDARIES / 2 },
  });
}
