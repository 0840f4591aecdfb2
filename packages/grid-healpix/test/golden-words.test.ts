import { describe, expect, it } from "vitest";
import { nestedCenters, nestedCorners } from "../src/kernels/cell-coordinates.js";
import { faceCellOfNested } from "../src/kernels/cell-index.js";
import { assignNested } from "../src/kernels/nested.js";
import type { LatitudeConvention } from "../src/latitude.js";
import { coarsenMorton, mortonFromNested, nestedFromMorton } from "../src/morton.js";
import { TRUNCATED_ROOT, planarCell } from "./planar-reference.js";

/** Coordinates were published with 16 digits and computed along another way. */
const COORDINATE_TOLERANCE_DEG = 5e-13;
/** Edge of an order-29 cell: √(4π / (12 · 4^29)) times the Earth's radius of 6371007 m. */
const CELL_METERS = Math.sqrt(Math.PI / 3) * 2 ** -29 * 6371007;

/** Latitude, longitude, then words at orders 6, 12, 18 and 29 (area), geodetic latitude, made with the truncated √6. */
const points: readonly (readonly [number, number, bigint, bigint, bigint, bigint, bigint])[] = [
  [0, 0, 19456n, 6629298651489370118n, 6629298651489370124n, 6629298651489370130n, 6629298651489370141n],
  [45, -122, 9926n, 3946842123436818438n, 3946954685939712012n, 3946954744240537618n, 3946954744256549925n],
  [
    -45,
    10,
    35382n,
    11112069130583277574n,
    11112181555647217676n,
    11112181618310119442n,
    11112181618310945711n,
  ],
  [30, 150, 5286n, 2640798231499374598n, 2640910794002268172n, 2640910821483347986n, 2640910821490058856n],
  [
    -80,
    120,
    37010n,
    11570310392668225542n,
    11570383853788856332n,
    11570383905160691730n,
    11570383905174473565n,
  ],
  [89.9999, 0, 4095n, 2305561534236983302n, 2305842940494217228n, 2305843009196916754n, 2305843009209477865n],
  [
    -89.9999,
    45,
    32768n,
    10376293541461622790n,
    10376293541461622796n,
    10376293541461622802n,
    10376293541464784864n,
  ],
  [22.5, -60, 12983n, 4807311127241293830n, 4807387543299424268n, 4807387574555377682n, 4807387574563084586n],
  [
    -35.264389,
    170,
    38363n,
    11951146036157743110n,
    11951194895705702412n,
    11951194911459508242n,
    11951194911462504809n,
  ],
  [60, -45, 15567n, 5534642467061628934n, 5534870272127008780n, 5534870324723580946n, 5534870324737015005n],
];

function wordOf(order: number, latDeg: number, lonDeg: number, latitude: LatitudeConvention): bigint {
  const out = new BigUint64Array(1);
  assignNested(order, Float64Array.of(lonDeg), Float64Array.of(latDeg), latitude, out);
  return mortonFromNested(order, out[0] as bigint);
}

function centerOf(order: number, nested: bigint): [lonDeg: number, latDeg: number] {
  const lon = new Float64Array(1);
  const lat = new Float64Array(1);
  nestedCenters(order, BigUint64Array.of(nested), "geodetic", lon, lat);
  return [lon[0] as number, lat[0] as number];
}

