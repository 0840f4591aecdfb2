/** Lists of cells and arrays of nested ids, in each other's form. */
import { faceOfNested, ixOfNested, iyOfNested, nestedHigh, nestedLow } from "../kernels/cell-index.js";
import { HIGH, LOW, lanesOf } from "@zagg/core/internal";
import type { CellList } from "./cell-tree.js";

/** Nested ids of the cells, in their order. */
export function nestedIds({ order, count, face, ix, iy }: CellList): BigUint64Array {
  const ids = new BigUint64Array(count);
  const lanes = lanesOf(ids);
  for (let k = 0; k < count; k++) {
    const f = face[k]!;
    const x = ix[k]!;
    const y = iy[k]!;
    lanes[2 * k + LOW] = nestedLow(order, f, x, y);
    lanes[2 * k + HIGH] = nestedHigh(order, f, x, y);
  }
  return ids;
}

/** The cells of these nested ids, in their order. */
export function cellsOfNestedIds(order: number, ids: BigUint64Array): CellList {
  const count = ids.length;
  const lanes = lanesOf(ids);
  const face = new Int32Array(count);
  const ix = new Int32Array(count);
  const iy = new Int32Array(count);
  for (let k = 0; k < count; k++) {
    const low = lanes[2 * k + LOW]!;
    const high = lanes[2 * k + HIGH]!;
    face[k] = faceOfNested(order, low, high);
    ix[k] = ixOfNested(order, low, high);
    iy[k] = iyOfNested(order, low, high);
  }
  return { order, count, face, ix, iy };
}

/** The same cells ascending in the nested numbering, each once. */
export function uniteCells(cells: CellList): CellList {
  const ids = nestedIds(cells).sort();
  const lanes = lanesOf(ids);
  let kept = 0;
  for (let k = 0; k < cells.count; k++) {
    const low = lanes[2 * k + LOW]!;
    const high = lanes[2 * k + HIGH]!;
    if (kept > 0 && lanes[2 * kept - 2 + LOW] === low && lanes[2 * kept - 2 + HIGH] === high) continue;
    lanes[2 * kept + LOW] = low;
    lanes[2 * kept + HIGH] = high;
    kept++;
  }
  return cellsOfNestedIds(cells.order, ids.subarray(0, kept));
}
