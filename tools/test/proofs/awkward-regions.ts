/** Regions where the sphere, the ring or the grid is awkward, with the finest order worth covering each at. */
import type { Polygon, Region } from "@zagg/core";
import { nestedCorners } from "@zagg/grid-healpix";
import { cross, frameAround, mix, ringOf, sphereOf, type LonLat, type Vector } from "./sphere.js";

export interface AwkwardRegion {
  readonly name: string;
  readonly region: Region;
  readonly finest: number;
}

const sphere = sphereOf("geodetic");
const RADIAN = 180 / Math.PI;
/** A metre on the ground, as an angle. */
const METRE = 1 / 6_371_000;

const at = (lon: number, lat: number): Vector => sphere.toVector(lon, lat);
const ring = (...vectors: readonly Vector[]) => ringOf(...vectors.map(sphere.toLonLat));

/** n vertices around a place, at a distance that may change with the bearing; degrees. */
function around(lon: number, lat: number, n: number, radiusDeg: (bearing: number) => number): LonLat[] {
  const centre = at(lon, lat);
  const [east, north] = frameAround(centre);
  return Array.from({ length: n }, (_, k) => {
    const bearing = (2 * Math.PI * k) / n;
    const radius = radiusDeg(bearing) / RADIAN;
    const sin = Math.sin(radius);
    return sphere.toLonLat(
      mix([Math.cos(radius), centre], [sin * Math.sin(bearing), east], [sin * Math.cos(bearing), north]),
    );
  });
}

const circle = (lon: number, lat: number, n: number, radiusDeg: number) =>
  ringOf(...around(lon, lat, n, () => radiusDeg));

/** A swath beside a great circle that turns at ±88°, so many degrees to either side of the turn. */
function swath(lon: number, pole: 1 | -1, halfLengthDeg: number, widthMetres: number): Polygon {
  const turn = at(lon, pole * 88);
  const ahead = mix([1, cross([0, 0, 1], turn)]);
  const side = cross(turn, ahead);
  const steps = 24;
  const edge = (sign: number): Vector[] =>
    Array.from({ length: steps + 1 }, (_, k) => {
      const along = (((2 * k) / steps - 1) * halfLengthDeg) / RADIAN;
      return mix([Math.cos(along), turn], [Math.sin(along), ahead], [(sign * widthMetres * METRE) / 2, side]);
    });
  return [ring(...edge(1), ...edge(-1).reverse())];
}

/** A triangle as wide as a metre at its far end. */
function sliver(from: Vector, to: Vector): Polygon {
  const aside = mix([1, to], [METRE, mix([1, cross(from, to)])]);
  return [ring(from, to, aside)];
}

/** Corners north, west, south and east of a cell, in geodetic degrees of that convention. */
function cornersOf(order: number, id: bigint): LonLat[] {
  const [lon, lat] = [new Float64Array(4), new Float64Array(4)];
  nestedCorners(order, BigUint64Array.of(id), "geodetic", lon, lat);
  return Array.from(lon, (x, k) => [x, lat[k]!]);
}

function onCorners(): AwkwardRegion[] {
  const cells: readonly (readonly [number, bigint])[] = [
    [4, 0n],
    [4, 255n],
    [5, 4096n + 77n],
    [6, 45_000n],
    [3, 12n * 64n - 1n],
  ];
  return cells.map(([order, id]) => ({
    name: `the outline of cell ${id} of order ${order}, vertex on vertex`,
    region: [[ringOf(...cornersOf(order, id))]],
    finest: 8,
  }));
}

const square = (west: number, south: number, east: number, north: number): LonLat[] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
];