describe("published words of points", () => {
  it.each(points)(
    "at latitude %f, longitude %f come out bit for bit at orders 6, 12, 18 and 29",
    (...point) => {
      const [latDeg, lonDeg, nested6, ...words] = point;
      [6, 12, 18, 29].forEach((order, k) => {
        expect(wordOf(order, latDeg, lonDeg, "geodetic")).toBe(words[k]);
        expect(coarsenMorton(order, words[3] as bigint)).toBe(words[k]);
      });
      expect(nestedFromMorton(words[0] as bigint)).toEqual({ order: 6, nested: nested6 });
    },
  );

  it("at 38.89, -76.55 come out in both latitude conventions", () => {
    const geodetic = [6, 9, 11, 19, 29].map((order) => wordOf(order, 38.89, -76.55, "geodetic"));
    expect(geodetic).toEqual([
      5347180132572332038n,
      5347395636851376137n,
      5347398935386259467n,
      5347398991485075475n,
      5347398991488813989n,
    ]);
    const authalic = [9, 11, 29].map((order) => wordOf(order, 38.89, -76.55, "authalic"));
    expect(authalic).toEqual([5347294481781620745n, 5347298604950224907n, 5347298837699627939n]);
    expect(wordOf(6, 22.5, -60, "authalic")).toBe(4806748177287872518n);
  });

  it("do not depend, for the listed points, on the digits of √6 that the original leaves out", () => {
    for (const [latDeg, lonDeg, , , , , word] of points) {
      for (const root of [TRUNCATED_ROOT, Math.sqrt(6)]) {
        expect(mortonFromNested(29, planarCell(29, lonDeg, latDeg, root).nested)).toBe(word);
      }
    }
  });

  it("elsewhere in the caps differ from the original's by at most one order-29 cell along a side, 12 mm, and rarely", () => {
    let beltDiffers = 0;
    let capDiffers = 0;
    let capCoarseDiffers = 0;
    let farthestCells = 0;
    const caps = 20000;
    for (let k = 0; k < caps; k++) {
      const lonDeg = (k * 137.50776405) % 360;
      const latDeg = (k % 2 ? 1 : -1) * (42 + ((k * 29.2137) % 48));
      const original = planarCell(29, lonDeg, latDeg, TRUNCATED_ROOT);
      const own = faceCellOfNested(29, nestedFromMorton(wordOf(29, latDeg, lonDeg, "geodetic")).nested);
      expect(own.face).toBe(original.face);
      const cells = Math.max(Math.abs(own.ix - original.ix), Math.abs(own.iy - original.iy));
      farthestCells = Math.max(farthestCells, cells);
      if (cells > 0) capDiffers++;
      if (own.ix >> 10 !== original.ix >> 10 || own.iy >> 10 !== original.iy >> 10) capCoarseDiffers++;
      const belt = (latDeg / 90) * 41;
      if (
        planarCell(29, lonDeg, belt, TRUNCATED_ROOT).nested !==
        planarCell(29, lonDeg, belt, Math.sqrt(6)).nested
      ) {
        beltDiffers++;
      }
    }
    expect(beltDiffers).toBe(0);
    expect(farthestCells).toBe(1);
    expect(CELL_METERS).toBeLessThan(0.0122);
    expect(capDiffers / caps).toBeGreaterThan(0.01);
    expect(capDiffers / caps).toBeLessThan(0.05);
    expect(capCoarseDiffers).toBeLessThanOrEqual(caps * 3e-4);
  });
});

describe("published coordinates of cells", () => {
  it("of the belt, order 9, nested 953690, are its centre", () => {
    const [lonDeg, latDeg] = centerOf(9, 953690n);
    expect(Math.abs(lonDeg - 283.447265625)).toBeLessThan(COORDINATE_TOLERANCE_DEG);
    expect(Math.abs(latDeg - 38.68218745348944)).toBeLessThan(COORDINATE_TOLERANCE_DEG);
  });

  it("of a cap, order 9, nested 2359507, are its centre but for the truncated √6: 1.9e-10 degrees, 21 micrometres", () => {
    const published = -87.89835564700896;
    const [lonDeg, latDeg] = centerOf(9, 2359507n);
    const sineOfHalf = Math.sin(((90 + latDeg) / 2 / 180) * Math.PI);
    const truncated = (Math.asin((sineOfHalf * Math.sqrt(6)) / TRUNCATED_ROOT) * 360) / Math.PI - 90;
    expect(Math.abs(lonDeg - 142.82608695652175)).toBeLessThan(COORDINATE_TOLERANCE_DEG);
    expect(Math.abs(truncated - published)).toBeLessThan(COORDINATE_TOLERANCE_DEG);
    expect(Math.abs(latDeg - published)).toBeGreaterThan(1.8e-10);
    expect(Math.abs(latDeg - published)).toBeLessThan(1.9e-10);
  });

  it("of order 11, nested 15259047, are its corners north, west, south, east", () => {
    const lon = new Float64Array(4);
    const lat = new Float64Array(4);
    nestedCorners(11, BigUint64Array.of(15259047n), "geodetic", lon, lat);
    const expected = [
      [38.72998814947883, -76.5087890625],
      [38.70608380696243, -76.53076171875001],
      [38.68218745348943, -76.5087890625],
      [38.70608380696243, -76.48681640625003],
    ] as const;
    expected.forEach(([latDeg, lonDeg], k) => {
      expect(Math.abs((lat[k] as number) - latDeg)).toBeLessThan(COORDINATE_TOLERANCE_DEG);
      expect(Math.abs((lon[k] as number) - 360 - lonDeg)).toBeLessThan(COORDINATE_TOLERANCE_DEG);
    });
  });
});
