/** A tree over any list of caps: halved along the axis on which they are spread widest. */
import { add, dot, perpendicular, unit, type Vector } from "../vector/vector.js";
import { CAP_SIZE, capSine, capTree, pushNode, type CapTree, type NodeList } from "./cap-tree.js";

export interface ListTree {
  readonly tree: CapTree;
  /** The place in the list of each leaf. */
  readonly places: Uint32Array;
}

/** Covers the rounding of chords. */
const SLACK = 1e-12;

/** Chord of a hemisphere: a wider cap is taken as the whole sphere, because arcs between its points may leave it. */
const HEMISPHERE = Math.SQRT2;

/** Below this a sum of two unit vectors does not give a direction that is well between them. */
const LEAST_SUM = 0.5;

/**
 * @param caps   {@link CAP_SIZE} numbers for each thing there is
 * @param listed those that are to be in the tree, by their places in `caps`
 */
export function listTree(caps: Float64Array, listed: Uint32Array): ListTree {
  const places = listed.slice();
  const nodes: NodeList = { first: [], last: [], firstChild: [], childCount: [] };
  if (places.length > 0) pushNode(nodes, 0, places.length);
  for (let node = 0; node < nodes.first.length; node++) halve(caps, places, nodes, node);
  const bounds = new Float64Array(CAP_SIZE * (nodes.first.length + 1));
  // Children have higher numbers than their parents.
  for (let node = nodes.first.length - 1; node >= 0; node--) writeBounds(caps, places, nodes, node, bounds);
  return { tree: capTree(nodes, Math.min(1, places.length), places.length, bounds), places };
}

function halve(caps: Float64Array, places: Uint32Array, nodes: NodeList, node: number): void {
  const first = nodes.first[node]!;
  const last = nodes.last[node]!;
  if (last - first < 2) return;
  const within = places.subarray(first, last);
  const axis = widestAxis(caps, within);
  within.sort((a, b) => caps[CAP_SIZE * a + axis]! - caps[CAP_SIZE * b + axis]! || a - b);
  nodes.firstChild[node] = nodes.first.length;
  nodes.childCount[node] = 2;
  const middle = (first + last) >> 1;
  pushNode(nodes, first, middle);
  pushNode(nodes, middle, last);
}

function widestAxis(caps: Float64Array, places: Uint32Array): number {
  let widest = 0;
  let width = -1;
  for (let axis = 0; axis < 3; axis++) {
    let low = Infinity;
    let high = -Infinity;
    for (const place of places) {
      const value = caps[CAP_SIZE * place + axis]!;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    if (high - low > width) [widest, width] = [axis, high - low];
  }
  return widest;
}

function writeBounds(
  caps: Float64Array,
  places: Uint32Array,
  { first, last, firstChild }: NodeList,
  node: number,
  bounds: Float64Array,
): void {
  const here = CAP_SIZE * node;
  const child = firstChild[node]!;
  if (child < 0) {
    const at = CAP_SIZE * places[first[node]!]!;
    bounds.set(caps.subarray(at, at + CAP_SIZE), here);
    return;
  }
  const a = middleAt(bounds, CAP_SIZE * child);
  const sum = add(a, middleAt(bounds, CAP_SIZE * (child + 1)));
  const middle = dot(sum, sum) > LEAST_SUM ** 2 ? unit(sum) : perpendicular(a);
  let chord = 0;
  for (let k = first[node]!; k < last[node]!; k++) {
    const at = CAP_SIZE * places[k]!;
    const away = Math.hypot(...add(middleAt(caps, at), middle, -1));
    chord = Math.max(chord, away + caps[at + 4]! + SLACK);
  }
  if (chord >= HEMISPHERE) chord = 2;
  bounds.set([...middle, capSine(chord), chord], here);
}

function middleAt(bounds: Float64Array, at: number): Vector {
  return [bounds[at]!, bounds[at + 1]!, bounds[at + 2]!];
}
