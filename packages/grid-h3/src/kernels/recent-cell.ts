/** The cell of the last point, remembered: along a track the next point is often in it too. */
import { latLngToCell } from "h3-js";
import { innerReach } from "../cell-cap.js";
import { highOfText, lowOfText } from "./index-bits.js";

/** Points in a row in one cell after which its inner disc is worth computing: it costs as much as one or two points. */
const REPEATS = 3;

/** Changed by {@link findCell}; the lanes are the answer. */
export interface RecentCell {
  readonly res: number;
  high: number;
  low: number;
  repeats: number;
  /** A disc that lies in the cell: its middle, a unit vector, and the square of its radius as a chord; 0 for none. */
  x: number;
  y: number;
  z: number;
  squared: number;
}

export function createRecentCell(res: number): RecentCell {
  return { res, high: 0, low: 0, repeats: 0, x: 0, y: 0, z: 0, squared: 0 };
}

/**
 * Finds the cell of a valid point, which does not depend on the points before it.
 * @param x of the point's unit vector, as y and z
 */
export function findCell(
  recent: RecentCell,
  lonDeg: number,
  latDeg: number,
  x: number,
  y: number,
  z: number,
): void {
  const away = (x - recent.x) ** 2 + (y - recent.y) ** 2 + (z - recent.z) ** 2;
  if (away < recent.squared) return;
  const index = latLngToCell(latDeg, lonDeg % 360, recent.res);
  const high = highOfText(index);
  const low = lowOfText(index);
  if (high !== recent.high || low !== recent.low) {
    recent.high = high;
    recent.low = low;
    recent.repeats = 1;
    recent.squared = 0;
    return;
  }
  recent.repeats++;
  if (recent.repeats !== REPEATS) return;
  const disc = innerReach(index);
  recent.x = disc.x;
  recent.y = disc.y;
  recent.z = disc.z;
  recent.squared = disc.chord * disc.chord;
}
