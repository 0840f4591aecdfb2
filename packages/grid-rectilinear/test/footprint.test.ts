import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { distance } from "./regions.js";
import { antarctic, covered, create, grids, place, shardsOf, world, type LonLat } from "./sample-grids.js";

describe("shard footprints", () => {
  it.each(grids)("on %s lie around the points of the shard", (_name, grid, shardAngle) => {
    fc.assert(
      fc.property(place, (point) => {
        const key = shardsOf(grid, [point])[0];
        if (key === undefined) return;
        const vertices = grid
          .shardFootprint(key)
          .flatMap((polygon) =>
            polygon.flatMap((ring) => Array.from(ring.lonDeg, (lon, i): LonLat => [lon, ring.latDeg[i]!])),
          );
        // Where a corner of the map cuts through the shard there are fewer than on four whole sides.
        expect(vertices.length).toBeGreaterThan(16);
        for (const vertex of vertices) expect(distance(vertex, point)).toBeLessThan(shardAngle + 0.01);
      }),
      { numRuns: 60 },
    );
  });

  it("cover their own shard, and its inner neighbours only by touching", () => {
    const keys = covered(antarctic, antarctic.shardFootprint(30n));
    expect(keys.has(30n)).toBe(true);
    expect(keys.size).toBeLessThanOrEqual(9);
  });

  it("have no piece longer than a 32nd of the shard", () => {
    const [ring] = world.shardFootprint(0n)[0]!;
    expect(ring!.lonDeg.length).toBe(4 * 32);
  });

  it("run counter-clockwise", () => {
    const [ring] = world.shardFootprint(1000n)[0]!;
    let area = 0;
    ring!.lonDeg.forEach((lon, i) => {
      const j = (i + 1) % ring!.lonDeg.length;
      area += lon * ring!.latDeg[j]! - ring!.lonDeg[j]! * ring!.latDeg[i]!;
    });
    expect(area).toBeGreaterThan(0);
  });

  it("of a shard around the world are several polygons that together hold it", () => {
    const grid = create("EPSG:4326", 1, [-180, -90, 180, 90], 360);
    const outline = grid.shardFootprint(0n);
    expect(outline).toHaveLength(3);
    const keys = covered(antarctic, outline);
    expect(keys.size).toBe(13 * 13);
  });

  it("of a shard that the CRS ends in reach to its end", () => {
    const padded = create("EPSG:6933", 25_000, [-17_367_530, -7_314_540, 17_367_530, 7_314_540], 64);
    const [key] = shardsOf(padded, [[170, -89.9]]);
    const latitudes = padded.shardFootprint(key!).flatMap((polygon) => [...polygon[0]!.latDeg]);
    expect(Math.min(...latitudes)).toBeCloseTo(-90, 4);
  });

  it("of a shard beyond the pole are empty", () => {
    const grid = create("EPSG:4326", 10, [0, -100, 10, 90], 1);
    expect(grid.shardFootprint(18n)).toEqual([]);
    expect(grid.shardFootprint(17n)).toHaveLength(1);
  });
});
