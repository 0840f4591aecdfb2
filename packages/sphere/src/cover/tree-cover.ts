/** Which leaves of a tree a polygon meets: descent only where the tree is. */
import { edgeCrossesBetween, PLANE_ERROR, polygonHolds } from "../polygon/polygon-parity.js";
import type { PreparedPolygon } from "../polygon/prepared-polygon.js";
import { CAP_SIZE, DOT_ERROR, type CapTree, type EdgeList, type TreeLeaves } from "./cap-tree.js";

/** Memory that polygons are covered in, one after another; the answers do not depend on it. */
export interface CoverScratch {
  /** Edges near a node, after those near its parent. */
  list: Int32Array;
  /** Of the node's middle over the planes of the edges in `list`. */
  heights: Float64Array;
  /** The edges near a leaf. */
  edges: EdgeList;
}

/** Room for few edges at first. */
export function createCoverScratch(): CoverScratch {
  const list = new Int32Array(256);
  return { list, heights: new Float64Array(256), edges: { list, from: 0, to: 0 } };
}

function reserveEdges(scratch: CoverScratch, length: number): void {
  if (length <= scratch.list.length) return;
  scratch.list = new Int32Array(2 * length);
  scratch.heights = new Float64Array(2 * length);
  scratch.edges = { list: scratch.list, from: 0, to: 0 };
}

/** A growing list of leaves. */
export interface Hits {
  indices: Uint32Array;
  length: number;
}

/**
 * Appends the leaves that a polygon meets, ascending.
 * @param scratch changed
 * @param polygon prepared for the tree's cap
 * @param hits    changed
 */
export function collectLeaves(
  tree: CapTree,
  leaves: TreeLeaves,
  scratch: CoverScratch,
  polygon: PreparedPolygon,
  hits: Hits,
): void {
  const { rings, nearEdges, near } = polygon;
  if (rings.length === 0 || tree.leaves === 0) return;
  const { cap, roots, depth } = tree;
  const holdsMiddle = cap !== undefined && polygonHolds(polygon, cap.x, cap.y, cap.z);
  if (cap !== undefined && nearEdges === 0) {
    if (holdsMiddle) append(hits, 0, tree.leaves);
    return;
  }
  leaves.begin?.(polygon);
  reserveEdges(scratch, nearEdges * (depth + 1));
  for (let i = 0; i < nearEdges; i++) scratch.list[i] = near[i]!;
  const walk: TreeWalk = { tree, leaves, scratch, polygon, hits };
  const middle = tree.bounds.length - CAP_SIZE;
  for (let root = 0; root < roots; root++) {
    // The way to a root starts at the middle of the cap, or else at the root itself.
    const origin = cap === undefined ? CAP_SIZE * root : middle;
    const x = tree.bounds[origin]!;
    const y = tree.bounds[origin + 1]!;
    const z = tree.bounds[origin + 2]!;
    if (cap === undefined || root === 0) writeHeights(walk, nearEdges, x, y, z);
    visit(walk, root, origin, 0, nearEdges, cap === undefined ? polygonHolds(polygon, x, y, z) : holdsMiddle);
  }
}

interface TreeWalk {
  readonly tree: CapTree;
  readonly leaves: TreeLeaves;
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
 * One node; the edges near its parent are from … to−1 of the list. One pass over them counts those between the middles
 * of parent and node, and lists those near the node.
 * @param parent where the parent's middle stands in the bounds
 * @param held   whether that middle is inside
 */
function visit(walk: TreeWalk, node: number, parent: number, from: number, to: number, held: boolean): void {
  const { tree, scratch, polygon, hits } = walk;
  const { bounds } = tree;
  const { list, heights } = scratch;
  const { normals, middles, halfChords } = polygon;
  const here = CAP_SIZE * node;
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
    if (holds) append(hits, tree.firstLeaf[node]!, tree.lastLeaf[node]!);
    return;
  }
  const first = tree.firstChild[node]!;
  if (first < 0) {
    const leaf = tree.firstLeaf[node]!;
    const { edges } = scratch;
    edges.from = to;
    edges.to = end;
    if (walk.leaves.meets(polygon, edges, leaf, here, holds)) append(hits, leaf, leaf + 1);
    return;
  }
  const last = first + tree.childCount[node]!;
  for (let child = first; child < last; child++) visit(walk, child, here, to, end, holds);
}

/** Appends the indices start … stop−1. */
function append(hits: Hits, start: number, stop: number): void {
  const length = hits.length + stop - start;
  if (length > hits.indices.length) {
    const longer = new Uint32Array(Math.max(length, 2 * hits.indices.length));
    longer.set(hits.indices);
    hits.indices = longer;
  }
  for (let leaf = start; leaf < stop; leaf++) hits.indices[hits.length++] = leaf;
}
