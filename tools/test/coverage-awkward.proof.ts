/** Coverage where the sphere, the ring or the grid is awkward, against inner points and distances found without it. */
import type { Region } from "@zagg/core";
import { coverRegion, type LatitudeConvention } from "@zagg/grid-healpix";
import { describe, expect, it } from "vitest";
import { awkwardRegions, mostOfTheGlobe, zigzag } from "./proofs/awkward-regions.js";
import { proveHealpix, proveTiles, type Proof } from "./proofs/prove.js";
import { planarShape, toldShape, type Shape } from "./proofs/shapes.js";
import { cross, dot, mix, ringOf, ringVectors, sphereOf, type LonLat, type Vector } from "./proofs/sphere.js";
import { tiledGrid } from "./proofs/tiled-grids.js";
import { runs, some } from "../../vitest.effort.mjs";

const POINTS = runs(2000);
/** The centre of a cell that is touched at a corner is as far as its circumradius; the corner is rounded. */
const FARTHEST_CELL = 1 + 1e-6;
/** What is nearer than 2^-17 of a tile's side touches it: 1.1e-5 of its circumradius. */
const FARTHEST_TILE = 1 + 2e-5;

const latitudes = ["geodetic", "authalic"] as const;
const grids = [
  tiledGrid("EPSG:4326", 5, [-180, -90, 180, 90]),
  tiledGrid("EPSG:4326", 1, [0, -90, 360, 90]),
  tiledGrid("EPSG:3031", 200_000, [-5e6, -5e6, 5e6, 5e6]),
  tiledGrid("EPSG:3413", 200_000, [-5e6, -5e6, 5e6, 5e6]),
  tiledGrid("EPSG:3857", 300_000, [-20037508, -20037508, 20037508, 20037508]),
  tiledGrid("EPSG:32633", 100_000, [-1.5e6, 0, 2.5e6, 9e6]),
];

const reversed = (region: Region): Region =>
  region.map((polygon) =>
    polygon.map(({ lonDeg, latDeg }) => ({ lonDeg: lonDeg.toReversed(), latDeg: latDeg.toReversed() })),
  );

function expectProven(proof: Proof, farthest: number): void {
  expect(proof.missed).toBe(0);
  expect(proof.farthest).toBeLessThanOrEqual(farthest);
}

describe.each(some(awkwardRegions, 4))("$name", ({ region, finest }) => {
  it.each(latitudes)("has its HEALPix cells, and no others, in %s latitude", (latitude) => {
    const shape = planarShape(region, latitude);
    const points = shape.points(POINTS);
    for (const order of new Set(some([0, 1, 3, finest - 2, finest], 2))) {
      const proof = proveHealpix(shape, points, order, latitude);
      expectProven(proof, FARTHEST_CELL);
      expect(proof.points).toBe(POINTS);
      expect(coverRegion(reversed(region), order, latitude)).toEqual(coverRegion(region, order, latitude));
    }
  });

  it.each(grids)("has its tiles, and no others, of $name", (tiled) => {
    const shape = planarShape(region, "geodetic");
    expectProven(proveTiles(shape, shape.points(POINTS), tiled), FARTHEST_TILE);
    expect(tiled.grid.coverer(reversed(region)).shardKeys).toEqual(tiled.grid.coverer(region).shardKeys);
  });
});

const large = [
  ["half of the globe and more", zigzag],
  ["most of the globe", mostOfTheGlobe],
] as const;

describe.each(large)("a ring around %s", (_name, places) => {
  const left = [[ringOf(...places)]];

  it.each(latitudes)("holds the HEALPix cells to its left, in %s latitude", (latitude) => {
    for (const [region, isNorth] of [
      [left, true],
      [reversed(left), false],
    ] as const) {
      const shape = largeShape(region, places, isNorth, latitude);
      const points = shape.points(POINTS);
      for (const order of [0, 2, 4, 6])
        expectProven(proveHealpix(shape, points, order, latitude), FARTHEST_CELL);
    }
  });

  it.each(grids)("holds the tiles of $name to its left", (tiled) => {
    for (const [region, isNorth] of [
      [left, true],
      [reversed(left), false],
    ] as const) {
      const shape = largeShape(region, places, isNorth, "geodetic");
      expectProven(proveTiles(shape, shape.points(POINTS), tiled), FARTHEST_TILE);
    }
  });
});

/** A ring around the globe; inside is where an odd number of its edges lies on the way from the pole across it. */
function largeShape(
  region: Region,
  places: readonly LonLat[],
  isNorth: boolean,
  latitude: LatitudeConvention,
): Shape {
  const edges = ringVectors(ringOf(...places), sphereOf(latitude));
  const pole = mix([1, [0, 0, isNorth ? 1 : -1]], [1e-3, [0.3, 0.7, 0.1]]);
  return toldShape(region, latitude, (p) => {
    const crossed = edges.filter((a, i) => crosses(a, edges[(i + 1) % edges.length]!, pole, p));
    return crossed.length % 2 === 0;
  });
}

/** Whether two arcs shorter than half a turn cross. */
function crosses(a: Vector, b: Vector, p: Vector, q: Vector): boolean {
  const [ab, pq] = [cross(a, b), cross(p, q)];
  const [pSide, qSide, aSide, bSide] = [dot(ab, p), dot(ab, q), dot(pq, a), dot(pq, b)];
  return pSide > 0 !== qSide > 0 && aSide > 0 !== bSide > 0 && aSide > 0 === qSide > 0;
}
