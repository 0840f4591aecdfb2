import { describe, expect, it } from "vitest";
import { nestedCenters, nestedCorners } from "../src/kernels/cell-coordinates.js";
import { faceCellOfNested } from "../src/kernels/cell-index.js";
import { assignNested } from "../src/kernels/nested.js";
import type { LatitudeConvention } from "../src/latitude.js";
import {
  coarsenMorton,
  formatMorton,
  isMortonPoint,
  mortonFromNested,
  nestedFromMorton,
  parseMorton,
} from "../src/morton.js";
import { TRUNCATED_ROOT, planarCell, planarPlace } from "./planar-reference.js";

/** Coordinates were published with 16 digits and computed along another way. */
const COORDINATE_TOLERANCE_DEG = 5e-13;
/** Edge of an order-29 cell: √(4π / (12 · 4^29)) times the Earth's radius of 6371007 m. */
const CELL_METERS = Math.sqrt(Math.PI / 3) * 2 ** -29 * 6371007;

/** What is published of a point: NESTED at order 6, words at orders 6, 12, 18 and 29, and its word as a point. */
interface GoldenPoint {
  readonly latDeg: number;
  readonly lonDeg: number;
  readonly nested6: bigint;
  readonly words: readonly [o6: bigint, o12: bigint, o18: bigint, o29: bigint];
  readonly point: bigint;
}

/** Geodetic latitude, made with the truncated √6. */
const points: readonly GoldenPoint[] = [
  {
    latDeg: 0,
    lonDeg: 0,
    nested6: 19456n,
    words: [6629298651489370118n, 6629298651489370124n, 6629298651489370130n, 6629298651489370141n],
    point: 6629298651489370160n,
  },
  {
    latDeg: 45,
    lonDeg: -122,
    nested6: 9926n,
    words: [3946842123436818438n, 3946954685939712012n, 3946954744240537618n, 3946954744256549925n],
    point: 3946954744256549943n,
  },
  {
    latDeg: -45,
    lonDeg: 10,
    nested6: 35382n,
    words: [11112069130583277574n, 11112181555647217676n, 11112181618310119442n, 11112181618310945711n],
    point: 11112181618310945727n,
  },
  {
    latDeg: 30,
    lonDeg: 150,
    nested6: 5286n,
    words: [2640798231499374598n, 2640910794002268172n, 2640910821483347986n, 2640910821490058856n],
    point: 2640910821490058873n,
  },
  {
    latDeg: -80,
    lonDeg: 120,
    nested6: 37010n,
    words: [11570310392668225542n, 11570383853788856332n, 11570383905160691730n, 11570383905174473565n],
    point: 11570383905174473584n,
  },
  {
    latDeg: 89.9999,
    lonDeg: 0,
    nested6: 4095n,
    words: [2305561534236983302n, 2305842940494217228n, 2305843009196916754n, 2305843009209477865n],
    point: 2305843009209477882n,
  },
  {
    latDeg: -89.9999,
    lonDeg: 45,
    nested6: 32768n,
    words: [10376293541461622790n, 10376293541461622796n, 10376293541461622802n, 10376293541464784864n],
    point: 10376293541464784883n,
  },
  {
    latDeg: 22.5,
    lonDeg: -60,
    nested6: 12983n,
    words: [4807311127241293830n, 4807387543299424268n, 4807387574555377682n, 4807387574563084586n],
    point: 4807387574563084603n,
  },
  {
    latDeg: -35.264389,
    lonDeg: 170,
    nested6: 38363n,
    words: [11951146036157743110n, 11951194895705702412n, 11951194911459508242n, 11951194911462504809n],
    point: 11951194911462504826n,
  },
  {
    latDeg: 60,
    lonDeg: -45,
    nested6: 15567n,
    words: [5534642467061628934n, 5534870272127008780n, 5534870324723580946n, 5534870324737015005n],
    point: 5534870324737015024n,
  },
];

function wordOf(order: number, latDeg: number, lonDeg: number, latitude: LatitudeConvention): bigint {
  const out = new BigUint64Array(1);
  assignNested(order, Float64Array.of(lonDeg), Float64Array.of(latDeg), latitude, out);
  return mortonFromNested(order, out[0]!);
}

function centerOf(order: number, nested: bigint): [lonDeg: number, latDeg: number] {
  const lon = new Float64Array(1);
  const lat = new Float64Array(1);
  nestedCenters(order, BigUint64Array.of(nested), "geodetic", lon, lat);
  return [lon[0]!, lat[0]!];
}

describe("published words of points", () => {
  it.each(points)(
    "at latitude $latDeg, longitude $lonDeg come out bit for bit at orders 6, 12, 18 and 29",
    ({ latDeg, lonDeg, nested6, words }) => {
      [6, 12, 18, 29].forEach((order, k) => {
        expect(wordOf(order, latDeg, lonDeg, "geodetic")).toBe(words[k]);
        expect(coarsenMorton(order, words[3])).toBe(words[k]);
      });
      expect(nestedFromMorton(words[0])).toEqual({ order: 6, nested: nested6 });
    },
  );

  it.each(points)(
    "at latitude $latDeg, longitude $lonDeg as a point lie in the cell of order 29, and coarsen as it does",
    ({ words, point }) => {
      expect(isMortonPoint(point)).toBe(true);
      expect(parseMorton(`${formatMorton(words[3])}p`)).toBe(point);
      expect(nestedFromMorton(point)).toEqual(nestedFromMorton(words[3]));
      [6, 12, 18].forEach((order, k) => expect(coarsenMorton(order, point)).toBe(words[k]));
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
    expect(nestedFromMorton(5347180132572332038n)).toEqual({ order: 6, nested: 14901n });
  });

  it("of order 29 do not differ through the truncated √6, not one: it moves these points by 0.04 of a cell at most", () => {
    const shifts = points.map(({ latDeg, lonDeg, words }) => {
      const [original, exact] = [TRUNCATED_ROOT, Math.sqrt(6)].map((root) => {
        expect(mortonFromNested(29, planarCell(29, lonDeg, latDeg, root).nested)).toBe(words[3]);
        return planarPlace(lonDeg, latDeg, root);
      }) as [ReturnType<typeof planarPlace>, ReturnType<typeof planarPlace>];
      const cells = 2 ** 29 * Math.max(Math.abs(original.x - exact.x), Math.abs(original.y - exact.y));
      return [`${latDeg}, ${lonDeg}`, Number(cells.toFixed(4))];
    });
    expect(shifts).toEqual([
      ["0, 0", 0],
      ["45, -122", 0.0287],
      ["-45, 10", 0.0396],
      ["30, 150", 0],
      ["-80, 120", 0.0068],
      ["89.9999, 0", 0],
      ["-89.9999, 45", 0],
      ["22.5, -60", 0],
      ["-35.264389, 170", 0],
      ["60, -45", 0.0151],
    ]);
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
      expect(Math.abs(lat[k]! - latDeg)).toBeLessThan(COORDINATE_TOLERANCE_DEG);
      expect(Math.abs(lon[k]! - 360 - lonDeg)).toBeLessThan(COORDINATE_TOLERANCE_DEG);
    });
  });
});
