/** From the twelve faces down to the cells of one order that a polygon meets. */
import { BOUNDS_SIZE, keepNearEdges, writeCellBounds } from "./cell-bounds.js";
import { OUTLINE_SIZE, writeCellOutline } from "./cell-outline.js";
import { edgeMeetsCell } from "./edge-meets-cell.js";
import { crossesOddly, polygonHolds } from "./polygon-parity.js";
import type { PreparedPolygon } from "./prepared-polygon.js";

/** Takes one cell of the answer; a cell coarser than asked for is covered whole. */
export type CellSink = (order: number, face: number, ix: number, iy: number) => void;

/**
 * Hands out the cells whose closed area meets a polygon, in nested order, disjoint; whole areas as coarse cells.
 * Work is proportional to the cells along the outline, times the edges near each.
 * @param targetOrder 0..29
 */
export function descendPolygon(polygon: PreparedPolygon, targetOrder: number, sink: CellSink): void {
  if (polygon.edges === 0) return;
  const walk: Walk = {
    polygon,
    targetOrder,
    sink,
    list: allEdges(polygon.edges, targetOrder + 2),
    bounds: new Float64Array(BOUNDS_SIZE * (targetOrder + 1)),
    corners: new Float64Array(12),
    outline: new Float64Array(OUTLINE_SIZE),
  };
  for (let face = 0; face < 12; face++) {
    writeCellBounds(0, face, 0, 0, walk.bounds, 0, walk.corners);
    const x = walk.bounds[0]!;
    const y = walk.bounds[1]!;
    const z = walk.bounds[2]!;
    visit(walk, 0, face, 0, 0, 0, polygon.edges, polygonHolds(polygon, x, y, z));
  }
}

/** A list of edges 0 … n−1 with room for as many again at each of the levels below. */
export function allEdges(edges: number, levels: number): Int32Array {
  const list = new Int32Array(edges * levels);
  for (let edge = 0; edge < edges; edge++) list[edge] = edge;
  return list;
}

/** What one descent carries; `bounds` holds a cell for each order. */
interface Walk {
  readonly polygon: PreparedPolygon;
  readonly targetOrder: number;
  readonly sink: CellSink;
  readonly list: Int32Array;
  readonly bounds: Float64Array;
  readonly corners: Float64Array;
  readonly outline: Float64Array;
}

/**
 * One cell, whose bounds are already written.
 * @param from   the parent's near edges are from … to−1 of the list
 * @param holds  whether the cell's centre is inside the polygon
 */
function visit(
  walk: Walk,
  order: number,
  face: number,
  ix: number,
  iy: number,
  from: number,
  to: number,
  holds: boolean,
): void {
  const { polygon, targetOrder, sink, list, bounds } = walk;
  const here = BOUNDS_SIZE * order;
  const end = keepNearEdges(polygon, list, from, to, bounds, here);
  if (end === to) {
    if (holds) sink(order, face, ix, iy);
    return;
  }
  if (order === targetOrder) {
    if (holds || anyEdgeMeets(walk, order, face, ix, iy, to, end)) sink(order, face, ix, iy);
    return;
  }
  const x = bounds[here]!;
  const y = bounds[here + 1]!;
  const z = bounds[here + 2]!;
  const below = here + BOUNDS_SIZE;
  for (let child = 0; child < 4; child++) {
    const childIx = 2 * ix + (child & 1);
    const childIy = 2 * iy + (child >> 1);
    writeCellBounds(order + 1, face, childIx, childIy, bounds, below, walk.corners);
    const cx = bounds[below]!;
    const cy = bounds[below + 1]!;
    const cz = bounds[below + 2]!;
    const odd = crossesOddly(polygon, list, to, end, x, y, z, cx, cy, cz);
    visit(walk, order + 1, face, childIx, childIy, to, end, holds !== odd);
  }
}

function anyEdgeMeets(
  { polygon, list, outline, corners }: Walk,
  order: number,
  face: number,
  ix: number,
  iy: number,
  from: number,
  to: number,
): boolean {
  writeCellOutline(order, face, ix, iy, outline, 0, corners.subarray(0, 3));
  for (let i = from; i < to; i++) {
    const edge = list[i]!;
    if (edgeMeetsCell(polygon, edge, order, face, ix, iy, outline, 0)) return true;
  }
  return false;
}
