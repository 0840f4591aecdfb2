/** Whether an edge of a polygon meets a cell with curved sides. */
import { DOT_ERROR, type PreparedPolygon } from "@zagg/sphere";
import {
  BULGE_SLACK,
  POINTS,
  distanceFromPiece,
  writeOutlinePoint,
  type OutlinedCell,
} from "./cell-outline.js";
import type { VertexCells } from "./vertex-cells.js";

/** Less than half an edge, for all rounding of its chord. */
const WITHIN_HALF = 1 - 1e-6;

/** Pieces are halved down to this part of one, where an edge that is not clear of them counts as touching. */
const LEAST_PIECE = 2 ** -44;

/** Whether an edge surely passes through the cap of {@link innerSine}; when not, it may meet the cell all the same. */
export function edgeMeetsCentre(
  { normals, middles, halfChords }: PreparedPolygon,
  edge: number,
  bounds: Float64Array,
  at: number,
  inner: number,
): boolean {
  const n = 3 * edge;
  const x = bounds[at]!;
  const y = bounds[at + 1]!;
  const z = bounds[at + 2]!;
  const height = normals[n]! * x + normals[n + 1]! * y + normals[n + 2]! * z;
  if (!(height < inner && height > -inner)) return false;
  const half = halfChords[edge]! * WITHIN_HALF;
  const away = (middles[n]! - x) ** 2 + (middles[n + 1]! - y) ** 2 + (middles[n + 2]! - z) ** 2;
  return away < half * half;
}

/**
 * Whether an edge meets a cell: starts in it, or crosses its outline. Its end is not looked at, being the start of
 * another edge. Pieces that the edge comes nearer to than their band are divided until it is clear.
 * @param starts  where the edges near the cell start
 * @param outline as {@link writeCellOutline} wrote it, from `at` on
 */
export function edgeMeetsCell(
  polygon: PreparedPolygon,
  starts: VertexCells,
  edge: number,
  order: number,
  face: number,
  ix: number,
  iy: number,
  outline: Float64Array,
  at: number,
): boolean {
  const finer = 29 - order;
  if (starts.face[edge] === face && starts.ix[edge]! >> finer === ix && starts.iy[edge]! >> finer === iy) {
    return true;
  }
  const { normals } = polygon;
  const n = 3 * edge;
  const nx = normals[n]!;
  const ny = normals[n + 1]!;
  const nz = normals[n + 2]!;
  let from = at + 4 * (POINTS - 1);
  let height = nx * outline[from]! + ny * outline[from + 1]! + nz * outline[from + 2]!;
  for (let k = 0, to = at; k < POINTS; k++, from = to, to += 4) {
    const before = height;
    height = nx * outline[to]! + ny * outline[to + 1]! + nz * outline[to + 2]!;
    const band = Math.max(outline[from + 3]!, outline[to + 3]!);
    // The great circle of the edge passes the whole piece and its bulge on one side.
    if ((height > band && before > band) || (height < -band && before < -band)) continue;
    const meets = edgeMeetsPiece(polygon, edge, outline, from, to, band);
    if (meets === "yes") return true;
    if (meets === "no") continue;
    if (edgeMeetsDivided(polygon, edge, { order, face, ix, iy }, k - 1, k, outline, from, to)) return true;
  }
  return false;
}

/**
 * Whether an edge meets the true outline between two places along it, by halves; where rounding leaves it open it does.
 * @param k    places along the outline, in pieces: from k to `last`
 * @param from where the points of these places stand in `points`
 */
function edgeMeetsDivided(
  polygon: PreparedPolygon,
  edge: number,
  cell: OutlinedCell,
  k: number,
  last: number,
  points: Float64Array,
  from: number,
  to: number,
): boolean {
  const middle = (k + last) / 2;
  const halves = new Float64Array(12);
  halves.set(points.subarray(from, from + 3), 0);
  writeOutlinePoint(cell, middle, halves, 4);
  halves.set(points.subarray(to, to + 3), 8);
  const quarter = new Float64Array(3);
  for (const [at, start] of [
    [0, k],
    [4, middle],
  ] as const) {
    writeOutlinePoint(cell, start + (last - k) / 4, quarter, 0);
    const band = BULGE_SLACK * distanceFromPiece(halves, at, at + 4, quarter) + DOT_ERROR;
    const meets = edgeMeetsPiece(polygon, edge, halves, at, at + 4, band);
    if (meets === "yes") return true;
    if (meets === "no") continue;
    if (last - k < LEAST_PIECE) return true;
    if (edgeMeetsDivided(polygon, edge, cell, start, start + (last - k) / 2, halves, at, at + 4)) return true;
  }
  return false;
}

/** Whether an edge crosses what lies within the band of one piece of an outline. */
function edgeMeetsPiece(
  { vertices, normals, next }: PreparedPolygon,
  edge: number,
  points: Float64Array,
  from: number,
  to: number,
  band: number,
): "yes" | "no" | "unclear" {
  const a = 3 * edge;
  const b = 3 * next[edge]!;
  const nx = normals[a]!;
  const ny = normals[a + 1]!;
  const nz = normals[a + 2]!;
  const height = (at: number): number => nx * points[at]! + ny * points[at + 1]! + nz * points[at + 2]!;
  /** How far a point lies beyond the plane through the edge's normal and one of its ends. */
  const beyond = (end: number, at: number): number => {
    const x = points[at]!;
    const y = points[at + 1]!;
    const z = points[at + 2]!;
    return (
      (ny * z - nz * y) * vertices[end]! +
      (nz * x - nx * z) * vertices[end + 1]! +
      (nx * y - ny * x) * vertices[end + 2]!
    );
  };
  const before = height(from);
  const after = height(to);
  if ((before > band && after > band) || (before < -band && after < -band)) return "no";
  // The turned point n × p has a negative product with a when p lies beyond a, and a positive one with b before b.
  const [startFrom, startTo] = [-beyond(a, from), -beyond(a, to)];
  if (startFrom < -band && startTo < -band) return "no";
  const [endFrom, endTo] = [beyond(b, from), beyond(b, to)];
  if (endFrom < -band && endTo < -band) return "no";
  const isBetween = startFrom > band && startTo > band && endFrom > band && endTo > band;
  const isCrossed = before > 0 !== after > 0 && Math.abs(before) > DOT_ERROR && Math.abs(after) > DOT_ERROR;
  return isBetween && isCrossed ? "yes" : "unclear";
}
