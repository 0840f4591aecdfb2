import { existsSync, readFileSync } from "node:fs";
import { isCodedError, type Region } from "@zagg/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCrs } from "../src/index.js";
import { distance, regionOf, travel } from "./regions.js";
import { antarctic, covered, create, grids, place, shardsOf, world, type LonLat } from "./sample-grids.js";
import { runs } from "../../../vitest.effort.mjs";

/** A ring around a place: distances, as parts of a radius, at evenly turned azimuths. */
const star = fc.record({
  center: place,
  radius: fc.double({ min: 0.5, max: 40, noNaN: true }),
  reach: fc.array(fc.double({ min: 0.3, max: 1, noNaN: true }), { minLength: 4, maxLength: 9 }),
  turn: fc.double({ min: 0, max: 90, noNaN: true }),
  reversed: fc.boolean(),
});
type Star = typeof star extends fc.Arbitrary<infer T> ? T : never;

function verticesOf({ center, radius, reach, turn, reversed }: Star): LonLat[] {
  const vertices = reach.map((part, i) => travel(...center, turn + (360 * i) / reach.length, radius * part));
  return reversed ? vertices.reverse() : vertices;
}

/** Points inside a star: barycentric mixtures of its centre and two neighbouring vertices. */
function pointsInside(shape: Star, weights: readonly (readonly [number, number, number])[]): LonLat[] {
  const vertices = verticesOf(shape);
  return weights.map(([a, b, c], i) => {
    const at = i % vertices.length;
    return mix([shape.center, vertices[at]!, vertices[(at + 1) % vertices.length]!], [a, b, c]);
  });
}

function mix(points: readonly LonLat[], weights: readonly number[]): LonLat {
  const d = Math.PI / 180;
  const sum = [0, 0, 0];
  points.forEach(([lon, lat], i) => {
    const w = weights[i]!;
    sum[0]! += w * Math.cos(lat * d) * Math.cos(lon * d);
    sum[1]! += w * Math.cos(lat * d) * Math.sin(lon * d);
    sum[2]! += w * Math.sin(lat * d);
  });
  const [x, y, z] = sum as [number, number, number];
  return [Math.atan2(y, x) / d, Math.atan2(z, Math.hypot(x, y)) / d];
}

const weight = fc.double({ min: 0.001, max: 1, noNaN: true });
const weights = fc.array(fc.tuple(weight, weight, weight), { minLength: 12, maxLength: 24 });

describe.each(grids)("coverage on %s", (_name, grid, shardAngle) => {
  it("holds the shard of every point inside a polygon", () => {
    fc.assert(
      fc.property(star, weights, (shape, mixtures) => {
        const keys = covered(grid, regionOf(verticesOf(shape)));
        const inside = pointsInside(shape, mixtures);
        const turned = inside.map(([lon, lat]): LonLat => [lon < 0 ? lon + 360 : lon, lat]);
        for (const key of shardsOf(grid, [...inside, ...turned])) expect(keys.has(key)).toBe(true);
      }),
      { numRuns: runs(60) },
    );
  });

  it("leaves out the shards of points far from a polygon", () => {
    fc.assert(
      fc.property(star, fc.array(place, { minLength: 30, maxLength: 30 }), (shape, others) => {
        const keys = covered(grid, regionOf(verticesOf(shape)));
        const far = others.filter((point) => distance(point, shape.center) > shape.radius + shardAngle + 0.5);
        for (const key of shardsOf(grid, far)) expect(keys.has(key)).toBe(false);
      }),
      { numRuns: runs(60) },
    );
  });

  it("is found again footprint by footprint within a region", () => {
    fc.assert(
      fc.property(star, star, (area, footprint) => {
        const coverer = grid.coverer(regionOf(verticesOf(area)));
        const shape = regionOf(verticesOf(footprint));
        const both = covered(grid, shape);
        const expected = [...coverer.shardKeys].filter((key) => both.has(key));
        expect([...coverer.cover(shape)].map((index) => coverer.shardKeys[index])).toEqual(expected);
      }),
      { numRuns: runs(30, 4) },
    );
  });
});

