/** Rings for tests. */
import type { Ring } from "@zagg/core";
import { add, cross, lonLatOf, perpendicular, vectorOf, type Vector } from "../src/index.js";

export type LonLat = readonly [lonDeg: number, latDeg: number];

export function ringOf(...places: readonly LonLat[]): Ring {
  return {
    lonDeg: Float64Array.from(places, ([lon]) => lon),
    latDeg: Float64Array.from(places, ([, lat]) => lat),
  };
}

export const reversed = ({ lonDeg, latDeg }: Ring): Ring => ({
  lonDeg: lonDeg.toReversed(),
  latDeg: latDeg.toReversed(),
});

/** Corners around a place, at a distance that may change from one to the next; counter-clockwise, degrees. */
export function around(
  lon: number,
  lat: number,
  corners: number,
  radiusDeg: (k: number) => number,
): LonLat[] {
  const middle = vectorOf(lon, lat);
  const east = perpendicular(middle);
  const north = cross(middle, east);
  return Array.from({ length: corners }, (_, k) => {
    const bearing = (2 * Math.PI * k) / corners;
    const radius = (radiusDeg(k) * Math.PI) / 180;
    const aside: Vector = add(add([0, 0, 0], east, Math.cos(bearing)), north, Math.sin(bearing));
    return lonLatOf(add(add([0, 0, 0], middle, Math.cos(radius)), aside, Math.sin(radius)));
  });
}

/** Places spread evenly over the sphere, each standing for the same area. */
export function evenPlaces(count: number): Vector[] {
  return Array.from({ length: count }, (_, k): Vector => {
    const z = (2 * k + 1) / count - 1;
    const radius = Math.sqrt(1 - z * z);
    const turn = 2.399963229728653 * k + 0.1;
    return [radius * Math.cos(turn), radius * Math.sin(turn), z];
  });
}
