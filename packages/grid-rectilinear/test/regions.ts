/** Regions for tests. */
import type { Polygon, Region, Ring } from "@zagg/core";

/** A ring from [lon, lat] pairs in degrees. */
export function ringOf(vertices: readonly (readonly [number, number])[]): Ring {
  return {
    lonDeg: Float64Array.from(vertices, ([lon]) => lon),
    latDeg: Float64Array.from(vertices, ([, lat]) => lat),
  };
}

/** A region of one polygon: an outer ring and holes. */
export function regionOf(...rings: readonly (readonly (readonly [number, number])[])[]): Region {
  const polygon: Polygon = rings.map(ringOf);
  return [polygon];
}

/** At a pole an azimuth has no meaning: one starts this near to it instead. Degrees. */
const NEAR_POLE = 90 - 1e-6;

/** Where one gets from (lon, lat) by going an angle along a great circle at an azimuth; all in degrees. */
export function travel(lon: number, lat: number, azimuth: number, angle: number): readonly [number, number] {
  const d = Math.PI / 180;
  if (Math.abs(lat) > NEAR_POLE) lat = Math.sign(lat) * NEAR_POLE;
  const sinLat =
    Math.sin(lat * d) * Math.cos(angle * d) + Math.cos(lat * d) * Math.sin(angle * d) * Math.cos(azimuth * d);
  const x = Math.cos(angle * d) - Math.sin(lat * d) * sinLat;
  const y = Math.sin(azimuth * d) * Math.sin(angle * d) * Math.cos(lat * d);
  const turned = lon + Math.atan2(y, x) / d;
  return [((((turned + 180) % 360) + 360) % 360) - 180, Math.asin(Math.max(-1, Math.min(1, sinLat))) / d];
}

/** Great circle distance in degrees. */
export function distance(a: readonly [number, number], b: readonly [number, number]): number {
  const d = Math.PI / 180;
  const vector = ([lon, lat]: readonly [number, number]) => [
    Math.cos(lat * d) * Math.cos(lon * d),
    Math.cos(lat * d) * Math.sin(lon * d),
    Math.sin(lat * d),
  ];
  const [u, v] = [vector(a), vector(b)];
  return (2 * Math.asin(Math.min(1, Math.hypot(...u.map((c, i) => c - v[i]!)) / 2))) / d;
}
