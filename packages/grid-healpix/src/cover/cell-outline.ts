/** The true outline of a cell as short great-circle pieces, and whether an edge of a polygon meets it. */
import { facePointVector } from "../kernels/cell-geometry.js";
import type { PreparedPolygon } from "./prepared-polygon.js";

const PIECES_A_SIDE = 8;
const POINTS = 4 * PIECES_A_SIDE;

/** Numbers that {@link writeCellOutline} writes: each point, and the width of the band around its two pieces. */
export const OUTLINE_SIZE = 4 * POINTS;

/** A piece bulges most near its middle; the rest is covered by half as much again. */
const BULGE_SLACK = 1.5;

/** Rounding of a product of unit vectors. */
const DOT_ERROR = 2e-15;

/** A vertex that is farther from a cell's centre than this many of its circumradii is near no piece of its outline. */
const NEAR_CHORDS = 1.1;

/** Less than half an edge, for all rounding of its chord. */
const WITHIN_HALF = 1 - 1e-6;

/**
 * Outline of a cell: points anticlockwise from the south corner, and for each the distance within which the true
 * outline stays from the great-circle pieces before and after it (radians; half a percent of the circumradius or less).
 * @param out     {@link OUTLINE_SIZE} numbers are written from `at` on
 * @param scratch length 3
 */
export function writeCellOutline(
  order: number,
  face: number,
  ix: number,
  iy: number,
  out: Float64Array,
  at: number,
  scratch: Float64Array,
): void {
  for (let k = 0; k < POINTS; k++) {
    facePointVector(order, face, ix + along(k), iy + along(k + 3 * PIECES_A_SIDE), scratch);
    out.set(scratch, at + 4 * k);
    out[at + 4 * k + 3] = DOT_ERROR;
  }
  for (let k = 0; k < POINTS; k++) {
    const from = at + 4 * k;
    const to = at + 4 * ((k + 1) % POINTS);
    facePointVector(order, face, ix + along(k + 0.5), iy + along(k + 0.5 + 3 * PIECES_A_SIDE), scratch);
    const band = BULGE_SLACK * distanceFromPiece(out, from, to, scratch) + DOT_ERROR;
    out[from + 3] = Math.max(band, out[from + 3] as number);
    out[to + 3] = Math.max(band, out[to + 3] as number);
  }
}

/** Sine of the radius of a cap around a cell's centre, which `bounds` begins with at `boundsAt`, that the cell holds. */
export function innerSine(outline: Float64Array, at: number, bounds: Float64Array, boundsAt: number): number {
  const centre = bounds.subarray(boundsAt, boundsAt + 3);
  let least = 1;
  for (let k = 0; k < POINTS; k++) {
    const from = at + 4 * k;
    const to = at + 4 * ((k + 1) % POINTS);
    least = Math.min(least, distanceFromPiece(outline, from, to, centre) - (outline[from + 3] as number));
  }
  return Math.max(0, least - DOT_ERROR);
}

/** Whether an edge surely passes through the cap of {@link innerSine}; when not, it may meet the cell all the same. */
export function edgeMeetsCentre(
  { normals, middles, halfChords }: PreparedPolygon,
  edge: number,
  bounds: Float64Array,
  at: number,
  inner: number,
): boolean {
  const n = 3 * edge;
  const x = bounds[at] as number;
  const y = bounds[at + 1] as number;
  const z = bounds[at + 2] as number;
  const height = (normals[n] as number) * x + (normals[n + 1] as number) * y + (normals[n + 2] as number) * z;
  if (!(height < inner && height > -inner)) return false;
  const half = (halfChords[edge] as number) * WITHIN_HALF;
  const away =
    ((middles[n] as number) - x) ** 2 +
    ((middles[n + 1] as number) - y) ** 2 +
    ((middles[n + 2] as number) - z) ** 2;
  return away < half * half;
}

/**
 * Whether an edge meets a cell: starts in it, or crosses its outline or comes within the outline's band. Its end is not
 * looked at, being the start of another edge.
 * @param outline  as {@link writeCellOutline} wrote it, from `at` on
 * @param bounds   as `writeCellBounds` wrote them, from `boundsAt` on
 */
