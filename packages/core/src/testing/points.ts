/** Points where grids go wrong, as fast-check arbitraries. */
import fc from "fast-check";
import type { LonLat } from "./sphere.js";

/** Where the equatorial and polar parts of HEALPix meet, and other projections change: asin(2/3) in degrees. */
const TRANSITION_LAT_DEG = 41.8103148957786;

/** Distances from a special line at which a point is tried: on it, beside it by rounding, and by a little. */
const BESIDE_DEG = [0, 0, 1e-15, 1e-13, 1e-9, 1e-6, 1e-3, 0.1];

/**
 * Valid points anywhere on the globe, longitudes in [-180, 180], biased to poles, the antimeridian, meridians of whole 45
 * degrees (face corners), the equator, latitude ±41.8103 and whole degrees, and to what lies just beside them.
 */
export function interestingPoints(): fc.Arbitrary<LonLat> {
  const beside = fc
    .tuple(fc.constantFrom(...BESIDE_DEG), fc.constantFrom(-1, 1))
    .map(([distance, side]) => distance * side);
  const anyLon = fc.double({ min: -180, max: 180, noNaN: true });
  const anyLat = fc.double({ min: -1, max: 1, noNaN: true }).map((sine) => (Math.asin(sine) * 180) / Math.PI);
  const specialLon = fc
    .tuple(fc.constantFrom(-180, -135, -90, -45, 0, 45, 90, 135, 180), beside)
    .map(([lon, by]) => clamp(lon + by, 180));
  const specialLat = fc
    .tuple(fc.constantFrom(-90, -TRANSITION_LAT_DEG, 0, TRANSITION_LAT_DEG, 90), beside)
    .map(([lat, by]) => clamp(lat + by, 90));
  const wholeLon = fc.integer({ min: -180, max: 180 });
  const wholeLat = fc.integer({ min: -90, max: 90 });
  return fc.record({
    lonDeg: fc.oneof({ weight: 3, arbitrary: anyLon }, { weight: 3, arbitrary: specialLon }, wholeLon),
    latDeg: fc.oneof({ weight: 3, arbitrary: anyLat }, { weight: 3, arbitrary: specialLat }, wholeLat),
  });
}

/** Points uniform in a box of degrees, its corners and edges included: where a regional grid is looked at. */
export function pointsInBox(west: number, south: number, east: number, north: number): fc.Arbitrary<LonLat> {
  const between = (low: number, high: number) =>
    fc.oneof(
      {
        weight: 6,
        arbitrary: fc.integer({ min: 0, max: 2 ** 30 }).map((k) => low + ((high - low) * k) / 2 ** 30),
      },
      fc.constantFrom(low, high, (low + high) / 2),
    );
  return fc.record({ lonDeg: between(west, east), latDeg: between(south, north) });
}

/** Points that are outside every grid, beside longitudes and latitudes that would be fine. */
export const invalidPoints: readonly LonLat[] = [
  ...[NaN, Infinity, -Infinity].flatMap((wrong) => [
    { lonDeg: wrong, latDeg: 0 },
    { lonDeg: wrong, latDeg: 90 },
    { lonDeg: 0, latDeg: wrong },
    { lonDeg: 180, latDeg: wrong },
    { lonDeg: wrong, latDeg: wrong },
  ]),
  ...[90.00000000000003, 91, 180, 270, 360, 1e300].flatMap((latDeg) => [
    { lonDeg: 0, latDeg },
    { lonDeg: -180, latDeg: -latDeg },
    { lonDeg: 12.5, latDeg },
  ]),
];

/** A point in full precision, for messages. */
export function pointText({ lonDeg, latDeg }: LonLat): string {
  return `(${lonDeg}, ${latDeg})`;
}

function clamp(value: number, limit: number): number {
  return Math.max(-limit, Math.min(limit, value));
}
