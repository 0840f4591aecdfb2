/** The quadtree of a set of cells of one order: only the nodes that hold one of them. */
import { CAP_SIZE, capTree, pushNode, type CapTree, type NodeList } from "@zagg/sphere";
import { writeCellCap } from "./cell-cap.js";

/** Cells of one order, ascending in the nested numbering. */
export interface CellList {
  readonly order: number;
  readonly count: number;
  readonly face: Int32Array;
  readonly ix: Int32Array;
  readonly iy: Int32Array;
}

/** The tree of a list of cells, from one root per face; cost proportional to the cells times their depth. */
export function buildCellTree(cells: CellList): CapTree {
  const nodes: CellNodes = { order: [], first: [], last: [], firstChild: [], childCount: [] };
  for (let start = 0; start < cells.count;) {
    let stop = start + 1;
    while (stop < cells.count && cells.face[stop] === cells.face[start]) stop++;
    push(nodes, commonOrder(cells, start, stop), start, stop);
    start = stop;
  }
  const roots = nodes.order.length;
  for (let node = 0; node < nodes.order.length; node++) split(cells, nodes, node);
  return capTree(nodes, roots, cells.count, boundsOf(cells, nodes));
}

interface CellNodes extends NodeList {
  readonly order: number[];
}

function push(nodes: CellNodes, order: number, first: number, last: number): void {
  nodes.order.push(order);
  pushNode(nodes, first, last);
}

/** Appends the children of a node that hold listed cells; those of one child follow one another in the list. */
function split({ order: cellOrder, ix, iy }: CellList, nodes: CellNodes, node: number): void {
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

function boundsOf(cells: CellList, nodes: CellNodes): Float64Array {
  const bounds = new Float64Array(CAP_SIZE * (nodes.order.length + 1));
  const corners = new Float64Array(12);
  nodes.order.forEach((order, node) => {
    const cell = nodes.first[node]!;
    const shift = cells.order - order;
    const ix = cells.ix[cell]! >> shift;
    const iy = cells.iy[cell]! >> shift;
    writeCellCap(order, cells.face[cell]!, ix, iy, bounds, CAP_SIZE * node, corners);
  });
  return bounds;
}
