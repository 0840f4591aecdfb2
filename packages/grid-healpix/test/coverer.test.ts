import type { Region } from "@zagg/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { healpix } from "../src/healpix.js";
import { facePointVector } from "../src/kernels/cell-geometry.js";
import { circle, lonLatOf, ringOf, unit, vectorOf, type Vector } from "./spherical-oracle.js";
import { polarSwath } from "./swaths.js";
import { runs } from "../../../vitest.effort.mjs";

const gridOf = (parentOrder: number) =>
  healpix.create({ parent_order: parentOrder, child_order: parentOrder + 2, latitude: "geodetic" }, []);

/** The shards that the coverer gives for a footprint, and the same by way of the footprint's own coverage. */
function bothWays(
  parentOrder: number,
  region: Region,
  footprint: Region,
): { given: bigint[]; expected: bigint[] } {
  const grid = gridOf(parentOrder);
  const coverer = grid.coverer(region);
  const touched = new Set(grid.coverer(footprint).shardKeys);
  return {
    given: Array.from(coverer.cover(footprint), (index) => coverer.shardKeys[index]!),
    expected: [...coverer.shardKeys].filter((key) => touched.has(key)),
  };
}

const centre = fc
  .tuple(
    fc.double({ min: -180, max: 180, noNaN: true }),
    fc.constantFrom(-90, -89, -41.8, 0, 12, 41.8, 75, 90),
  )
  .map(([lon, lat]) => vectorOf(lon, lat));
const radius = fc.double({ min: 0.001, max: 1.5, noNaN: true });
const disc = fc.tuple(centre, radius, fc.integer({ min: 3, max: 12 })).map((args) => circle(...args));

describe("a coverer", () => {
  it("gives the shards that the region and the footprint both touch", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 6 }), disc, disc, (order, region, footprint) => {
        const { given, expected } = bothWays(order, [[region]], [[footprint]]);
        expect(given).toEqual(expected);
      }),
      { numRuns: runs(150) },
    );
  });

  it("sees edges on the way to a small region from the middle of a face that it lies far from", () => {
    // The first division of a face goes through the region, so that the whole face is its root.
    const onMidline = fc.tuple(fc.constantFrom(1, 4, 9), fc.double({ min: 0.02, max: 0.2, noNaN: true }));
    fc.assert(
      fc.property(onMidline, radius, centre, ([face, y], size, away) => {
        const at = new Float64Array(3);
        facePointVector(1, face, 1, y, at);
        const place = [...at] as unknown as Vector;
        const middle = unit([0, 1, 2].map((i) => place[i]! + 0.5 * away[i]!) as unknown as Vector);
        const { given, expected } = bothWays(6, [[circle(place, 0.02, 8)]], [[circle(middle, size, 9)]]);
        expect(given).toEqual(expected);
      }),
      { numRuns: runs(150) },
    );
  });

  it("takes regions and footprints of several polygons with holes", () => {
    fc.assert(
      fc.property(centre, centre, (a, b) => {
        const ringed = (at: Vector): Region => [
          [circle(at, 0.5, 9), circle(at, 0.3, 7)],
          [circle(at, 0.1, 5)],
        ];
        const { given, expected } = bothWays(5, [...ringed(a), ...ringed(b)], ringed(b));
        expect(given).toEqual(expected);
        expect(given.length).toBeGreaterThan(0);
      }),
      { numRuns: runs(20, 5) },
    );
  });

  it("follows narrow swaths past the pole", () => {
    const region: Region = [[circle([0, 0, -1], 0.35, 40)]];
    for (let k = 0; k < 40; k++) {
      const { given, expected } = bothWays(7, region, polarSwath(k, 40));
      expect(given).toEqual(expected);
      expect(given.length).toBeGreaterThan(20);
    }
  });

  it("gives ascending indices, and the same ones when asked again after another footprint", () => {
    const coverer = gridOf(6).coverer([[circle([0, 0, -1], 0.4, 30)]]);
    const first = coverer.cover(polarSwath(0, 7));
    coverer.cover(polarSwath(3, 7));
    expect(coverer.cover(polarSwath(0, 7))).toEqual(first);
    expect([...first]).toEqual([...first].sort((a, b) => a - b));
  });

  it("gives nothing for a footprint elsewhere, and nothing for an empty one", () => {
    const coverer = gridOf(6).coverer([[circle([1, 0, 0], 0.2, 12)]]);
    expect(coverer.cover([[circle([-1, 0, 0], 0.2, 12)]])).toHaveLength(0);
    expect(coverer.cover([])).toHaveLength(0);
    expect(
      gridOf(6)
        .coverer([])
        .cover([[circle([1, 0, 0], 0.2, 12)]]),
    ).toHaveLength(0);
  });

  it("gives every shard for a footprint around the whole region", () => {
    const coverer = gridOf(5).coverer([[circle(unit([1, 1, 1]), 0.2, 12)]]);
    expect([...coverer.cover([[circle(unit([1, 1, 1]), 0.6, 12)]])]).toEqual([...coverer.shardKeys.keys()]);
  });

  it("prepares shards of order 29", () => {
    const [lon, lat] = lonLatOf(unit([0.3, -0.5, 0.7]));
    const tiny = ringOf([lon, lat], [lon + 1e-6, lat], [lon, lat + 1e-6]);
    const grid = healpix.create({ parent_order: 29, child_order: 29, layout: "dense" }, []);
    const coverer = grid.coverer([[tiny]]);
    expect(coverer.shardKeys.length).toBeGreaterThan(20);
    expect([...coverer.cover([[tiny]])]).toEqual([...coverer.shardKeys.keys()]);
  });
});