export function edgeMeetsCell(
  polygon: PreparedPolygon,
  edge: number,
  order: number,
  face: number,
  ix: number,
  iy: number,
  outline: Float64Array,
  at: number,
  bounds: Float64Array,
  boundsAt: number,
): boolean {
  const finer = 29 - order;
  if (
    polygon.face[edge] === face &&
    (polygon.ix[edge] as number) >> finer === ix &&
    (polygon.iy[edge] as number) >> finer === iy
  ) {
    return true;
  }
  const { normals } = polygon;
  const n = 3 * edge;
  const nx = normals[n] as number;
  const ny = normals[n + 1] as number;
  const nz = normals[n + 2] as number;
  const ax = polygon.vertices[n] as number;
  const ay = polygon.vertices[n + 1] as number;
  const az = polygon.vertices[n + 2] as number;
  const away =
    (ax - (bounds[boundsAt] as number)) ** 2 +
    (ay - (bounds[boundsAt + 1] as number)) ** 2 +
    (az - (bounds[boundsAt + 2] as number)) ** 2;
  const startsNear = away <= (NEAR_CHORDS * (bounds[boundsAt + 4] as number)) ** 2;
  let before = at + 4 * (POINTS - 1);
  let lastHeight =
    nx * (outline[before] as number) +
    ny * (outline[before + 1] as number) +
    nz * (outline[before + 2] as number);
  for (let point = at; point < at + OUTLINE_SIZE; point += 4) {
    const x = outline[point] as number;
    const y = outline[point + 1] as number;
    const z = outline[point + 2] as number;
    const band = outline[point + 3] as number;
    const height = nx * x + ny * y + nz * z;
    if (height <= band && height >= -band && withinEnds(polygon, edge, x, y, z, band)) return true;
    if (startsNear && nearPiece(ax, ay, az, outline, before, point, band)) return true;
    if (height > 0 !== lastHeight > 0) {
      const weight = lastHeight / (lastHeight - height);
      const fromX = outline[before] as number;
      const fromY = outline[before + 1] as number;
      const fromZ = outline[before + 2] as number;
      const onX = fromX + weight * (x - fromX);
      const onY = fromY + weight * (y - fromY);
      const onZ = fromZ + weight * (z - fromZ);
      if (withinEnds(polygon, edge, onX, onY, onZ, band)) return true;
    }
    before = point;
    lastHeight = height;
  }
  return false;
}

/**
 * Whether a vertex lies in the band of one piece. An edge that cuts off a sliver between a piece and the curved side
 * comes nearest to the piece at an end of the piece or at its own end, so that these two tests miss none.
 */
function nearPiece(
  x: number,
  y: number,
  z: number,
  outline: Float64Array,
  from: number,
  to: number,
  band: number,
): boolean {
  const px = outline[from] as number;
  const py = outline[from + 1] as number;
  const pz = outline[from + 2] as number;
  const dx = (outline[to] as number) - px;
  const dy = (outline[to + 1] as number) - py;
  const dz = (outline[to + 2] as number) - pz;
  const squared = dx * dx + dy * dy + dz * dz;
  const onward = (x - px) * dx + (y - py) * dy + (z - pz) * dz;
  const slack = band * Math.sqrt(squared);
  if (onward < -slack || onward > squared + slack) return false;
  const height = x * (py * dz - pz * dy) + y * (pz * dx - px * dz) + z * (px * dy - py * dx);
  return height <= slack && height >= -slack && x * px + y * py + z * pz > 0;
}

/** Face coordinate along the outline: up from 0 to 1, there for a side, down, and at 0 for a side. */
function along(k: number): number {
  const position = (k % POINTS) / PIECES_A_SIDE;
  return Math.max(0, Math.min(1, position, 3 - position));
}

/** Whether a point near an edge's great circle lies between the edge's ends, give or take the band. */
function withinEnds(
  { vertices, normals, next }: PreparedPolygon,
  edge: number,
  x: number,
  y: number,
  z: number,
  band: number,
): boolean {
  const a = 3 * edge;
  const b = 3 * (next[edge] as number);
  const nx = normals[a] as number;
  const ny = normals[a + 1] as number;
  const nz = normals[a + 2] as number;
  const turnX = ny * z - nz * y;
  const turnY = nz * x - nx * z;
  const turnZ = nx * y - ny * x;
  // The turned point n × p has a negative product with a when p lies beyond a, and a positive one with b before b.
  const afterStart = -(
    turnX * (vertices[a] as number) +
    turnY * (vertices[a + 1] as number) +
    turnZ * (vertices[a + 2] as number)
  );
  const beforeEnd =
    turnX * (vertices[b] as number) +
    turnY * (vertices[b + 1] as number) +
    turnZ * (vertices[b + 2] as number);
  return afterStart >= -band && beforeEnd >= -band;
}

/** Distance of a point from the great circle through two points of an outline. */
function distanceFromPiece(points: Float64Array, a: number, b: number, p: Float64Array): number {
  const sx = (points[a] as number) + (points[b] as number);
  const sy = (points[a + 1] as number) + (points[b + 1] as number);
  const sz = (points[a + 2] as number) + (points[b + 2] as number);
  const dx = (points[b] as number) - (points[a] as number);
  const dy = (points[b + 1] as number) - (points[a + 1] as number);
  const dz = (points[b + 2] as number) - (points[a + 2] as number);
  const nx = sy * dz - sz * dy;
  const ny = sz * dx - sx * dz;
  const nz = sx * dy - sy * dx;
  const norm = Math.hypot(nx, ny, nz);
  const px = p[0] as number;
  const py = p[1] as number;
  const pz = p[2] as number;
  return norm === 0 ? 0 : Math.abs(nx * px + ny * py + nz * pz) / norm;
}
