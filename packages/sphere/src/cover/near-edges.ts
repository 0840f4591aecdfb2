/** The edges of a polygon that come near a cap. */
import type { PreparedPolygon } from "../polygon/prepared-polygon.js";
import { DOT_ERROR } from "./cap-tree.js";

/**
 * Appends to a list those of its edges (from … to−1) that may come within a cap. Leaves out none that do.
 * @param at where the cap stands in `bounds`
 * @returns the end of the appended part, which begins at `to`
 */
export function keepNearEdges(
  polygon: PreparedPolygon,
  list: Int32Array,
  from: number,
  to: number,
  bounds: Float64Array,
  at: number,
): number {
  const { normals, middles, halfChords } = polygon;
  const x = bounds[at]!;
  const y = bounds[at + 1]!;
  const z = bounds[at + 2]!;
  const reach = bounds[at + 3]! + DOT_ERROR;
  const chord = bounds[at + 4]!;
  let end = to;
  for (let i = from; i < to; i++) {
    const edge = list[i]!;
    const k = 3 * edge;
    const height = normals[k]! * x + normals[k + 1]! * y + normals[k + 2]! * z;
    if (height > reach || height < -reach) continue;
    const far = halfChords[edge]! + chord;
    const away = (middles[k]! - x) ** 2 + (middles[k + 1]! - y) ** 2 + (middles[k + 2]! - z) ** 2;
    if (away <= far * far) list[end++] = edge;
  }
  return end;
}
