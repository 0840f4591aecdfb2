import type { Ring } from "@zagg/core";
import { describe, expect, it } from "vitest";
import { cellFootprint } from "../src/footprint.js";
import { healpix } from "../src/healpix.js";
import { authalicFromGeodetic } from "../src/latitude.js";
import { mortonFromNested } from "../src/morton.js";

/** Published corners carry 16 digits, of which rounding in another order may change the last two. */
const CORNER_DEG = 1e-12;

/** The inverse series of the authalic latitude is good to this. */
const INVERSE_DEG = 1e-9;

const ringOf = (order: number, nested: bigint, latitude: "authalic" | "geodetic"): Ring => {
  const grid = healpix.create({ parent_order: order, child_order: order, latitude }, []);
  return grid.shardFootprint(mortonFromNested(order, nested))[0]![0]!;
};

/** Latitude and longitude of the corners north, east, south, west. */
const corners = ({ lonDeg, latDeg }: Ring): number[][] =>
  [0, 32, 64, 96].map((k) => [latDeg[k]!, lonDeg[k]!]);

describe("a shard's footprint", () => {
  it("has the published corners, north, east, south, west", () => {
    const expected = [
      [38.72998814947883, -76.5087890625],
      [38.70608380696243, -76.48681640625003],
      [38.68218745348943, -76.5087890625],
      [38.70608380696243, -76.53076171875001],
    ];
    corners(ringOf(11, 15259047n, "geodetic")).forEach((corner, k) => {
      corner.forEach((part, i) => expect(Math.abs(part - expected[k]![i]!)).toBeLessThan(CORNER_DEG));
    });
  });

  it("gives geodetic latitudes in the authalic convention", () => {
    const sphere = ringOf(11, 15259047n, "geodetic");
    const ellipsoid = ringOf(11, 15259047n, "authalic");
    expect(ellipsoid.lonDeg).toEqual(sphere.lonDeg);
    ellipsoid.latDeg.forEach((lat, k) => {
      expect(Math.abs(authalicFromGeodetic(lat) - sphere.latDeg[k]!)).toBeLessThan(INVERSE_DEG);
    });
  });

  it("is one closed ring of 129 points", () => {
    const { lonDeg, latDeg } = ringOf(3, 77n, "authalic");
    expect([lonDeg.length, latDeg.length]).toEqual([129, 129]);
    expect([lonDeg[128], latDeg[128]]).toEqual([lonDeg[0], latDeg[0]]);
  });

  it("follows the curved side: its points between corners are not on the straight line", () => {
    const { lonDeg, latDeg } = ringOf(0, 0n, "geodetic");
    // Face 0 reaches from the north pole down the meridians 0 and 90 and by curves to (45, 0).
    expect(lonDeg.slice(1, 32).every((lon) => lon === 90)).toBe(true);
    const south = latDeg[64]!;
    expect(Math.abs(south)).toBeLessThan(CORNER_DEG);
    expect(Math.abs(latDeg[48]! - 41.810314895778596 / 2)).toBeGreaterThan(1);
  });

  it("puts the points of a cell on the antimeridian on the cell's own side", () => {
    const west = cellFootprint(2, 2, 3, 0, "geodetic")[0]![0]!;
    const east = cellFootprint(2, 1, 0, 3, "geodetic")[0]![0]!;
    expect(Math.max(...west.lonDeg) - Math.min(...west.lonDeg)).toBeLessThan(180);
    expect(Math.max(...east.lonDeg) - Math.min(...east.lonDeg)).toBeLessThan(180);
    expect(Math.min(...west.lonDeg)).toBeGreaterThanOrEqual(-180);
    expect(Math.max(...east.lonDeg)).toBeLessThanOrEqual(180);
  });

  it("crosses the antimeridian unsplit where the cell does", () => {
    const { lonDeg } = cellFootprint(3, 6, 4, 4, "geodetic")[0]![0]!;
    expect(lonDeg.some((lon) => lon > 170)).toBe(true);
    expect(lonDeg.some((lon) => lon < -170)).toBe(true);
    expect(lonDeg.every((lon) => Math.abs(lon) <= 180 && Math.abs(lon) > 150)).toBe(true);
  });

  it("reaches the poles exactly", () => {
    const north = cellFootprint(5, 3, 31, 31, "authalic")[0]![0]!;
    const south = cellFootprint(5, 9, 0, 0, "authalic")[0]![0]!;
    expect(north.latDeg[0]).toBe(90);
    expect(south.latDeg[64]).toBe(-90);
    expect(north.lonDeg[0]).toBeGreaterThan(-90);
    expect(north.lonDeg[0]).toBeLessThan(0);
  });
});
