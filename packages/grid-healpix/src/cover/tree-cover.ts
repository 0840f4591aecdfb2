/** Which cells of a tree a polygon meets: descent only where the tree is. */
import { BOUNDS_SIZE, DOT_ERROR } from "./cell-bounds.js";
import { innerSine, OUTLINE_SIZE, writeCellOutline } from "./cell-outline.js";
import { edgeMeetsCell, edgeMeetsCentre } from "./edge-meets-cell.js";
import type { CellTree } from "./cell-tree.js";
import { edgeCrossesBetween, PLANE_ERROR, polygonHolds } from "./polygon-parity.js";
import type { PreparedPolygon } from "./prepared-polygon.js";

/** Outlines that are kept at once, 1 kB each; a cell has one place, which it shares with others. */
const OUTLINE_PLACES = 32768;

/** Memory that footprints are covered in, one after another; the answers do not depend on it. */
export interface CoverScratch {
  readonly places: number;
  /** The cell whose outline is in each place, -1 for none. */
  readonly cell: Int32Array;
  readonly outlines: Float64Array;
  /** Of the outline in each place, see {@link innerSine}. */
  readonly inner: Float64Array;
  readonly vector: Float64Array;
  /** Edges near a node, after those near its parent. */
  list: Int32Array;
  /** Of the node's centre over the planes of the edges in `list`. */
  heights: Float64Array;
}

/** For a tree of so many cells. */
export function createCoverScratch(cells: number): CoverScratch {
  const places = Math.max(1, Math.min(cells, OUTLINE_PLACES));
  return {
    places,
    cell: new Int32Array(places).fill(-1),
    outlines: new Float64Array(places * OUTLINE_SIZE),
    inner: new Float64Array(places),
    vector: new Float64Array(3),
    list: new Int32Array(256),
    heights: new Float64Array(256),
  };
}

function reserveEdges(scratch: CoverScratch, length: number): void {
  if (length <= scratch.list.length) return;
  scratch.list = new Int32Array(2 * length);
  scratch.heights = new Float64Array(2 * length);
}

/** A growing list of indices of listed cells. */
export interface Hits {
  indices: Uint32Array;
  length: number;
}

/**
 * Appends the indices of the listed cells whose closed area meets a polygon, ascending.
 * @param scratch of this tree; changed
 * @param polygon prepared for the tree's cap
 * @param hits    changed
 */
export function collectTreeCells(
  tree: CellTree,
  scratch: CoverScratch,
  polygon: PreparedPolygon,
  hits: Hits,
): void {
  const { edges, nearEdges, near } = polygon;
  if (edges === 0) return;
  const { cap, roots, depth } = tree;
  const holdsMiddle = cap !== undefined && polygonHolds(polygon, cap.x, cap.y, cap.z);
  if (cap !== undefined && nearEdges === 0) {
    if (holdsMiddle) append(hits, 0, tree.cells.count);
    return;
  }
  reserveEdges(scratch, nearEdges * (depth + 1));
  for (let i = 0; i < nearEdges; i++) scratch.list[i] = near[i]!;
  const walk: TreeWalk = { tree, scratch, polygon, hits };
  for (let root = 0; root < roots; root++) {
    // The way to a root starts at the middle of the cap, or else at the root itself.
    const origin = cap === undefined ? BOUNDS_SIZE * root : tree.middle;
    const x = tree.bounds[origin]!;
    const y = tree.bounds[origin + 1]!;
    const z = tree.bounds[origin + 2]!;
    if (cap === undefined || root === 0) writeHeights(walk, nearEdges, x, y, z);
    visit(walk, root, origin, 0, nearEdges, cap === undefined ? polygonHolds(polygon, x, y, z) : holdsMiddle);
  }
}

interface TreeWalk {
  readonly tree: CellTree;
  readonly scratch: CoverScratch;
  readonly polygon: PreparedPolygon;
  readonly hits: Hits;
}

