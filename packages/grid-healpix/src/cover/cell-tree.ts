/** The quadtree of a set of cells of one order: only the nodes that hold one of them. */
import { BOUNDS_SIZE, writeCellBounds } from "./cell-bounds.js";
import type { Cap } from "./polygon-edges.js";

/** Cells of one order, ascending in the nested numbering. */
export interface CellList {
  readonly order: number;
  readonly count: number;
  readonly face: Int32Array;
  readonly ix: Int32Array;
  readonly iy: Int32Array;
}

/** Nodes are numbered so that the children of a node follow one another. */
export interface CellTree {
  readonly cells: CellList;
  /** Nodes 0 … roots−1 have no parent; each is the smallest node that holds all listed cells of one face. */
  readonly roots: number;
  /** First child of a node; -1 for a listed cell. */
  readonly firstChild: Int32Array;
  readonly childCount: Uint8Array;
  /** The listed cells in a node: from firstCell to lastCell−1. */
  readonly firstCell: Int32Array;
  readonly lastCell: Int32Array;
  /** Centre and cap of each node, as {@link writeCellBounds} writes them. */
  readonly bounds: Float64Array;
  /** Where the bounds go on with the middle of the cap. */
  readonly middle: number;
  /** The longest way down, in nodes. */
  readonly depth: number;
  /** Holds every listed cell and every node's centre; undefined when wider than {@link WIDEST_CAP_CHORD}. */
  readonly cap: Cap | undefined;
}

/** A cap of 60 degrees: two of its points are never near to opposite, and great circles between them stay in it. */
const WIDEST_CAP_CHORD = 1;

/** Rounding of chords, generously. */
const CAP_SLACK = 1e-9;

/** The tree of a list of cells, from one root a face; cost proportional to the cells times their depth. */
export function buildCellTree(cells: CellList): CellTree {
  const nodes: NodeList = { order: [], first: [], last: [], firstChild: [], childCount: [] };
  for (let start = 0; start < cells.count;) {
    let stop = start + 1;
    while (stop < cells.count && cells.face[stop] === cells.face[start]) stop++;
    push(nodes, commonOrder(cells, start, stop), start, stop);
    start = stop;
  }
  const roots = nodes.order.length;
  for (let node = 0; node < nodes.order.length; node++) split(cells, nodes, node);
  const bounds = boundsOf(cells, nodes);
  const middle = BOUNDS_SIZE * nodes.order.length;
  const cap = capOfNodes(bounds, nodes.firstChild);
  if (cap !== undefined) bounds.set([cap.x, cap.y, cap.z], middle);
  return {
    cells,
    roots,
    firstChild: Int32Array.from(nodes.firstChild),
    childCount: Uint8Array.from(nodes.childCount),
    firstCell: Int32Array.from(nodes.first),
    lastCell: Int32Array.from(nodes.last),
    bounds,
    middle,
    depth: cells.order - Math.min(cells.order, ...nodes.order.slice(0, roots)) + 1,
    cap,
  };
}

interface NodeList {
  readonly order: number[];
  readonly first: number[];
  readonly last: number[];
  readonly firstChild: number[];
  readonly childCount: number[];
}

function push(nodes: NodeList, order: number, first: number, last: number): void {
  nodes.order.push(order);
  nodes.first.push(first);
  nodes.last.push(last);
  nodes.firstChild.push(-1);
  nodes.childCount.push(0);
}

/** Appends the children of a node that hold listed cells; those of one child follow one another in the list. */
function split({ order: cellOrder, ix, iy }: CellList, nodes: NodeList, node: number): void {
  const order = nodes.order[node]!;
  if (order === cellOrder) return;
  const shift = cellOrder - order - 1;
  const last = nodes.last[node]!;
  nodes.firstChild[node] = nodes.order.length;
  let start = nodes.first[node]!;
  while (start < last) {
    const childIx = ix[start]! >> shift;
    const childIy = iy[start]! >> shift;
    let stop = start + 1;
    while (stop < last && ix[stop]! >> shift === childIx && iy[stop]! >> shift === childIy) {
      stop++;
    }
    push(nodes, order + 1, start, stop);
    nodes.childCount[node] = nodes.childCount[node]! + 1;
    start = stop;
  }
}

/** The highest order at which one node holds cells start … stop−1, which share a face. */
function commonOrder({ order, ix, iy }: CellList, start: number, stop: number): number {
  let differing = 0;
  for (let i = start + 1; i < stop; i++) {
    differing |= ix[i]! ^ ix[start]!;
    differing |= iy[i]! ^ iy[start]!;
  }
  return order - (32 - Math.clz32(differing));
}

function boundsOf(cells: CellList, nodes: NodeList): Float64Array {
  const bounds = new Float64Array(BOUNDS_SIZE * (nodes.order.length + 1));
  const corners = new Float64Array(12);
  nodes.order.forEach((order, node) => {
    const cell = nodes.first[node]!;
    const shift = cells.order - order;
    const ix = cells.ix[cell]! >> shift;
    const iy = cells.iy[cell]! >> shift;
    writeCellBounds(order, cells.face[cell]!, ix, iy, bounds, BOUNDS_SIZE * node, corners);
  });
  return bounds;
}

/**
 * A cap around the caps of the listed cells, and around the centres of all nodes, because a descent walks from centre to
 * centre and must see every edge that it crosses.
 */
function capOfNodes(bounds: Float64Array, firstChild: readonly number[]): Cap | undefined {
  let x = 0;
  let y = 0;
  let z = 0;
  firstChild.forEach((child, node) => {
    if (child >= 0) return;
    x += bounds[BOUNDS_SIZE * node]!;
    y += bounds[BOUNDS_SIZE * node + 1]!;
    z += bounds[BOUNDS_SIZE * node + 2]!;
  });
  const norm = Math.hypot(x, y, z);
  if (!(norm > 0)) return undefined;
  x /= norm;
  y /= norm;
  z /= norm;
  let chord = 0;
  firstChild.forEach((child, node) => {
    const at = BOUNDS_SIZE * node;
    const away = Math.hypot(bounds[at]! - x, bounds[at + 1]! - y, bounds[at + 2]! - z);
    chord = Math.max(chord, child < 0 ? away + bounds[at + 4]! : away);
  });
  return chord <= WIDEST_CAP_CHORD ? { x, y, z, chord: chord + CAP_SLACK } : undefined;
}
