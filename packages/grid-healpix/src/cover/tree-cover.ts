/** Which cells of a tree a polygon meets: descent only where the tree is. */
import { BOUNDS_SIZE, keepNearEdges } from "./cell-bounds.js";
import { edgeMeetsCell, OUTLINE_SIZE, writeCellOutline } from "./cell-outline.js";
import type { CellTree } from "./cell-tree.js";
import { allEdges } from "./descent.js";
import { crossesOddly, polygonHolds } from "./polygon-parity.js";
import type { PreparedPolygon } from "./prepared-polygon.js";

/** Outlines that are kept at once, 1 kB each; a cell has one place, which it shares with others. */
const OUTLINE_PLACES = 32768;

/** Outlines of the cells that were tested lately; the answers do not depend on it. */
export interface OutlineCache {
  readonly places: number;
  /** The cell in each place, -1 for none. */
  readonly cell: Int32Array;
  readonly outlines: Float64Array;
  readonly scratch: Float64Array;
}

/** An empty cache for a tree of so many cells. */
export function createOutlineCache(cells: number): OutlineCache {
  const places = Math.max(1, Math.min(cells, OUTLINE_PLACES));
  return {
    places,
    cell: new Int32Array(places).fill(-1),
    outlines: new Float64Array(places * OUTLINE_SIZE),
    scratch: new Float64Array(3),
  };
}

/** A growing list of indices of listed cells. */
export interface Hits {
  indices: Uint32Array;
  length: number;
}

/**
 * Appends the indices of the listed cells whose closed area meets a polygon, ascending.
 * @param cache of this tree; changed
 * @param hits  changed
 */
export function collectTreeCells(
  tree: CellTree,
  cache: OutlineCache,
  polygon: PreparedPolygon,
  hits: Hits,
): void {
  if (polygon.edges === 0) return;
  const walk: TreeWalk = { tree, cache, polygon, hits, list: allEdges(polygon.edges, tree.depth + 1) };
  const { bounds } = tree;
  for (let root = 0; root < tree.roots; root++) {
    const at = BOUNDS_SIZE * root;
    const holds = polygonHolds(
      polygon,
      bounds[at] as number,
      bounds[at + 1] as number,
      bounds[at + 2] as number,
    );
    visit(walk, root, 0, polygon.edges, holds);
  }
}

interface TreeWalk {
  readonly tree: CellTree;
  readonly cache: OutlineCache;
  readonly polygon: PreparedPolygon;
  readonly hits: Hits;
  readonly list: Int32Array;
}

/** One node; the parent's near edges are from … to−1 of the list, and `holds` says whether its centre is inside. */
function visit(walk: TreeWalk, node: number, from: number, to: number, holds: boolean): void {
  const { tree, polygon, hits, list } = walk;
  const { bounds } = tree;
  const here = BOUNDS_SIZE * node;
  const end = keepNearEdges(polygon, list, from, to, bounds, here);
  if (end === to) {
    if (holds) append(hits, tree.firstCell[node] as number, tree.lastCell[node] as number);
    return;
  }
  const first = tree.firstChild[node] as number;
  if (first < 0) {
    const cell = tree.firstCell[node] as number;
    if (holds || anyEdgeMeets(walk, cell, to, end)) append(hits, cell, cell + 1);
    return;
  }
  const x = bounds[here] as number;
  const y = bounds[here + 1] as number;
  const z = bounds[here + 2] as number;
  const last = first + (tree.childCount[node] as number);
  for (let child = first; child < last; child++) {
    const at = BOUNDS_SIZE * child;
    const cx = bounds[at] as number;
    const cy = bounds[at + 1] as number;
    const cz = bounds[at + 2] as number;
    visit(walk, child, to, end, holds !== crossesOddly(polygon, list, to, end, x, y, z, cx, cy, cz));
  }
}

function anyEdgeMeets(
  { tree, cache, polygon, list }: TreeWalk,
  cell: number,
  from: number,
  to: number,
): boolean {
  const { order } = tree.cells;
  const face = tree.cells.face[cell] as number;
  const ix = tree.cells.ix[cell] as number;
  const iy = tree.cells.iy[cell] as number;
  const place = cell % cache.places;
  const at = place * OUTLINE_SIZE;
  if (cache.cell[place] !== cell) {
    writeCellOutline(order, face, ix, iy, cache.outlines, at, cache.scratch);
    cache.cell[place] = cell;
  }
  for (let i = from; i < to; i++) {
    if (edgeMeetsCell(polygon, list[i] as number, order, face, ix, iy, cache.outlines, at)) return true;
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
