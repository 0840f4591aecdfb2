import type { Ring } from "@zagg/core";
import fc from "fast-check";
import { cellToBoundary, cellToChildren, cellToLatLng, getPentagons, latLngToCell } from "h3-js";
import { describe, expect, it } from "vitest";
import { cellCap } from "../src/cell-cap.js";
import { h3 } from "../src/h3.js";
import { cross, dot, vectorOf, type Vector } from "./sphere.js";
import { runs } from "../../../vitest.effort.mjs";

/** Outlines are grown by a relative 1e-9 at least, far above the rounding of a product of unit vectors. */
const ROUNDING = 1e-15;

const gridOf = (parentRes: number, childRes: number) =>
  h3.create({ parent_res: parentRes, child_res: childRes }, []);

/** A shard somewhere, often a pentagon or at a pole or the antimeridian. */
const shardOf = (res: number): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constantFrom(...getPentagons(res)),
    fc.constantFrom(...[-90, -45, 0, 45, 90].map((lat) => latLngToCell(lat, 180, res))),
    fc
      .tuple(fc.double({ min: -180, max: 180, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true }))
      .map(([lon, sine]) => latLngToCell((Math.asin(sine) * 180) / Math.PI, lon, res)),
  );

function ringOfShard(parentRes: number, childRes: number, cell: string): Ring {
  const [polygon] = gridOf(parentRes, childRes).shardFootprint(BigInt(`0x${cell}`));
  return polygon![0]!;
}

function vectors(ring: Ring): Vector[] {
  return Array.from(ring.lonDeg, (lon, k) => vectorOf(lon, ring.latDeg[k]!));
}

function cornersBelow(cell: string, res: number): Vector[] {
  return cellToChildren(cell, res)
    .flatMap((child) => cellToBoundary(child))
    .map(([lat, lon]) => vectorOf(lon, lat));
}

describe("the footprint of a shard", () => {
  it("holds the corners of every cell of the shard, whose cells stick out of its hexagon", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 11 }).chain((res) => fc.tuple(fc.constant(res), shardOf(res))),
        fc.integer({ min: 0, max: 4 }),
        ([res, cell], depth) => {
          const outline = vectors(ringOfShard(res, res + depth, cell));
          const sides = outline.slice(1).map((corner, k) => cross(outline[k]!, corner));
          let least = Infinity;
          for (const corner of cornersBelow(cell, res + depth)) {
            for (const side of sides) least = Math.min(least, dot(side, corner));
          }
          expect(least).toBeGreaterThan(-ROUNDING);
        },
      ),
      { numRuns: runs(60) },
    );
  });

  it("is a closed, convex, anticlockwise ring around the centre, with longitudes in [-180, 180]", () => {
    for (const cell of [latLngToCell(90, 0, 3), latLngToCell(10, 180, 3), ...getPentagons(3)]) {
      const ring = ringOfShard(3, 6, cell);
      expect(ring.lonDeg.at(-1)).toBe(ring.lonDeg[0]);
      expect(ring.latDeg.at(-1)).toBe(ring.latDeg[0]);
      expect(Math.max(...ring.lonDeg.map(Math.abs))).toBeLessThanOrEqual(180);
      const corners = vectors(ring);
      const [lat, lon] = cellToLatLng(cell);
      for (let k = 1; k < corners.length; k++) {
        const normal = cross(corners[k - 1]!, corners[k]!);
        expect(dot(normal, vectorOf(lon, lat))).toBeGreaterThan(0);
        expect(dot(normal, corners[(k + 1) % (corners.length - 1)]!)).toBeGreaterThan(0);
      }
    }
  });
});

describe("the cap of a cell", () => {
  it("holds the corners of every descendant", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 11 }).chain((res) => fc.tuple(fc.constant(res), shardOf(res))),
        fc.integer({ min: 0, max: 4 }),
        ([res, cell], depth) => {
          const { x, y, z, chord } = cellCap(cell, depth > 0);
          let farthest = 0;
          for (const [cx, cy, cz] of cornersBelow(cell, res + depth)) {
            farthest = Math.max(farthest, Math.hypot(cx - x, cy - y, cz - z));
          }
          expect(farthest).toBeLessThan(chord);
        },
      ),
      { numRuns: runs(60) },
    );
  });
});
