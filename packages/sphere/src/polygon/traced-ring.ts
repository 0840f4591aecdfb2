/** A ring as it is drawn: without its seams, and with the poles that it holds. */
import type { Ring } from "@zagg/core";
import { polygonHolds } from "./polygon-parity.js";
import type { PreparedPolygon, PreparedRing } from "./prepared-polygon.js";

/** Which poles are inside. */
export interface Poles {
  readonly north: boolean;
  readonly south: boolean;
}

/** What is left of a ring of a polygon. */
export interface TracedRing {
  /** Without the seams of a ring larger than a hemisphere; it may have no vertices then. */
  readonly ring: Ring;
  readonly poles: Poles;
}

/** @param part one of the polygon's rings */
export function tracedRing(polygon: PreparedPolygon, part: PreparedRing): TracedRing {
  const { start, stop } = part;
  const alone = { ...polygon, rings: [part] };
  return {
    ring: { lonDeg: polygon.lonDeg.slice(start, stop), latDeg: polygon.latDeg.slice(start, stop) },
    poles: { north: polygonHolds(alone, 0, 0, 1), south: polygonHolds(alone, 0, 0, -1) },
  };
}