describe("coverage", () => {
  it("is ascending and without repeats", () => {
    const keys = [
      ...world.coverer(
        regionOf([
          [170, 60],
          [-170, 60],
          [-170, 70],
          [170, 70],
        ]),
      ).shardKeys,
    ];
    expect(keys).toEqual([...new Set(keys)].sort((a, b) => (a < b ? -1 : 1)));
  });

  it("crosses the antimeridian without going round the world", () => {
    const keys = world.coverer(
      regionOf([
        [176, 1],
        [-176, 1],
        [-176, 4],
        [176, 4],
      ]),
    ).shardKeys;
    expect([...keys]).toEqual([17n * 72n, 17n * 72n + 71n]);
  });

  it("holds the pole, in geographic and in polar coordinates", () => {
    const cap = regionOf([
      [0, -86],
      [90, -86],
      [180, -86],
      [-90, -86],
    ]);
    expect([...world.coverer(cap).shardKeys]).toEqual(
      Array.from({ length: 72 }, (_, i) => BigInt(35 * 72 + i)),
    );
    expect(covered(antarctic, cap).has(6n * 13n + 6n)).toBe(true);
    expect(antarctic.coverer(cap).shardKeys.length).toBeLessThan(10);
  });

  it("counts shards that are touched along an edge or at a corner", () => {
    const grid = create("EPSG:4326", 1, [0, 0, 4, 4], 1);
    const square = regionOf([
      [1, 1],
      [1, 2],
      [2, 2],
      [2, 1],
    ]);
    expect(covered(grid, square)).toEqual(new Set([4n, 5n, 6n, 8n, 9n, 10n, 12n, 13n, 14n]));
  });

  it("leaves out shards within a hole, and keeps those its edge crosses", () => {
    const outer: LonLat[] = [
      [-40, -40],
      [40, -40],
      [40, 40],
      [-40, 40],
    ];
    const hole: LonLat[] = [
      [-22, -22],
      [22, -22],
      [22, 22],
      [-22, 22],
    ];
    const keys = covered(world, regionOf(outer, hole));
    const keyOf = (lon: number) => shardsOf(world, [[lon, 1]])[0]!;
    const has = [1, 21.9, 31].map((lon) => keys.has(keyOf(lon)));
    expect(has).toEqual([false, true, true]);
  });

  it("of several polygons is the union of theirs", () => {
    const a = regionOf([
      [0, 0],
      [7, 0],
      [7, 7],
      [0, 7],
    ]);
    const b = regionOf([
      [100, -50],
      [107, -50],
      [107, -43],
      [100, -43],
    ]);
    expect(covered(world, [...a, ...b])).toEqual(new Set([...covered(world, a), ...covered(world, b)]));
  });

  it("of no polygons is empty", () => {
    expect(world.coverer([]).shardKeys).toHaveLength(0);
    expect(
      world
        .coverer(
          regionOf([
            [0, 0],
            [7, 0],
            [7, 7],
          ]),
        )
        .cover([]),
    ).toHaveLength(0);
  });

  it("encloses the smaller side of a ring in a hemisphere, and the left of a larger one", () => {
    const parallel = (lat: number, step: number) =>
      Array.from({ length: 12 }, (_, i): LonLat => [i * 30 * step, lat]);
    const has = (region: Region, point: LonLat) => covered(world, region).has(shardsOf(world, [point])[0]!);
    for (const step of [1, -1]) {
      expect(has(regionOf(parallel(-60, step)), [10, -80])).toBe(true);
      expect(has(regionOf(parallel(-60, step)), [10, 40])).toBe(false);
    }
    const northOf: LonLat[] = [
      [0, -20],
      [60, 20],
      [120, -20],
      [180, 20],
      [-120, -20],
      [-60, 20],
    ];
    expect(has(regionOf(northOf), [10, 70])).toBe(true);
    expect(has(regionOf(northOf), [10, -70])).toBe(false);
    expect(has(regionOf([...northOf].reverse()), [10, 70])).toBe(false);
    expect(has(regionOf([...northOf].reverse()), [10, -70])).toBe(true);
  });

  it("follows great circles, not straight lines between longitudes and latitudes", () => {
    const keys = covered(
      world,
      regionOf([
        [-60, 50],
        [60, 50],
        [0, 45],
      ]),
    );
    expect(keys.has(shardsOf(world, [[2, 66]])[0]!)).toBe(true);
  });

  it("takes edges along the antimeridian, from both sides", () => {
    for (const lon of [180, -180]) {
      const region = regionOf([
        [lon, 10],
        [lon - Math.sign(lon) * 12, 10],
        [lon - Math.sign(lon) * 12, 30],
        [lon, 30],
      ]);
      const mercator = grids.find(([name]) => name === "EPSG:3857")![1];
      const inner: LonLat = [lon - Math.sign(lon) * 0.2, 20];
      for (const grid of [world, mercator])
        expect(covered(grid, region).has(shardsOf(grid, [inner])[0]!)).toBe(true);
    }
  });

  it("takes an edge that runs along the seam of a conic projection", () => {
    const conic = grids.find(([name]) => name === "EPSG:3979")![1];
    const region = regionOf([
      [85, 40],
      [95, 40],
      [95, 80],
      [85, 80],
    ]);
    const keys = covered(conic, region);
    for (const key of shardsOf(conic, [
      [86, 60],
      [94, 45],
      [90, 75],
    ]))
      expect(keys.has(key)).toBe(true);
  });

  it("leaves out a shard that an edge misses by a ten-thousandth of its side, and keeps one that it enters by as much", () => {
    const crs = createCrs("EPSG:3031");
    const at = new Float64Array(2);
    const placeOf = (x: number, y: number): LonLat => {
      crs.inverse(x, y, at);
      return [at[0]!, at[1]!];
    };
    // Shards of 500 km; the right side of column 5 is at x = -200 km.
    const side = -200_000;
    for (const [tip, touched] of [
      [side - 50, [5]],
      [side + 50, [5, 6]],
    ] as const) {
      const region = regionOf([
        placeOf(tip, 900_000),
        placeOf(tip - 400_000, 950_000),
        placeOf(tip - 400_000, 850_000),
      ]);
      const columns = new Set([...antarctic.coverer(region).shardKeys].map((key) => Number(key % 13n)));
      expect([...columns].sort()).toEqual(touched);
    }
    // A great circle bulges away from the straight line between its ends: here over the side of a shard, or just not.
    const [x, y] = [new Float64Array(1), new Float64Array(1)];
    for (const [short, isOver] of [
      [1500, true],
      [1600, false],
    ] as const) {
      const [a, b] = [placeOf(side + short, 2_800_000), placeOf(side + short, 600_000)];
      const furthest = Math.min(
        ...Array.from({ length: 999 }, (_, k) => {
          const [lon, lat] = mix([a, b], [k + 1, 999 - k]);
          crs.forward(Float64Array.of(lon), Float64Array.of(lat), 1, x, y);
          return x[0]!;
        }),
      );
      expect([short, furthest, furthest < side]).toEqual([short, furthest, isOver]);
      const bulging = antarctic.coverer(regionOf([a, b, placeOf(side + 150_000, 1_250_000)])).shardKeys;
      expect([...bulging].some((key) => key % 13n === 5n)).toBe(isOver);
    }
  });

  it("tells the left of a large ring beside another of its edges that comes within two centimetres", () => {
    // The tip of a wedge, open to the north, stands just above the middle of the longest edge.
    const d = Math.PI / 180;
    const middleLat = -Math.atan(Math.tan(d) / Math.cos(46 * d)) / d;
    const region = regionOf([
      [-46, -1],
      [46, -1],
      [90, 10],
      [150, -10],
      [-150, 10],
      [-150, 60],
      [20, 60],
      [0, middleLat + 2e-7],
      [-20, 60],
      [-80, -10],
    ]);
    const keys = covered(world, region);
    const places: LonLat[] = [
      [60, 30],
      [-50, 20],
      [0, 30],
      [0, -60],
    ];
    expect(places.map((place) => keys.has(shardsOf(world, [place])[0]!))).toEqual([true, true, false, false]);
  });

  it("stays quick on a grid of a hundred million shards", () => {
    const fine = create("EPSG:4326", 0.0001, [-180, -90, 180, 90], 256);
    const keys = fine.coverer(
      regionOf([
        [-76.62, 38.84],
        [-76.5, 38.84],
        [-76.5, 38.93],
        [-76.62, 38.93],
      ]),
    ).shardKeys;
    expect(keys.length).toBeGreaterThan(20);
    expect(keys.length).toBeLessThan(40);
  });

  it("has keys beyond 2^32 that are those of the points", () => {
    const fine = create("EPSG:4326", 0.0001, [-180, -90, 180, 90], 4);
    const keys = covered(
      fine,
      regionOf([
        [170, -80],
        [170.001, -80],
        [170.001, -79.999],
      ]),
    );
    const [inner] = shardsOf(fine, [[170.0008, -79.9998]]);
    expect(inner).toBeGreaterThan(2n ** 32n);
    expect(keys).toContain(inner);
  });

  it("refuses more shards than a run could hold", () => {
    const fine = create("EPSG:4326", 0.0001, [-180, -90, 180, 90], 256);
    const region = regionOf([
      [-100, -50],
      [0, -50],
      [100, -50],
      [100, 50],
      [0, 50],
      [-100, 50],
    ]);
    expect(codeOf(() => fine.coverer(region).shardKeys)).toBe("GRID_COVERAGE_LIMIT");
  });
});

const neon = new URL("../../../../shared/fixtures/benchmark/AOP_NEON.geojson", import.meta.url);

describe.runIf(existsSync(neon))("the shared benchmark", () => {
  it("area of interest touches shards 0 to 3 of the 6 km grid", () => {
    const { features } = JSON.parse(readFileSync(neon, "utf8")) as {
      features: { geometry: { coordinates: LonLat[][] } }[];
    };
    const grid = create("EPSG:32618", 10, [358300, 4299600, 370300, 4311600], 600);
    expect([...grid.coverer(regionOf(...features[0]!.geometry.coordinates)).shardKeys]).toEqual([
      0n,
      1n,
      2n,
      3n,
    ]);
  });
});

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (isCodedError(error)) return error.code;
    throw error;
  }
  return "none";
}