export const awkwardRegions: readonly AwkwardRegion[] = [
  { name: "a cap over the north pole", region: [[circle(20, 90, 9, 12)]], finest: 7 },
  { name: "a cap over the south pole", region: [[circle(20, -90, 9, 12)]], finest: 7 },
  { name: "a lobe that just holds the pole", region: [[circle(77, -84, 40, 6.01)]], finest: 7 },
  { name: "a vertex at the north pole", region: [[ringOf([10, 60], [80, 55], [0, 90])]], finest: 7 },
  {
    name: "an edge through the south pole",
    region: [[ringOf([30, -70], [-150, -75], [120, -50])]],
    finest: 7,
  },
  { name: "a box across the antimeridian", region: [[ringOf(...square(172, -8, 190, 9))]], finest: 7 },
  {
    name: "a box with an edge on the antimeridian",
    region: [[ringOf(...square(160, 40, 180, 60))]],
    finest: 7,
  },
  { name: "the same from the other side", region: [[ringOf(...square(-180, 40, -160, 60))]], finest: 7 },
  {
    name: "a hole that touches the outer ring in a point",
    region: [[ringOf(...square(0, 0, 20, 20)), ringOf([0, 0], [12, 4], [4, 12])]],
    finest: 7,
  },
  {
    name: "a hole that shares an edge with the outer ring",
    region: [[ringOf(...square(0, 30, 20, 50)), ringOf([0, 30], [20, 30], [10, 40])]],
    finest: 7,
  },
  {
    name: "an island in a lake on an island in a lake",
    region: [
      [circle(-60, 70, 30, 18), circle(-60, 70, 20, 14), circle(-61, 70, 15, 9), circle(-60, 71, 9, 4)],
    ],
    finest: 7,
  },
  {
    name: "polygons that overlap",
    region: [
      [circle(100, -80, 12, 9)],
      [circle(140, -85, 12, 9)],
      [circle(100, -80, 5, 3), circle(100, -80, 5, 1)],
    ],
    finest: 7,
  },
  {
    name: "polygons that share an edge",
    region: [[ringOf(...square(0, 0, 10, 10))], [ringOf(...square(10, 0, 20, 10))]],
    finest: 7,
  },
  { name: "a sliver a metre wide, 90 degrees long", region: [sliver(at(-60, 10), at(20, 40))], finest: 10 },
  { name: "a sliver across a pole", region: [sliver(at(15, 70), at(-160, 75))], finest: 10 },
  { name: "a sliver along the equator", region: [sliver(at(-30, 0), at(30, 0))], finest: 10 },
  { name: "a sliver along the antimeridian", region: [sliver(at(180, -60), at(-180, 20))], finest: 10 },
  { name: "a polygon of metres in one cell", region: [[circle(33.3, -71.2, 5, 3e-5)]], finest: 12 },
  { name: "a polygon of metres at the pole", region: [[circle(0, 90, 5, 3e-5)]], finest: 12 },
  { name: "a polygon of metres on the antimeridian", region: [[circle(180, 12, 5, 3e-5)]], finest: 12 },
  ...onCorners(),
  { name: "a swath that turns at 88 degrees south", region: [swath(10, -1, 25, 13_000)], finest: 9 },
  { name: "a swath that turns at 88 degrees north", region: [swath(-170, 1, 60, 13_000)], finest: 8 },
  { name: "a swath of a metre that turns at 88 degrees south", region: [swath(100, -1, 40, 1)], finest: 9 },
  {
    name: "a ring of 12,000 vertices",
    region: [
      [ringOf(...around(-45, 72, 12_000, (b) => 9 + 0.4 * Math.sin(37 * b) + 0.05 * Math.sin(1500 * b)))],
    ],
    finest: 8,
  },
  {
    name: "a ring of 12,000 vertices around the pole",
    region: [[ringOf(...around(0, -90, 12_000, (b) => 14 + Math.sin(5 * b) + 0.1 * Math.sin(2000 * b)))]],
    finest: 7,
  },
  { name: "a figure of eight", region: [[ringOf([0, 40], [20, 60], [20, 40], [0, 60])]], finest: 7 },
  {
    name: "a figure of eight over a pole",
    region: [[ringOf([0, 75], [180, 75], [90, 75], [-90, 80])]],
    finest: 7,
  },
  {
    name: "a star of one line, whose middle is outside",
    region: [[ringOf(...[0, 2, 4, 1, 3].map((k) => around(-100, 30, 5, () => 15)[k]!))]],
    finest: 7,
  },
  {
    name: "a ring that goes around twice",
    region: [[ringOf(...around(60, -30, 12, () => 8), ...around(60, -30, 12, () => 5))]],
    finest: 7,
  },
];

/** A ring around the globe that does not fit in a hemisphere; the north is to its left. */
export const zigzag: readonly LonLat[] = Array.from({ length: 24 }, (_, k) => [
  15 * k - 180,
  k % 2 ? 25 : -32,
]);

/** A ring that leaves out only a lobed area in the south, with arms that reach over the equator. */
export const mostOfTheGlobe: readonly LonLat[] = Array.from({ length: 18 }, (_, k) => [
  20 * k - 175,
  k % 3 ? -40 : 30,
]);
