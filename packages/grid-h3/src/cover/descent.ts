/**
 * From coarse cells down to the shards that a polygon meets, by caps that hold all descendants of a cell. A shard is met
 * when one of the caps around its cells two levels down is (or its own cells, when they are no finer).
 */
import { cellToChildren } from "h3-js";
import { cellCap, type Cap } from "../cell-cap.js";
import { keepNearEdges, polygonHolds, type PreparedPolygon } from "./prepared-polygon.js";

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

export interface Target {
  readonly parentRes: number;
  readonly childRes: number;
  /** A coarse cell of which every shard is met, or a shard. */
  collect(node: CellNode): void;
}

/** Hands out what a polygon meets, in index order, disjoint. */
export function descendPolygon(polygon: PreparedPolygon, roots: readonly CellNode[], target: Target): void {
  if (polygon.edges === 0) return;
  const levels = target.parentRes + LEVELS_BELOW_SHARD + 3;
  const list = new Int32Array(polygon.edges * (levels + 1));
  for (let edge = 0; edge < polygon.edges; edge++) list[edge] = edge;
  for (const root of roots) visit(polygon, list, target, root, 0, polygon.edges);
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

/** One cell; the edges near its parent are from … to−1 of the list. */
function visit(
  polygon: PreparedPolygon,
  list: Int32Array,
  target: Target,
  node: CellNode,
  from: number,
  to: number,
): void {
  const end = keepNearEdges(polygon, list, from, to, node.cap);
  if (end === to) {
    if (polygonHolds(polygon, node.cap.x, node.cap.y, node.cap.z)) target.collect(node);
  } else if (node.res === target.parentRes) {
    const deepest = Math.min(target.childRes, target.parentRes + LEVELS_BELOW_SHARD);
    if (node.res === deepest || anyBelowMet(polygon, list, deepest, node, to, end)) target.collect(node);
  } else {
    for (const child of node.children()) visit(polygon, list, target, child, to, end);
  }
}

/** Whether one of the caps below a cell, down to a resolution, is met; edges from … to−1 are near the cell. */
function anyBelowMet(
  polygon: PreparedPolygon,
  list: Int32Array,
  deepest: number,
  node: CellNode,
  from: number,
  to: number,
): boolean {
  if (keepNearEdges(polygon, list, from, to, coreOf(node.cap)) > to) return true;
  for (const child of node.children()) {
    const end = keepNearEdges(polygon, list, from, to, child.cap);
    const met =
      end === to
        ? polygonHolds(polygon, child.cap.x, child.cap.y, child.cap.z)
        : child.res === deepest || anyBelowMet(polygon, list, deepest, child, to, end);
    if (met) return true;
  }
  return false;
}

function coreOf({ x, y, z, chord, sine }: Cap): Cap {
  return { x, y, z, chord: CORE * chord, sine: CORE * sine };
}
