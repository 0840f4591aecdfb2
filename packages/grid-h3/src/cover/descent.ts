/**
 * From coarse cells down to the shards that a polygon meets, by caps that hold all descendants of a cell. A shard is met
 * when one of the caps around its cells two levels down is (or its own cells, when they are no finer).
 */
import { crossesOddly, type EdgeList, type PreparedPolygon } from "@zagg/sphere";
import { cellToChildren } from "h3-js";
import { cellCap, type Cap } from "../cell-cap.js";
import type { H3Settings } from "../params.js";
import { keepMetEdges } from "./met-edges.js";

/** Levels below a shard that are looked at one by one. */
const LEVELS_BELOW_SHARD = 2;

/**
 * The inner part of a cap around descendants: 0.6 of the cell's circumradius, all of which belongs to the cell and to what
 * is below it. An edge that comes so near settles the matter.
 */
const CORE = 0.55;

/** A cell of the descent. What it holds is derived once and kept with it. */
export interface CellNode {
  readonly index: string;
  readonly res: number;
  readonly cap: Cap;
  /** The nodes below it that are of interest, in index order. */
  children(): readonly CellNode[];
}

/** A cell below which every cell is of interest. With `keep`, its children are made once. */
export function freeNode(index: string, res: number, finest: number, keep: boolean): CellNode {
  const node: CellNode = {
    index,
    res,
    cap: cellCap(index, res < finest),
    children: () => cellToChildren(index, res + 1).map((child) => freeNode(child, res + 1, finest, keep)),
  };
  return keep ? { ...node, children: once(node.children) } : node;
}

/** The same function, called at most once. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/**
 * Whether a polygon meets a shard.
 * @param edges that come near the shard's cap
 * @param holds whether the middle of the cap is inside the polygon
 */
export type ShardTest = (
  polygon: PreparedPolygon,
  edges: EdgeList,
  shard: CellNode,
  holds: boolean,
) => boolean;

/** The test for the shards of a grid, with memory of its own. */
export function createShardTest({ parentRes, childRes }: H3Settings): ShardTest {
  const deepest = Math.min(childRes, parentRes + LEVELS_BELOW_SHARD);
  let list = new Int32Array(256);
  return (polygon, edges, shard, holds) => {
    const count = edges.to - edges.from;
    if (list.length < (LEVELS_BELOW_SHARD + 3) * count)
      list = new Int32Array(2 * (LEVELS_BELOW_SHARD + 3) * count);
    list.set(edges.list.subarray(edges.from, edges.to));
    const end = keepMetEdges(polygon, list, 0, count, shard.cap);
    if (end === count) return holds;
    return shard.res === deepest || anyBelowMet(polygon, list, deepest, shard, count, end, holds);
  };
}

/** Whether one of the caps below a cell, down to a resolution, is met; edges from … to−1 meet the cell's cap. */
function anyBelowMet(
  polygon: PreparedPolygon,
  list: Int32Array,
  deepest: number,
  node: CellNode,
  from: number,
  to: number,
  holds: boolean,
): boolean {
  const { x, y, z } = node.cap;
  if (keepMetEdges(polygon, list, from, to, coreOf(node.cap)) > to) return true;
  for (const child of node.children()) {
    const { cap } = child;
    const end = keepMetEdges(polygon, list, from, to, cap);
    if (end > to && child.res === deepest) return true;
    const inside = holds !== crossesOddly(polygon, list, from, to, x, y, z, cap.x, cap.y, cap.z);
    if (end === to ? inside : anyBelowMet(polygon, list, deepest, child, to, end, inside)) return true;
  }
  return false;
}

function coreOf({ x, y, z, chord, sine }: Cap): Cap {
  return { x, y, z, chord: CORE * chord, sine: CORE * sine };
}
