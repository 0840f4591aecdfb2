/** From the roots of a hierarchy down to the leaves that a polygon meets, by caps that are made on the way. */
import { crossesOddly, polygonHolds } from "../polygon/polygon-parity.js";
import type { PreparedPolygon } from "../polygon/prepared-polygon.js";
import { CAP_SIZE, type EdgeList } from "./cap-tree.js";
import { keepNearEdges } from "./near-edges.js";

/** Nodes that hold others, each in a cap that holds all of it. */
export interface CapHierarchy<Node> {
  readonly roots: readonly Node[];
  /** The longest way down, in nodes. */
  readonly depth: number;
  /** Writes a node's cap: {@link CAP_SIZE} numbers from `at` on. */
  writeCap(node: Node, out: Float64Array, at: number): void;
  /** The nodes below a node, or undefined for a leaf. */
  below(node: Node): readonly Node[] | undefined;
  /**
   * Whether a polygon meets a leaf whose cap its edges come near.
   * @param holds whether the middle of the leaf's cap is inside the polygon
   */
  leafMeets(polygon: PreparedPolygon, edges: EdgeList, leaf: Node, holds: boolean): boolean;
}

/**
 * Hands out what a polygon meets, in the order of the hierarchy, disjoint: leaves, and nodes that lie wholly inside.
 * Work is proportional to the leaves along the outline, times the edges near each.
 */
export function descendPolygon<Node>(
  polygon: PreparedPolygon,
  hierarchy: CapHierarchy<Node>,
  collect: (node: Node) => void,
): void {
  if (polygon.rings.length === 0) return;
  const list = new Int32Array(polygon.edges * (hierarchy.depth + 1));
  for (let edge = 0; edge < polygon.edges; edge++) list[edge] = edge;
  const bounds = new Float64Array(CAP_SIZE * hierarchy.depth);
  const edges: EdgeList = { list, from: 0, to: 0 };
  const walk: Walk<Node> = { polygon, hierarchy, collect, edges, list, bounds };
  for (const root of hierarchy.roots) {
    hierarchy.writeCap(root, bounds, 0);
    visit(walk, root, 0, 0, polygon.edges, polygonHolds(polygon, bounds[0]!, bounds[1]!, bounds[2]!));
  }
}

/** What one descent carries; `bounds` holds a cap for each level. */
interface Walk<Node> {
  readonly polygon: PreparedPolygon;
  readonly hierarchy: CapHierarchy<Node>;
  readonly collect: (node: Node) => void;
  readonly edges: EdgeList;
  readonly list: Int32Array;
  readonly bounds: Float64Array;
}

/**
 * One node, whose cap is already written.
 * @param here  where its cap stands
 * @param from  the parent's near edges are from … to−1 of the list
 * @param holds whether the middle of its cap is inside the polygon
 */
function visit<Node>(
  walk: Walk<Node>,
  node: Node,
  here: number,
  from: number,
  to: number,
  holds: boolean,
): void {
  const { polygon, hierarchy, collect, edges, list, bounds } = walk;
  const end = keepNearEdges(polygon, list, from, to, bounds, here);
  if (end === to) {
    if (holds) collect(node);
    return;
  }
  const nodes = hierarchy.below(node);
  if (nodes === undefined) {
    edges.from = to;
    edges.to = end;
    if (hierarchy.leafMeets(polygon, edges, node, holds)) collect(node);
    return;
  }
  const x = bounds[here]!;
  const y = bounds[here + 1]!;
  const z = bounds[here + 2]!;
  const below = here + CAP_SIZE;
  for (const child of nodes) {
    hierarchy.writeCap(child, bounds, below);
    const cx = bounds[below]!;
    const cy = bounds[below + 1]!;
    const cz = bounds[below + 2]!;
    const odd = crossesOddly(polygon, list, to, end, x, y, z, cx, cy, cz);
    visit(walk, child, below, to, end, holds !== odd);
  }
}
