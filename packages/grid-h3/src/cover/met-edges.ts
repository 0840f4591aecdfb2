/** Which edges of a polygon meet a cap. */
import type { PreparedPolygon } from "@zagg/sphere";
import type { Cap } from "../cell-cap.js";

/**
 * Appends to a list those of its edges (from … to−1) that meet a cap.
 * @returns the end of the appended part, which begins at `to`
 */
export function keepMetEdges(
  { vertices, next, normals }: PreparedPolygon,
  list: Int32Array,
  from: number,
  to: number,
  { x, y, z, chord, sine }: Cap,
): number {
  const reach = chord * chord;
  let end = to;
  for (let i = from; i < to; i++) {
    const edge = list[i]!;
    const a = 3 * edge;
    const nx = normals[a]!;
    const ny = normals[a + 1]!;
    const nz = normals[a + 2]!;
    const height = nx * x + ny * y + nz * z;
    if (height > sine || height < -sine) continue;
    const b = 3 * next[edge]!;
    const ax = vertices[a]!;
    const ay = vertices[a + 1]!;
    const az = vertices[a + 2]!;
    const bx = vertices[b]!;
    const by = vertices[b + 1]!;
    const bz = vertices[b + 2]!;
    const near =
      (ax - x) ** 2 + (ay - y) ** 2 + (az - z) ** 2 <= reach ||
      (bx - x) ** 2 + (by - y) ** 2 + (bz - z) ** 2 <= reach ||
      // Between the ends: ahead of the first and not yet past the second, along the edge.
      ((ny * az - nz * ay) * x + (nz * ax - nx * az) * y + (nx * ay - ny * ax) * z >= 0 &&
        (ny * bz - nz * by) * x + (nz * bx - nx * bz) * y + (nx * by - ny * bx) * z <= 0);
    if (near) list[end++] = edge;
  }
  return end;
}
