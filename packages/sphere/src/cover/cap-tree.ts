/** Trees of caps: each holds what is below it, so that a descent goes only where a polygon has something to settle. */
import type { PreparedPolygon } from "../polygon/prepared-polygon.js";
import type { Cap } from "../polygon/polygon-edges.js";

/** Numbers of a cap in a list of bounds: its middle x, y, z, a unit vector; the sine of its radius; its chord. */
export const CAP_SIZE = 5;

/** Rounding of a product of unit vectors. */
export const DOT_ERROR = 2e-15;

/** Nodes are numbered so that the children of a node follow one another. */
export interface CapTree {
  readonly leaves: number;
  /** Nodes 0 … roots−1 have no parent. */
  readonly roots: number;
  /** First child of a node; -1 for a leaf. */
  readonly firstChild: Int32Array;
  readonly childCount: Uint8Array;
  /** The leaves in a node: from firstLeaf to lastLeaf−1. */
  readonly firstLeaf: Int32Array;
  readonly lastLeaf: Int32Array;
  /** {@link CAP_SIZE} numbers for each node, and as many more, whose middle is that of `cap`. */
  readonly bounds: Float64Array;
  /** The longest way down, in nodes. */
  readonly depth: number;
  /** Holds every leaf and every node's middle; undefined when they are far apart. */
  readonly cap: Cap | undefined;
}

/** Edges of a polygon that come near a node: from … to−1 of a list. */
export interface EdgeList {
  readonly list: Int32Array;
  from: number;
  to: number;
}

/** What a tree is about: whether a polygon meets a leaf whose cap its edges come near. */
export interface TreeLeaves {
  /** Called with each polygon before it is asked of. */
  begin?(polygon: PreparedPolygon): void;
  /**
   * @param edges all edges of the polygon that come near the leaf's cap, at least one
   * @param at    where the leaf's cap stands in the tree's bounds
   * @param holds whether the middle of the leaf's cap is inside the polygon
   */
  meets(polygon: PreparedPolygon, edges: EdgeList, leaf: number, at: number, holds: boolean): boolean;
}

/** A cap of 60 degrees: two of its points are never near to opposite, and great circles between them stay in it. */
const WIDEST_CAP_CHORD = 1;

/** Rounding of chords, generously. */
const CAP_SLACK = 1e-9;

/** Sine of the radius of a cap of this chord; 1 for caps of a hemisphere and more. */
export function capSine(chord: number): number {
  return chord * chord >= 2 ? 1 : chord * Math.sqrt(1 - (chord * chord) / 4);
}

/** The nodes of a tree before they are bounded, growing. */
export interface NodeList {
  readonly first: number[];
  readonly last: number[];
  readonly firstChild: number[];
  readonly childCount: number[];
}

/** Nodes, of which the first `roots` are roots, and their bounds with room for one more, as a tree. */
export function capTree(nodes: NodeList, roots: number, leaves: number, bounds: Float64Array): CapTree {
  const cap = capOfNodes(bounds, nodes.firstChild);
  if (cap !== undefined) bounds.set([cap.x, cap.y, cap.z], CAP_SIZE * nodes.first.length);
  return {
    leaves,
    roots,
    firstChild: Int32Array.from(nodes.firstChild),
    childCount: Uint8Array.from(nodes.childCount),
    firstLeaf: Int32Array.from(nodes.first),
    lastLeaf: Int32Array.from(nodes.last),
    bounds,
    depth: depthOf(nodes, roots),
    cap,
  };
}

/** Adds a node without children. */
export function pushNode(nodes: NodeList, first: number, last: number): void {
  nodes.first.push(first);
  nodes.last.push(last);
  nodes.firstChild.push(-1);
  nodes.childCount.push(0);
}

/** Children have higher numbers than their parents. */
function depthOf({ firstChild, childCount }: NodeList, roots: number): number {
  const depths = new Int32Array(firstChild.length).fill(1, 0, roots);
  let deepest = 1;
  firstChild.forEach((child, node) => {
    const depth = depths[node]! + 1;
    if (child < 0) return;
    depths.fill(depth, child, child + childCount[node]!);
    deepest = Math.max(deepest, depth);
  });
  return deepest;
}

/**
 * A cap around the caps of the leaves, and around the middles of all nodes, because a descent walks from middle to
 * middle and must see every edge that it crosses.
 */
function capOfNodes(bounds: Float64Array, firstChild: readonly number[]): Cap | undefined {
  let x = 0;
  let y = 0;
  let z = 0;
  firstChild.forEach((child, node) => {
    if (child >= 0) return;
    x += bounds[CAP_SIZE * node]!;
    y += bounds[CAP_SIZE * node + 1]!;
    z += bounds[CAP_SIZE * node + 2]!;
  });
  const norm = Math.hypot(x, y, z);
  if (!(norm > 0)) return undefined;
  x /= norm;
  y /= norm;
  z /= norm;
  let chord = 0;
  firstChild.forEach((child, node) => {
    const at = CAP_SIZE * node;
    const away = Math.hypot(bounds[at]! - x, bounds[at + 1]! - y, bounds[at + 2]! - z);
    chord = Math.max(chord, child < 0 ? away + bounds[at + 4]! : away);
  });
  return chord <= WIDEST_CAP_CHORD ? { x, y, z, chord: chord + CAP_SLACK } : undefined;
}
