/**
 * Longitudes and latitudes as unit vectors and back. Latitudes are taken as those of a sphere. Vectors are exact at the
 * poles and on the meridians 0, ±90 and ±180: all longitudes at a pole give one vector, and so do longitudes that differ by
 * whole turns; a point of these meridians has a coordinate that is 0.
 */
import type { Ring } from "@zagg/core";
import type { Vector } from "./vector.js";

const RADIANS = Math.PI / 180;

/** Beyond this many degrees a longitude is reduced by the remainder of a full turn first. */
const PLAIN_LON_DEG = 2 ** 20;

/**
 * Unit vectors of points, three numbers for each.
 * @param lonDeg any finite longitude; length n
 * @param latDeg latitude on the sphere, [-90, 90]; length n
 * @param out    3n numbers are written, from 3·start on
 */
export function unitVectors(lonDeg: Float64Array, latDeg: Float64Array, out: Float64Array, start = 0): void {
  for (let i = 0, at = 3 * start; i < lonDeg.length; i++, at += 3) {
    writeUnitVector(lonDeg[i]!, latDeg[i]!, out, at);
  }
}

/** The unit vectors of a ring's vertices, three numbers for each. */
export function ringVectors({ lonDeg, latDeg }: Ring): Float64Array {
  const vectors = new Float64Array(3 * lonDeg.length);
  unitVectors(lonDeg, latDeg, vectors);
  return vectors;
}

/** The unit vector of one point; see {@link unitVectors}. */
export function vectorOf(lonDeg: number, latDeg: number): Vector {
  const out: [number, number, number] = [0, 0, 0];
  writeUnitVector(lonDeg, latDeg, out, 0);
  return out;
}

/**
 * As {@link vectorOf} but for the last bit, and not exact anywhere: sines and cosines as they come. What is drawn and written
 * (outlines in catalogs, boxes in records, GeoJSON) is computed from these, so that files stay the same to the last digit.
 */
export function plainVectorOf(lonDeg: number, latDeg: number): Vector {
  const [lon, lat] = [lonDeg * RADIANS, latDeg * RADIANS];
  return [Math.cos(lat) * Math.cos(lon), Math.cos(lat) * Math.sin(lon), Math.sin(lat)];
}

/** Longitude within ±180 and latitude, degrees. The vector may have any length. */
export function lonLatOf([x, y, z]: Vector): readonly [lonDeg: number, latDeg: number] {
  return [Math.atan2(y, x) / RADIANS, Math.atan2(z, Math.hypot(x, y)) / RADIANS];
}

/** As {@link unitVectors}, of one point; three numbers are written from `at` on. */
export function writeUnitVector(
  lonDeg: number,
  latDeg: number,
  out: Float64Array | [number, number, number],
  at: number,
): void {
  const latQuarter = Math.floor(latDeg / 90 + 0.5);
  const latRad = (latDeg - 90 * latQuarter) * RADIANS;
  let sinLat = Math.sin(latRad);
  let cosLat = Math.cos(latRad);
  if (latQuarter !== 0) {
    const turned = sinLat;
    sinLat = latQuarter * cosLat;
    cosLat = 0 - latQuarter * turned;
  }
  const lon = Math.abs(lonDeg) < PLAIN_LON_DEG ? lonDeg : lonDeg % 360;
  const quarter = Math.floor(lon / 90 + 0.5);
  const lonRad = (lon - 90 * quarter) * RADIANS;
  const along = cosLat * Math.cos(lonRad);
  const across = cosLat * Math.sin(lonRad) + 0;
  // Zero is added, and subtracted from: there is no minus zero among the coordinates.
  const turn = quarter & 3;
  out[at] = turn === 0 ? along : turn === 1 ? 0 - across : turn === 2 ? 0 - along : across;
  out[at + 1] = turn === 0 ? across : turn === 1 ? along : turn === 2 ? 0 - across : 0 - along;
  out[at + 2] = sinLat + 0;
}
