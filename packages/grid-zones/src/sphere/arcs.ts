/** Pieces of rings as flat arrays, and the one question that decides on which side of them a point lies. */
import { add, cross, unit, vectorOf, type Vector } from "@zagg/sphere";
import type { Piece } from "./walk-ring.js";
import { wrapLongitude } from "./longitude.js";

/** Great-circle arcs, each the same to the last bit whichever way its ring runs, so that neighbours agree on it. */
export interface Arcs {
  readonly count: number;
  /** Longitudes of the ends, degrees in [-180, 180); equal for a piece of a meridian. */
  readonly west: Float64Array;
  readonly east: Float64Array;
  /** Latitude of the western end. */
  readonly westLat: Float64Array;
  /** Bounds of the latitude, {@link LATITUDE_SLACK} included; both below the sphere for a seam at the south pole. */
  readonly south: Float64Array;
  readonly north: Float64Array;
  /** Unit normals, northward, three numbers an arc. */
  readonly normals: Float64Array;
}

/** Far above rounding, far below a millimetre. */
const LATITUDE_SLACK = 1e-9;
const BELOW_THE_SPHERE = -91;
const DEGREES = 180 / Math.PI;

/** Seams at the north pole are left out: no point lies above them. */
export function arcsOf(pieces: readonly Piece[]): Arcs {
  const kept = pieces.filter(({ seam, turn, from }) => !seam || (turn !== 0 && from.lat < 0));
  const count = kept.length;
  const arcs: Arcs = {
    count,
    west: new Float64Array(count),
    east: new Float64Array(count),
    westLat: new Float64Array(count),
    south: new Float64Array(count),
    north: new Float64Array(count),
    normals: new Float64Array(3 * count),
  };
  kept.forEach((piece, i) => writeArc(piece, i, arcs));
  return arcs;
}

/** Whether arc i is a seam at the south pole, which is a place of no extent on the sphere. */
export function isSeam(arcs: Arcs, i: number): boolean {
  return arcs.north[i]! <= BELOW_THE_SPHERE;
}

/**
 * Whether the meridian from a point down to the south pole crosses arc i. Longitudes are compared exactly, the western
 * end included; at the western end latitudes are too. A point on an arc is above it.
 * @param lon in [-180, 180), 0 at a pole
 */
export function crossesBelow(
  arcs: Arcs,
  i: number,
  lon: number,
  lat: number,
  x: number,
  y: number,
  z: number,
): boolean {
  const west = arcs.west[i]!;
  const east = arcs.east[i]!;
  if (west <= east ? lon < west || lon >= east : lon < west && lon >= east) return false;
  if (lat < arcs.south[i]!) return false;
  if (lat > arcs.north[i]!) return true;
  if (lon === west) return lat >= arcs.westLat[i]!;
  const { normals } = arcs;
  const n = 3 * i;
  return normals[n]! * x + normals[n + 1]! * y + normals[n + 2]! * z >= 0;
}

/** Latitude at which the great circle of arc i crosses a meridian, degrees. */
export function latitudeAt(arcs: Arcs, i: number, lonDeg: number): number {
  const lon = lonDeg / DEGREES;
  const [nx, ny, nz] = [3 * i, 3 * i + 1, 3 * i + 2].map((k) => arcs.normals[k]!) as [number, number, number];
  return Math.atan2(-(nx * Math.cos(lon) + ny * Math.sin(lon)), nz) * DEGREES;
}

/** Degrees of longitude from the western to the eastern end. */
export function spanOf(arcs: Arcs, i: number): number {
  const span = arcs.east[i]! - arcs.west[i]!;
  return span < 0 ? span + 360 : span;
}

function writeArc({ from, to, turn, seam }: Piece, i: number, arcs: Arcs): void {
  const forward = turn > 0 || (turn === 0 && from.lat <= to.lat);
  const first = forward ? from : to;
  const last = forward ? to : from;
  arcs.west[i] = first.lon;
  arcs.east[i] = last.lon;
  arcs.westLat[i] = first.lat;
  if (seam) {
    arcs.south[i] = BELOW_THE_SPHERE;
    arcs.north[i] = BELOW_THE_SPHERE;
    return;
  }
  const a = vectorOf(first.lon, first.lat);
  const b = vectorOf(last.lon, last.lat);
  // (a + b) × (b − a) = 2 a × b, and b − a is exact for ends that lie close together.
  const normal = unit(cross(add(a, b), add(b, a, -1)));
  arcs.normals.set(normal, 3 * i);
  const [low, high] = latitudeBounds(normal, first, last, turn);
  arcs.south[i] = low - LATITUDE_SLACK;
  arcs.north[i] = high + LATITUDE_SLACK;
}

/** The ends, and the highest or lowest place of the great circle where the arc has it. */
function latitudeBounds(
  [nx, ny, nz]: Vector,
  first: { readonly lon: number; readonly lat: number },
  last: { readonly lon: number; readonly lat: number },
  turn: number,
): [low: number, high: number] {
  let low = Math.min(first.lat, last.lat);
  let high = Math.max(first.lat, last.lat);
  if (turn === 0) return [low, high];
  const extreme = Math.atan2(Math.hypot(nx, ny), nz) * DEGREES;
  const lowest = Math.atan2(ny, nx) * DEGREES;
  const within = (lon: number) => (((lon - first.lon) % 360) + 360) % 360 <= Math.abs(turn);
  if (within(lowest)) low = Math.min(low, -extreme);
  if (within(wrapLongitude(lowest + 180))) high = Math.max(high, extreme);
  return [low, high];
}
