/** Coverers of listed shards: boxes and outlines, on the same grids. */
import type { Region } from "@zagg/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  boxCoverer,
  lonLatOf,
  outlineCoverer,
  polygonHolds,
  preparePolygon,
  type LonLatBox,
} from "../src/index.js";
import { around, evenPlaces, ringOf, type LonLat } from "./rings.js";
import { runs } from "../../../vitest.effort.mjs";

const PLACES = evenPlaces(6000);

/** Boxes of 15 by 12 degrees from pole to pole, from a meridian on that is no round number. */
const [COLUMNS, ROWS, WEST] = [24, 15, -170.5];
const keys = BigUint64Array.from({ length: COLUMNS * ROWS }, (_, k) => BigInt(3 * k));

function boxOf(key: bigint): LonLatBox {
  const k = Number(key) / 3;
  const west = WEST + 15 * (k % COLUMNS);
  const south = 12 * Math.floor(k / COLUMNS) - 90;
  return [west, south, west + 15, south + 12];
}

/** Parallels are followed in steps so small that they stray from great circles by less than 10 cm. */
function outlineOf(key: bigint): Region {
  const [west, south, east, north] = boxOf(key);
  const steps = 600;
  const along = Array.from({ length: steps + 1 }, (_, k) => west + ((east - west) * k) / steps);
  return [
    [
      ringOf(
        ...along.map((lon): LonLat => [lon, south]),
        ...along.toReversed().map((lon): LonLat => [lon, north]),
      ),
    ],
  ];
}

function keyAt(lon: number, lat: number): bigint {
  const column = Math.floor(((((lon - WEST) % 360) + 360) % 360) / 15);
  const row = Math.min(ROWS - 1, Math.floor((lat + 90) / 12));
  return BigInt(3 * (row * COLUMNS + column));
}

const boxes = boxCoverer({ keys, boxOf });
const outlines = outlineCoverer({ keys, outlineOf });

const regions = fc
  .array(
    fc.record({
      lon: fc.oneof(fc.constantFrom(-180, 0, 180), fc.double({ min: -180, max: 180, noNaN: true })),
      lat: fc.oneof(fc.constantFrom(-90, 90), fc.double({ min: -90, max: 90, noNaN: true })),
      radius: fc.double({ min: -4, max: 1.8, noNaN: true }),
      reaches: fc.array(fc.double({ min: 0.2, max: 1, noNaN: true }), { minLength: 3, maxLength: 24 }),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((polygons): Region =>
    polygons.map(({ lon, lat, radius, reaches }) => [
      ringOf(...around(lon, lat, reaches.length, (k) => 10 ** radius * reaches[k]!)),
    ]),
  );

describe.each([
  ["boxes", boxes],
  ["outlines", outlines],
])("a coverer of %s", (_name, coverer) => {
  it("finds the shard of every point of a region", () => {
    fc.assert(
      fc.property(regions, (region) => {
        const found = new Set(coverer(region).shardKeys);
        for (const polygon of region.map((rings) => preparePolygon(rings))) {
          for (const place of PLACES) {
            if (polygonHolds(polygon, ...place)) expect(found).toContain(keyAt(...lonLatOf(place)));
          }
        }
        for (const [ring] of region) {
          ring!.lonDeg.forEach((lon, i) => expect(found).toContain(keyAt(lon, ring!.latDeg[i]!)));
        }
      }),
      { numRuns: runs(60) },
    );
  });

  it("finds for a footprint what it would find without a region, among the shards of the region", () => {
    fc.assert(
      fc.property(regions, regions, (region, footprint) => {
        const { shardKeys, cover } = coverer(region);
        const all = new Set(coverer(footprint).shardKeys);
        expect(Array.from(cover(footprint), (index) => shardKeys[index])).toEqual(
          Array.from(shardKeys).filter((key) => all.has(key)),
        );
      }),
      { numRuns: runs(60) },
    );
  });

  it("finds one shard for a region within it, the shards around a corner, and all of them for the globe", () => {
    const inside = [[ringOf([-163, 7], [-162, 7], [-162, 8])]];
    expect([...coverer(inside).shardKeys]).toEqual([keyAt(-163, 7)]);
    const corner = [[ringOf([-156, 5], [-155, 5], [-155, 7], [-156, 7])]];
    expect(coverer(corner).shardKeys).toHaveLength(4);
    const globe = [[ringOf([-180, -90], [180, -90], [180, 90], [-180, 90])]];
    expect(coverer(globe).shardKeys).toEqual(keys);
    expect(coverer([]).shardKeys).toHaveLength(0);
    expect(coverer([]).cover(globe)).toHaveLength(0);
  });
});

describe("boxes and their outlines", () => {
  it("are met by the same regions", () => {
    fc.assert(
      fc.property(regions, (region) => {
        expect(boxes(region).shardKeys).toEqual(outlines(region).shardKeys);
      }),
      { numRuns: runs(300) },
    );
  });
});

describe("a box", () => {
  const only = (box: LonLatBox) => boxCoverer({ keys: BigUint64Array.of(7n), boxOf: () => box });
  const meets = (box: LonLatBox, ...ring: LonLat[]): boolean =>
    only(box)([[ringOf(...ring)]]).shardKeys.length === 1;

  it("follows its parallel, not the great circle", () => {
    // The great circle between these corners of the box passes 1.7 degrees north of its parallel.
    expect(meets([0, 20, 60, 40], [29, 41], [31, 41], [30, 42])).toBe(false);
    expect(meets([0, 20, 60, 40], [29, 41], [31, 41], [30, 39.9])).toBe(true);
    expect(meets([0, 40, 60, 60], [29, 39], [31, 39], [30, 39.5])).toBe(false);
    // An edge that only bulges into the box, its ends south of it.
    expect(meets([20, 40, 40, 60], [0, 39], [60, 39], [30, 10])).toBe(true);
  });

  it("may hold a pole, cross the antimeridian or go around the globe", () => {
    expect(meets([-180, 70, 180, 90], [10, 75], [20, 75], [15, 72])).toBe(true);
    expect(meets([-180, 70, 180, 90], [10, 65], [20, 65], [15, 62])).toBe(false);
    expect(meets([170, -10, -170, 10], [-175, 0], [-174, 0], [-174, 1])).toBe(true);
    expect(meets([170, -10, -170, 10], [165, 0], [166, 0], [166, 1])).toBe(false);
    expect(meets([-180, 60, 0, 90], [100, 80], [-100, 80], [0, 70])).toBe(true);
    expect(meets([-180, -90, 100, 90], [110, 0], [120, 0], [115, 5])).toBe(false);
  });
});
