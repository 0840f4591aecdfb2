/** Regions whose coverages are kept as digests: awkward ones, large ones, swaths, many random ones. */
import type { Region } from "@zagg/core";
import { swathFootprint } from "../../bench/swath-archive.mjs";
import { awkwardRegions, mostOfTheGlobe, zigzag } from "./awkward-regions.js";
import { fractions, frameAround, mix, ringOf, sphereOf, type LonLat } from "./sphere.js";

export interface NamedRegion {
  readonly name: string;
  readonly region: Region;
}

const { toVector, toLonLat } = sphereOf("geodetic");
const RADIAN = 180 / Math.PI;

/** A star around a place: radii in degrees, uneven; sometimes crossing itself. */
function star(next: () => number, lon: number, lat: number, largestDeg: number): LonLat[] {
  const centre = toVector(lon, lat);
  const [east, north] = frameAround(centre);
  const corners = 3 + Math.floor(40 * next());
  return Array.from({ length: corners }, (_, k) => {
    const bearing = (2 * Math.PI * (k + 0.8 * next())) / corners;
    const radius = (largestDeg * (0.1 + 0.9 * next())) / RADIAN;
    const sin = Math.sin(radius);
    return toLonLat(
      mix([Math.cos(radius), centre], [sin * Math.sin(bearing), east], [sin * Math.cos(bearing), north]),
    );
  });
}

/** One to three polygons of one to three rings, from a few metres to 80 degrees wide, everywhere. */
function randomRegion(seed: number): Region {
  const next = fractions(seed);
  for (let warm = 0; warm < 5; warm++) next();
  const polygons = 1 + Math.floor(1.5 * next());
  return Array.from({ length: polygons }, () => {
    const [lon, lat] = [360 * next() - 180, Math.asin(2 * next() - 1) * RADIAN];
    const largest = 80 * 10 ** (-6 * next() * next());
    const rings = 1 + Math.floor(2 * next());
    return Array.from({ length: rings }, (_, ring) =>
      ringOf(...star(next, lon, lat, largest / (1 + 2 * ring))),
    );
  });
}

const square = (west: number, south: number, east: number, north: number): LonLat[] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
];

const closed = (ring: readonly LonLat[]): readonly LonLat[] => [...ring, ring[0]!];
const doubled = (ring: readonly LonLat[]): LonLat[] => ring.flatMap((place) => [place, place]);

export const goldenRegions: readonly NamedRegion[] = [
  { name: "nothing", region: [] },
  ...awkwardRegions,
  { name: "half of the globe and more", region: [[ringOf(...zigzag)]] },
  { name: "half of the globe and less", region: [[ringOf(...zigzag.toReversed())]] },
  { name: "most of the globe", region: [[ringOf(...mostOfTheGlobe)]] },
  { name: "little of the globe", region: [[ringOf(...mostOfTheGlobe.toReversed())]] },
  {
    name: "most of the globe with a hole",
    region: [[ringOf(...mostOfTheGlobe), ringOf(...square(10, 40, 50, 60))]],
  },
  { name: "a closed ring", region: [[ringOf(...closed(square(5, 5, 33, 27)))]] },
  { name: "a ring with every vertex twice", region: [[ringOf(...doubled(square(-75, -5, -33, 27)))]] },
  { name: "longitudes beyond a turn", region: [[ringOf(...square(725, 5, 733, 27))]] },
  { name: "a triangle of centimetres", region: [[ringOf([12, 50], [12 + 1e-7, 50], [12, 50 + 1e-7])]] },
  { name: "a triangle of a micrometre", region: [[ringOf([12, 50], [12 + 1e-11, 50], [12, 50 + 1e-11])]] },
  { name: "a triangle of 1e-12 degrees", region: [[ringOf([12, 50], [12 + 1e-12, 50], [12, 50 + 1e-12])]] },
  {
    name: "an edge two metres from joining opposite points",
    region: [[ringOf([0, 0], [179.99998, 0], [90, 45])]],
  },
  { name: "an edge between opposite points", region: [[ringOf([0, 0], [180, 0], [90, 45])]] },
  { name: "two places", region: [[ringOf([0, 0], [5, 5], [0, 0])]] },
  { name: "a latitude beyond the pole", region: [[ringOf([0, 0], [0, 91], [5, 5])]] },
  { name: "a longitude that is no number", region: [[ringOf([0, 0], [NaN, 1], [5, 5])]] },
  ...Array.from({ length: 24 }, (_, k) => ({ name: `swath ${97 * k}`, region: swathFootprint(97 * k) })),
  ...Array.from({ length: 150 }, (_, k) => ({ name: `random ${k}`, region: randomRegion(7919 * k + 1) })),
];
