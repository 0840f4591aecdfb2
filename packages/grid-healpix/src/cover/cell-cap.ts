/** What a cell's cap is. */
import { capSine } from "@zagg/sphere";
import { cellCenterVector, cellCornerVectors } from "../kernels/cell-geometry.js";

/** Widens a cap for the rounding of its corners. */
const CAP_SLACK = 1 + 1e-6;

/**
 * The cap around a cell's centre that holds the cell. No point of a cell is farther from its centre than its farthest
 * corner.
 * @param out     as a cap of a tree: `CAP_SIZE` numbers are written from `at` on
 * @param corners scratch, length 12
 */
export function writeCellCap(
  order: number,
  face: number,
  ix: number,
  iy: number,
  out: Float64Array,
  at: number,
  corners: Float64Array,
): void {
  cellCenterVector(order, face, ix, iy, corners);
  const x = corners[0]!;
  const y = corners[1]!;
  const z = corners[2]!;
  cellCornerVectors(order, face, ix, iy, corners);
  let squared = 0;
  for (let k = 0; k < 12; k += 3) {
    const away = (corners[k]! - x) ** 2 + (corners[k + 1]! - y) ** 2 + (corners[k + 2]! - z) ** 2;
    if (away > squared) squared = away;
  }
  const chord = Math.sqrt(squared) * CAP_SLACK;
  out[at] = x;
  out[at + 1] = y;
  out[at + 2] = z;
  out[at + 3] = capSine(chord);
  out[at + 4] = chord;
}
