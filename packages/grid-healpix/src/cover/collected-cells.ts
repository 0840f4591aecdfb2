/** Cells as a descent hands them out, and their expansion to one order. */
import { GeometryError } from "@zagg/core";
import type { OutlinedCell } from "./cell-outline.js";
import type { CellList } from "./cell-tree.js";
import { ixOfNested, iyOfNested } from "../kernels/cell-index.js";

/** More cells than this are refused: 400 MB of ids. */
export const MAX_COVERAGE_CELLS = 50_000_000;

/** A growing list of cells of mixed orders, four numbers per cell: order, face, ix, iy. */
export interface CollectedCells {
  records: Int32Array;
  length: number;
  /** How many cells of the target order they hold. */
  cells: number;
  readonly targetOrder: number;
}

/** An empty list. */
export function createCollection(targetOrder: number): CollectedCells {
  return { records: new Int32Array(256), length: 0, cells: 0, targetOrder };
}

/** @throws GeometryError `GRID_COVERAGE_LIMIT` beyond {@link MAX_COVERAGE_CELLS} */
export function collectCell(into: CollectedCells, { order, face, ix, iy }: OutlinedCell): void {
  into.cells += 4 ** (into.targetOrder - order);
  if (into.cells > MAX_COVERAGE_CELLS) throw coverageTooLarge(into.targetOrder);
  const at = 4 * into.length;
  if (at === into.records.length) {
    const longer = new Int32Array(2 * at);
    longer.set(into.records);
    into.records = longer;
  }
  into.records[at] = order;
  into.records[at + 1] = face;
  into.records[at + 2] = ix;
  into.records[at + 3] = iy;
  into.length++;
}

/** The cells of the target order, those of each record in nested order. */
export function expandCells({ records, length, cells, targetOrder }: CollectedCells): CellList {
  const list = {
    order: targetOrder,
    count: cells,
    face: new Int32Array(cells),
    ix: new Int32Array(cells),
    iy: new Int32Array(cells),
  };
  let at = 0;
  for (let record = 0; record < length; record++) {
    const depth = targetOrder - records[4 * record]!;
    const face = records[4 * record + 1]!;
    const ix = records[4 * record + 2]! << depth;
    const iy = records[4 * record + 3]! << depth;
    const within = 4 ** depth;
    for (let k = 0; k < within; k++, at++) {
      list.face[at] = face;
      list.ix[at] = ix + ixOfNested(depth, k, 0);
      list.iy[at] = iy + iyOfNested(depth, k, 0);
    }
  }
  return list;
}

function coverageTooLarge(order: number): GeometryError {
  return new GeometryError("GRID_COVERAGE_LIMIT", {
    what: `the region covers more than ${MAX_COVERAGE_CELLS / 1e6} million cells of order ${order}`,
    why: "such a list would not fit in memory beside anything else",
    mend: "use a coarser order, or a smaller region",
    details: { order, limit: MAX_COVERAGE_CELLS },
  });
}
