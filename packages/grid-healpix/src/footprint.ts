/** The outline of a cell as a polygon for people and for catalogues. */
import type { Region } from "@zagg/core";
import { facePointVector } from "./kernels/cell-geometry.js";
import { geodeticFromAuthalic, type LatitudeConvention } from "./latitude.js";

const POINTS_A_SIDE = 32;
const DEGREES = 180 / Math.PI;

/** How near to ±180 a longitude must be to be moved across. */
const SNAP_DEG = 1e-6;

/** How far from the meridian 0 a longitude must be to tell in which hemisphere a cell lies. */
const HEMISPHERE_DEG = 0.1;

/**
 * Outline of a cell: one closed ring of 129 points, 32 per side of the true, curved boundary, from the north corner
 * over east, south and west, the first point repeated. Latitudes are geodetic degrees; longitudes lie in [-180, 180],
 * those of a cell that touches the antimeridian on its own side of it. A cell across the antimeridian is not split. A
 * pole gets the longitude of the cell's centre.
 */
export function cellFootprint(
  order: number,
  face: number,
  ix: number,
  iy: number,
  latitude: LatitudeConvention,
): Region {
  const count = 4 * POINTS_A_SIDE;
  const lonDeg = new Float64Array(count + 1);
  const latDeg = new Float64Array(count + 1);
  const vector = new Float64Array(3);
  facePointVector(order, face, ix + 0.5, iy + 0.5, vector);
  const centreLonDeg = longitude(vector, 0);
  for (let k = 0; k < count; k++) {
    const side = Math.floor(k / POINTS_A_SIDE);
    const left = 1 - (k % POINTS_A_SIDE) / POINTS_A_SIDE;
    // North to east: y falls; to south: x falls; to west: y rises; to north: x rises.
    const u = [1, left, 0, 1 - left][side]!;
    const v = [left, 0, 1 - left, 1][side]!;
    facePointVector(order, face, ix + u, iy + v, vector);
    lonDeg[k] = longitude(vector, centreLonDeg);
    latDeg[k] = toGeodetic(vector, latitude);
  }
  snapToOwnSide(lonDeg.subarray(0, count));
  lonDeg[count] = lonDeg[0]!;
  latDeg[count] = latDeg[0]!;
  return [[{ lonDeg, latDeg }]];
}

function longitude(vector: Float64Array, atPole: number): number {
  const x = vector[0]!;
  const y = vector[1]!;
  if (x === 0 && y === 0) return atPole;
  const lon = Math.atan2(y, x) * DEGREES;
  return lon <= -180 ? 180 : lon;
}

function toGeodetic(vector: Float64Array, latitude: LatitudeConvention): number {
  const radius = Math.hypot(vector[0]!, vector[1]!);
  const lat = Math.atan2(vector[2]!, radius) * DEGREES;
  return latitude === "authalic" ? geodeticFromAuthalic(lat) : lat;
}

/** Moves points on the antimeridian to the side on which most of the outline lies. */
function snapToOwnSide(lonDeg: Float64Array): void {
  if (Math.max(...lonDeg) - Math.min(...lonDeg) <= 180) return;
  const onMeridian = (lon: number): boolean => 180 - Math.abs(lon) <= SNAP_DEG;
  const others = lonDeg.filter((lon) => !onMeridian(lon)).sort();
  const west = others.filter((lon) => lon < -HEMISPHERE_DEG).length;
  const east = others.filter((lon) => lon > HEMISPHERE_DEG).length;
  const median = others[others.length >> 1] ?? 1;
  const side = (west === east ? median < 0 : west > east) ? -180 : 180;
  for (let k = 0; k < lonDeg.length; k++) if (onMeridian(lonDeg[k]!)) lonDeg[k] = side;
}
