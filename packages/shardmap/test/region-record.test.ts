import { type Region } from "@zagg/core";
import { regionFromBbox, regionFromGeoJson } from "@zagg/sphere";
import { describe, expect, it } from "vitest";
import { regionRecord } from "../src/build/region-record.js";

const ringOf = (...lonLat: readonly (readonly [number, number])[]): Region => [
  [
    {
      lonDeg: Float64Array.from(lonLat, ([lon]) => lon),
      latDeg: Float64Array.from(lonLat, ([, lat]) => lat),
    },
  ],
];

describe("what a map records of its region", () => {
  it("is the SHA-256 of its numbers as little-endian doubles", async () => {
    const numbers = [1, 1, 3, -5, 2, 0, 1, 7, 7];
    const bytes = Buffer.alloc(8 * numbers.length);
    numbers.forEach((number, i) => bytes.writeDoubleLE(number, 8 * i));
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    expect(await regionRecord(ringOf([-5, 2], [0, 1], [7, 7]))).toEqual({
      sha256: Buffer.from(digest).toString("hex"),
      bbox: [-5, 1, 7, 7],
      polygons: 1,
      vertices: 3,
    });
  });

  it("does not depend on the vertex a ring starts at, nor on the sign of zero", async () => {
    const one = await regionRecord(ringOf([-5, 2], [0, 0], [7, 7]));
    expect(await regionRecord(ringOf([7, 7], [-5, 2], [-0, -0]))).toEqual(one);
    const closed = { type: "Polygon", coordinates: [[[0, 0], [7, 7], [-5, 2], [0, 0]]] }; // prettier-ignore
    expect(await regionRecord(regionFromGeoJson(closed))).toEqual(one);
  });

  it("has the box around it, which may cross the antimeridian or hold a pole", async () => {
    expect(await regionRecord(ringOf([170, -5], [-170, -5], [-175, 5]))).toMatchObject({
      bbox: [170, expect.closeTo(-5.08, 2), -170, 5],
    });
    const cap = await regionRecord(ringOf([0, -80], [-120, -80], [120, -80]));
    expect(cap).toMatchObject({ bbox: [-180, -90, 180, -80] });
    expect(await regionRecord([])).toMatchObject({ bbox: null, polygons: 0 });
  });

  it("differs for other vertices, directions and numbers of rings", async () => {
    const box = regionFromBbox([0, 0, 10, 10]);
    const regions = [
      box,
      regionFromBbox([0, 0, 10, 10.000001]),
      [...box, ...box],
      ringOf([-5, 2], [0, 0], [7, 7]),
      ringOf([7, 7], [0, 0], [-5, 2]),
      [],
    ];
    const hashes = await Promise.all(regions.map(regionRecord));
    expect(new Set(hashes.map(({ sha256 }) => sha256)).size).toBe(regions.length);
  });
});
