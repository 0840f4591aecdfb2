import type { GridPlugin, Region } from "@zagg/core";
import fc from "fast-check";
import { cellToChildren, cellToLatLng, getPentagons, getRes0Cells } from "h3-js";
import { describe, expect, it } from "vitest";
import { cellCap } from "../src/cell-cap.js";
import { h3 } from "../src/h3.js";
import { circle, inradius, lonLatOf, pointAt, ringOf, vectorOf, type Vector } from "./sphere.js";
import { runs } from "../../../vitest.effort.mjs";

const gridOf = (parentRes: number, childRes = parentRes + 3): GridPlugin =>
  h3.create({ parent_res: parentRes, child_res: Math.min(15, childRes) }, []);

/** Where trouble is: poles, the antimeridian, pentagons, an edge of the icosahedron, anywhere. */
const centre: fc.Arbitrary<Vector> = fc.oneof(
  fc.constantFrom(...[-90, -89.99, 0, 89.99, 90].map((lat) => vectorOf(13, lat))),
  fc.double({ min: -90, max: 90, noNaN: true }).map((lat) => vectorOf(180, lat)),
  fc.constantFrom(...getPentagons(3)).map(centreOf),
  fc
    .tuple(fc.double({ min: -180, max: 180, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true }))
    .map(([lon, sine]) => vectorOf(lon, (Math.asin(sine) * 180) / Math.PI)),
);
const unitInterval = fc.double({ min: 0, max: 1, noNaN: true });
const spread = fc.array(fc.tuple(unitInterval, unitInterval), { minLength: 40, maxLength: 40 });

/** Circumradius of a mean cell, radians: 1107 km at resolution 0, √7 smaller at each next one. */
const typicalRadius = (res: number): number => 0.2 / Math.sqrt(7) ** res;

/** How far a covered shard may be from a speck, in parts of its radius, with cells no or one level below the shards. */
const MISSED_BY = [1 / 3, 0.15] as const;

function centreOf(cell: string): Vector {
  const [lat, lon] = cellToLatLng(cell);
  return vectorOf(lon, lat);
}

function shardsAt(grid: GridPlugin, points: readonly Vector[]): bigint[] {
  const lonLat = points.map(lonLatOf);
  const out = new BigUint64Array(points.length);
  grid.shardsOf(
    Float64Array.from(lonLat, ([lon]) => lon),
    Float64Array.from(lonLat, ([, lat]) => lat),
    out,
  );
  return [...out];
}