/** Heights of a point over the planes of the near edges. */
function writeHeights({ scratch, polygon }: TreeWalk, count: number, x: number, y: number, z: number): void {
  const { normals } = polygon;
  for (let i = 0; i < count; i++) {
    const n = 3 * scratch.list[i]!;
    scratch.heights[i] = normals[n]! * x + normals[n + 1]! * y + normals[n + 2]! * z;
  }
}

/**
 * One node; the edges near its parent are from … to−1 of the list. One pass over them counts those between the centres
 * of parent and node, and lists those near the node.
 * @param parent where the parent's centre stands in the bounds
 * @param held   whether that centre is inside
 */
function visit(walk: TreeWalk, node: number, parent: number, from: number, to: number, held: boolean): void {
  const { tree, scratch, polygon, hits } = walk;
  const { bounds } = tree;
  const { list, heights } = scratch;
  const { normals, middles, halfChords } = polygon;
  const here = BOUNDS_SIZE * node;
  const x = bounds[here]!;
  const y = bounds[here + 1]!;
  const z = bounds[here + 2]!;
  const reach = bounds[here + 3]! + DOT_ERROR;
  const chord = bounds[here + 4]!;
  let holds = held;
  let end = to;
  for (let i = from; i < to; i++) {
    const edge = list[i]!;
    const n = 3 * edge;
    const height = normals[n]! * x + normals[n + 1]! * y + normals[n + 2]! * z;
    const before = heights[i]!;
    // A positive product of numbers of at most 1 is at most either of them.
    if (
      height * before <= PLANE_ERROR &&
      edgeCrossesBetween(polygon, edge, bounds, parent, here, before, height)
    ) {
      holds = !holds;
    }
    if (height > reach || height < -reach) continue;
    const far = halfChords[edge]! + chord;
    const away = (middles[n]! - x) ** 2 + (middles[n + 1]! - y) ** 2 + (middles[n + 2]! - z) ** 2;
    if (away > far * far) continue;
    list[end] = edge;
    heights[end++] = height;
  }
  if (end === to) {
    if (holds) append(hits, tree.firstCell[node]!, tree.lastCell[node]!);
    return;
  }
  const first = tree.firstChild[node]!;
  if (first < 0) {
    const cell = tree.firstCell[node]!;
    if (holds || anyEdgeMeets(walk, cell, node, to, end)) append(hits, cell, cell + 1);
    return;
  }
  const last = first + tree.childCount[node]!;
  for (let child = first; child < last; child++) visit(walk, child, here, to, end, holds);
}

function anyEdgeMeets(
  { tree, scratch, polygon }: TreeWalk,
  cell: number,
  node: number,
  from: number,
  to: number,
): boolean {
  const { bounds } = tree;
  const { order } = tree.cells;
  const { outlines, list } = scratch;
  const here = BOUNDS_SIZE * node;
  const face = tree.cells.face[cell]!;
  const ix = tree.cells.ix[cell]!;
  const iy = tree.cells.iy[cell]!;
  const place = cell % scratch.places;
  const at = place * OUTLINE_SIZE;
  if (scratch.cell[place] !== cell) {
    writeCellOutline(order, face, ix, iy, outlines, at, scratch.vector);
    scratch.inner[place] = innerSine(outlines, at, bounds, here);
    scratch.cell[place] = cell;
  }
  const inner = scratch.inner[place]!;
  for (let i = from; i < to; i++) {
    if (edgeMeetsCentre(polygon, list[i]!, bounds, here, inner)) return true;
  }
  for (let i = from; i < to; i++) {
    const edge = list[i]!;
    if (edgeMeetsCell(polygon, edge, order, face, ix, iy, outlines, at)) return true;
  }
  return false;
}

/** Appends the indices start … stop−1. */
function append(hits: Hits, start: number, stop: number): void {
  const length = hits.length + stop - start;
  if (length > hits.indices.length) {
    const longer = new Uint32Array(Math.max(length, 2 * hits.indices.length));
    longer.set(hits.indices);
    hits.indices = longer;
  }
  for (let cell = start; cell < stop; cell++) hits.indices[hits.length++] = cell;
}