describe("coverage", () => {
  it("holds the shard of every point inside a region, of all sizes and in both directions", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 12 }),
        fc.integer({ min: 0, max: 3 }),
        centre,
        fc.double({ min: -2, max: 2, noNaN: true }),
        fc.integer({ min: 3, max: 9 }),
        fc.boolean(),
        spread,
        (res, depth, at, size, corners, clockwise, places) => {
          const grid = gridOf(res, res + depth);
          const radius = Math.min(1.2, typicalRadius(res) * 7 ** size);
          const ring = circle(at, radius, corners);
          const turned = clockwise
            ? { lonDeg: ring.lonDeg.slice().reverse(), latDeg: ring.latDeg.slice().reverse() }
            : ring;
          const keys = new Set(grid.coverer([[turned]]).shardKeys);
          const reach = inradius(radius, corners) * (1 - 1e-9);
          const inside = places.map(([far, turn]) => pointAt(at, Math.sqrt(far) * reach, 2 * Math.PI * turn));
          for (const key of shardsAt(grid, inside)) expect(keys).toContain(key);
        },
      ),
      { numRuns: runs(150) },
    );
  });

  it("holds no shard that a speck misses by more than a part of its radius", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 6 }),
        fc.integer({ min: 0, max: 3 }),
        centre,
        fc.double({ min: 0, max: 6.28, noNaN: true }),
        unitInterval,
        (res, depth, from, bearing, distance) => {
          const grid = gridOf(res, res + depth);
          const radius = typicalRadius(res);
          const at = pointAt(from, 3 * distance * radius, bearing);
          for (const key of grid.coverer([[circle(at, 1e-3 * radius, 5)]]).shardKeys) {
            const reach = (MISSED_BY[depth] ?? 0.1) * cellCap(key.toString(16), false).chord;
            const around = Array.from({ length: 96 }, (_, k) =>
              pointAt(at, (reach * (1 + (k % 4))) / 4, (2 * Math.PI * k) / 96),
            );
            expect(shardsAt(grid, [at, ...around])).toContain(key);
          }
        },
      ),
      { numRuns: runs(300) },
    );
  });

  it("gives every shard for the whole sphere but a speck, in ascending order", () => {
    const speck = circle(vectorOf(20, 10), 1e-4, 8);
    const outside = { lonDeg: speck.lonDeg.slice().reverse(), latDeg: speck.latDeg.slice().reverse() };
    const world: Region = [
      [circle(vectorOf(20, 10), 1.4, 12)],
      [circle(vectorOf(-160, -10), 1.4, 12)],
      [circle(vectorOf(110, 0), 1.4, 12)],
      [circle(vectorOf(-70, 0), 1.4, 12)],
      [circle(vectorOf(0, 90), 1.4, 12)],
      [circle(vectorOf(0, -90), 1.4, 12)],
    ];
    const expected = getRes0Cells()
      .flatMap((cell) => cellToChildren(cell, 2))
      .map((cell) => BigInt(`0x${cell}`))
      .sort((a, b) => (a < b ? -1 : 1));
    expect([...gridOf(2).coverer(world).shardKeys]).toEqual(expected);
    // A speck fits in a hemisphere, so that its direction does not matter.
    expect(gridOf(2).coverer([[outside]]).shardKeys.length).toBeLessThan(4);
  });

  it("takes a ring larger than a hemisphere by its left side", () => {
    const eastward = Array.from({ length: 12 }, (_, k) => [30 * k, k % 2 === 0 ? 20 : -20] as const);
    const [arctic, antarctic] = shardsAt(gridOf(2), [vectorOf(0, 85), vectorOf(0, -85)]);
    const north = new Set(gridOf(2).coverer([[ringOf(...eastward)]]).shardKeys);
    expect([north.has(arctic as bigint), north.has(antarctic as bigint)]).toEqual([true, false]);
    const south = new Set(gridOf(2).coverer([[ringOf(...[...eastward].reverse())]]).shardKeys);
    expect([south.has(arctic as bigint), south.has(antarctic as bigint)]).toEqual([false, true]);
  });

  it("leaves out what lies well inside a hole", () => {
    const at = vectorOf(179, -85);
    const keys = new Set(gridOf(4).coverer([[circle(at, 0.3, 30), circle(at, 0.2, 30)]]).shardKeys);
    const [hole, rim] = shardsAt(gridOf(4), [at, pointAt(at, 0.25, 1)]);
    expect(keys).not.toContain(hole);
    expect(keys).toContain(rim);
  });

  it("follows a ring that crosses itself by parity", () => {
    const bow = ringOf([-2, -1], [2, 1], [2, -1], [-2, 1]);
    const keys = new Set(gridOf(5).coverer([[bow]]).shardKeys);
    const [left, right, above] = shardsAt(gridOf(5), [vectorOf(-1.5, 0), vectorOf(1.5, 0), vectorOf(0, 0.8)]);
    expect([keys.has(left as bigint), keys.has(right as bigint), keys.has(above as bigint)]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it("is empty for an empty region", () => {
    expect(gridOf(3).coverer([]).shardKeys).toHaveLength(0);
    expect(gridOf(3).coverer([[]]).shardKeys).toHaveLength(0);
    expect(
      gridOf(3)
        .coverer([])
        .cover([[circle(vectorOf(0, 0), 0.1, 5)]]),
    ).toHaveLength(0);
  });

  it.each([
    ["GEOMETRY_RING", ringOf([0, 0], [1, 1])],
    ["GEOMETRY_RING", { lonDeg: Float64Array.of(0, 1, 2), latDeg: Float64Array.of(0, 1) }],
    ["GEOMETRY_COORDINATE", ringOf([0, 0], [1, NaN], [1, 1])],
    ["GEOMETRY_COORDINATE", ringOf([0, 0], [1, 91], [1, 1])],
    ["GEOMETRY_EDGE", ringOf([0, 0], [180, 0], [90, 45])],
  ])("refuses a ring with %s", (code, ring) => {
    expect(() => gridOf(3).coverer([[ring]]).shardKeys).toThrow(expect.objectContaining({ code }));
    expect(() =>
      gridOf(3)
        .coverer([])
        .cover([[ring]]),
    ).toThrow(expect.objectContaining({ code }));
  });

  it("refuses more than ten million shards, at once", () => {
    const region: Region = [[circle(vectorOf(0, 0), 1, 20)]];
    expect(() => gridOf(15).coverer(region).shardKeys).toThrow(
      expect.objectContaining({ code: "GRID_COVERAGE_LIMIT" }),
    );
  });
});

describe("a coverer", () => {
  it("gives the shards of its region that the footprint's own coverage has", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 5 }),
        centre,
        centre,
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (res, a, b, radius) => {
          const grid = gridOf(res);
          const near: Region = [[circle(a, 0.15, 9), circle(a, 0.08, 7)], [circle(b, 0.05, 5)]];
          const coverer = grid.coverer(near);
          const footprint: Region = [[circle(b, radius, 11)], [circle(a, 0.02, 4)]];
          const touched = new Set(grid.coverer(footprint).shardKeys);
          expect([...coverer.cover(footprint)]).toEqual(
            [...coverer.shardKeys.keys()].filter((k) => touched.has(coverer.shardKeys[k]!)),
          );
          expect(coverer.shardKeys).toEqual(grid.coverer(near).shardKeys);
        },
      ),
      { numRuns: runs(25, 5) },
    );
  });

  it("gives the same answer again after another footprint", () => {
    const coverer = gridOf(5).coverer([[circle(vectorOf(0, -90), 0.3, 30)]]);
    const footprint: Region = [[ringOf([10, -88], [10.3, -88], [190.3, -86], [190, -86])]];
    const first = coverer.cover(footprint);
    coverer.cover([[circle(vectorOf(50, -85), 0.05, 8)]]);
    expect(first.length).toBeGreaterThan(3);
    expect(coverer.cover(footprint)).toEqual(first);
  });
});
