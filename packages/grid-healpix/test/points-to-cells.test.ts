import { readFileSync } from "node:fs";
import fc from "fast-check";
import { NO_ID } from "@zagg/core";
import { describe, expect, it } from "vitest";
import { nestedCenters, ringCenters } from "../src/kernels/cell-coordinates.js";
import { cellCount, faceCellOfNested, nestedOfFaceCell } from "../src/kernels/cell-index.js";
import { faceCellsOfPoints } from "../src/kernels/face-cells.js";
import { assignNested, locateInShard, shardKeysOf } from "../src/kernels/nested.js";
import { assignRing, nestedFromRing, ringFromNested } from "../src/kernels/ring.js";
import { authalicFromGeodetic, type LatitudeConvention } from "../src/latitude.js";
import { mortonFromNested } from "../src/morton.js";
import { parseCellRows, type CellRow } from "./fixture-rows.js";
import { sharedHas, sharedPath } from "./shared-files.js";
import { runs } from "../../../vitest.effort.mjs";

/** Centres agree with healpy's to a few units in the last place of 360. */
const CENTER_TOLERANCE_DEG = 2e-13;
/** A latitude converted back and forth moves this much: a ten-thousandth of an order-29 cell. */
const LATITUDE_TOLERANCE_DEG = 1e-11;

const conventions: readonly LatitudeConvention[] = ["authalic", "geodetic"];

const anyOrder = fc.integer({ min: 0, max: 29 });
const anyCell = anyOrder.chain((order) =>
  fc.record({
    order: fc.constant(order),
    nested: fc.oneof(
      fc.bigInt({ min: 0n, max: cellCount(order) - 1n }),
      fc.constantFrom(0n, cellCount(order) - 1n, cellCount(order) / 12n, cellCount(order) / 2n - 1n),
      fc.tuple(fc.integer({ min: 0, max: 11 }), fc.boolean(), fc.boolean()).map(([face, north, east]) => {
        const last = 2 ** order - 1;
        return nestedOfFaceCell(order, face, east ? last : 0, north ? last : 0);
      }),
    ),
  }),
);
const anyPoint = fc.record({
  lonDeg: fc.oneof(
    fc.double({ min: -725, max: 725, noNaN: true }),
    fc
      .tuple(fc.integer({ min: -16, max: 16 }), fc.double({ min: -1e-6, max: 1e-6, noNaN: true }))
      .map(([k, d]) => 45 * k + d),
  ),
  latDeg: fc.oneof(
    fc.double({ min: -90, max: 90, noNaN: true }),
    fc.double({ min: 89.99, max: 90, noNaN: true }),
    fc.double({ min: -90, max: -89.99, noNaN: true }),
    fc.double({ min: 41.8, max: 42.5, noNaN: true }),
    fc.double({ min: -42.5, max: -41.8, noNaN: true }),
    fc.constantFrom(-90, 90, 0, 30, -30),
  ),
});

function nestedOf(
  order: number,
  lonDeg: number,
  latDeg: number,
  latitude: LatitudeConvention = "geodetic",
): bigint {
  const out = new BigUint64Array(1);
  assignNested(order, Float64Array.of(lonDeg), Float64Array.of(latDeg), latitude, out);
  return out[0]!;
}

function checkRows(rows: readonly CellRow[]): void {
  for (const row of rows) {
    const ring = new BigUint64Array(1);
    assignRing(row.order, Float64Array.of(row.lonDeg), Float64Array.of(row.latDeg), "geodetic", ring);
    const lon = new Float64Array(1);
    const lat = new Float64Array(1);
    nestedCenters(row.order, BigUint64Array.of(row.nested), "geodetic", lon, lat);
    expect(
      nestedOf(row.order, row.lonDeg, row.latDeg),
      JSON.stringify(row, (_, v) => String(v)),
    ).toBe(row.nested);
    expect(ring[0]).toBe(row.ring);
    expect(Math.abs(lon[0]! - row.centerLonDeg)).toBeLessThan(CENTER_TOLERANCE_DEG);
    expect(Math.abs(lat[0]! - row.centerLatDeg)).toBeLessThan(CENTER_TOLERANCE_DEG);
    ringCenters(row.order, ring, "geodetic", lon, lat);
    expect(Math.abs(lon[0]! - row.centerLonDeg)).toBeLessThan(CENTER_TOLERANCE_DEG);
  }
}

describe("points to cells", () => {
  it("gives the nested and ring ids and the centres that healpy gives, at every order", () => {
    const path = new URL("../fixtures/healpy_cells.csv", import.meta.url);
    const rows = parseCellRows(readFileSync(path, "utf8"));
    expect(new Set(rows.map(({ order }) => order)).size).toBe(30);
    checkRows(rows);
  });

  describe.runIf(sharedHas("data/golden/healpix_points.csv"))("with the shared golden points", () => {
    it("agrees on every row, nested, ring and centre", () => {
      const rows = parseCellRows(readFileSync(sharedPath("data/golden/healpix_points.csv"), "utf8"));
      expect(rows.length).toBeGreaterThan(400);
      checkRows(rows);
    });
  });

  it.each(conventions)("assigns the centre of a cell to that cell at every order (%s)", (latitude) => {
    fc.assert(
      fc.property(anyCell, ({ order, nested }) => {
        const lon = new Float64Array(1);
        const lat = new Float64Array(1);
        nestedCenters(order, BigUint64Array.of(nested), latitude, lon, lat);
        expect(nestedOf(order, lon[0]!, lat[0]!, latitude)).toBe(nested);
      }),
      { numRuns: runs(2000) },
    );
  });

  it("puts a point into the parent, at a coarser order, of its cell at a finer one", () => {
    fc.assert(
      fc.property(
        anyPoint,
        anyOrder,
        fc.constantFrom(...conventions),
        ({ lonDeg, latDeg }, order, latitude) => {
          const finest = nestedOf(29, lonDeg, latDeg, latitude);
          expect(nestedOf(order, lonDeg, latDeg, latitude)).toBe(finest >> BigInt(2 * (29 - order)));
        },
      ),
      { numRuns: runs(2000) },
    );
  });

  it("places by the authalic latitude exactly as the spherical projection of the converted latitude does", () => {
    fc.assert(
      fc.property(anyPoint, ({ lonDeg, latDeg }) => {
        const order = 29;
        const own = nestedOf(order, lonDeg, latDeg, "authalic");
        const around = [-LATITUDE_TOLERANCE_DEG, 0, LATITUDE_TOLERANCE_DEG].map((shift) =>
          nestedOf(order, lonDeg, Math.min(90, Math.max(-90, authalicFromGeodetic(latDeg) + shift))),
        );
        expect(around).toContain(own);
      }),
      { numRuns: runs(2000) },
    );
  });

  it("does not depend on whole turns of longitude", () => {
    for (const lonDeg of [0, 45, 90, 179.5, 270.25, 359.75]) {
      for (const latDeg of [-80, -20, 0, 20, 80]) {
        const once = nestedOf(29, lonDeg, latDeg);
        for (const turns of [-3, -2, -1, 1, 2, 1000, 1e9, -1e9]) {
          expect(nestedOf(29, lonDeg + 360 * turns, latDeg), `${lonDeg} + ${turns} turns, ${latDeg}`).toBe(
            once,
          );
        }
      }
    }
    expect(nestedOf(29, 540, 10)).toBe(nestedOf(29, -180, 10));
    expect(nestedOf(29, -725, 10)).toBe(nestedOf(29, 355, 10));
  });

  it("takes any finite longitude, tiny negative ones and huge ones too", () => {
    for (const latDeg of [-70, 0, 70]) {
      for (const lonDeg of [1e300, -1e300, Number.MAX_VALUE, 2 ** 53, -(2 ** 60)]) {
        expect(nestedOf(29, lonDeg, latDeg)).toBe(nestedOf(29, lonDeg % 360, latDeg));
      }
      for (const lonDeg of [-1e-20, -Number.MIN_VALUE, -0]) {
        expect(nestedOf(29, lonDeg, latDeg)).toBe(nestedOf(29, 0, latDeg));
      }
    }
    expect(nestedOf(0, 89.99999999999999, 60)).toBe(0n);
    expect(nestedOf(0, 90, 60)).toBe(1n);
  });

  it("puts every longitude of a pole into the polar cell of its quarter", () => {
    for (let order = 0; order <= 29; order++) {
      const last = 2 ** order - 1;
      for (let quarter = 0; quarter < 4; quarter++) {
        for (const latitude of conventions) {
          expect(nestedOf(order, 90 * quarter + 30, 90, latitude)).toBe(
            nestedOfFaceCell(order, quarter, last, last),
          );
          expect(nestedOf(order, 90 * quarter + 30, -90, latitude)).toBe(
            nestedOfFaceCell(order, 8 + quarter, 0, 0),
          );
        }
      }
    }
  });

  it("gives a point on a shared side to the northern cell", () => {
    for (let order = 1; order <= 29; order++) {
      const half = 2 ** (order - 1);
      expect(nestedOf(order, 0, 0)).toBe(nestedOfFaceCell(order, 4, half, half));
      expect(nestedOf(order, 180, 0)).toBe(nestedOfFaceCell(order, 6, half, half));
    }
  });

  it("gives NO_ID or -1 for points that are not on the sphere, and only for those", () => {
    const lon = Float64Array.of(NaN, 0, Infinity, -Infinity, 0, 0, 0, 10);
    const lat = Float64Array.of(0, NaN, 0, 80, 90.0000001, -90.0000001, Infinity, 80);
    const ids = new BigUint64Array(8);
    const positions = new Int32Array(8);
    for (const latitude of conventions) {
      for (const assign of [assignNested, assignRing, shardKeysOf]) {
        assign(9, lon, lat, latitude, ids);
        expect([...ids.subarray(0, 7)]).toEqual(new Array(7).fill(NO_ID));
        expect(ids[7]).not.toBe(NO_ID);
      }
      expect(locateInShard(9, 0, 0, 0, 0, lon, lat, latitude, positions)).toBe(1);
      expect([...positions.subarray(0, 7)]).toEqual(new Array(7).fill(-1));
    }
  });

  it("gives for a long array what it gives point by point, whatever the length", () => {
    for (const n of [0, 1, 1023, 1024, 1025, 3000]) {
      const lon = Float64Array.from({ length: n }, (_, k) => (k * 137.5) % 720);
      const lat = Float64Array.from({ length: n }, (_, k) => ((k * 61.8) % 180) - 90);
      const ids = new BigUint64Array(n);
      assignNested(20, lon, lat, "authalic", ids);
      ids.forEach((id, k) => expect(id).toBe(nestedOf(20, lon[k]!, lat[k]!, "authalic")));
    }
  });

  it("refuses orders out of range, unknown latitude conventions and arrays of unequal length", () => {
    const two = new Float64Array(2);
    for (const order of [-1, 30, 1.5, NaN]) {
      expect(() => assignNested(order, two, two, "geodetic", new BigUint64Array(2))).toThrow(RangeError);
    }
    expect(() => assignNested(3, two, two, "geodetic", new BigUint64Array(3))).toThrow(RangeError);
    expect(() => assignNested(3, two, new Float64Array(3), "geodetic", new BigUint64Array(2))).toThrow(
      RangeError,
    );
    const unknown = "spherical" as LatitudeConvention;
    expect(() => assignNested(3, two, two, unknown, new BigUint64Array(2))).toThrow(RangeError);
    expect(() => nestedCenters(3, new BigUint64Array(2), unknown, two, two)).toThrow(RangeError);
  });
});

describe("faces and places of points", () => {
  const two = new Float64Array(2);
  const facesOf = (start: number, stop: number, scratch: Int32Array) => () =>
    faceCellsOfPoints(3, two, two, start, stop, "geodetic", scratch, scratch, scratch);

  it("are refused for points that are not there", () => {
    for (const [start, stop] of [
      [1, 3],
      [-1, 1],
      [2, 1],
      [NaN, 2],
    ] as const) {
      expect(facesOf(start, stop, new Int32Array(4))).toThrow(RangeError);
    }
    expect(facesOf(0, 2, new Int32Array(4))).not.toThrow();
  });

  it("are refused when there is no room for them", () => {
    expect(facesOf(0, 2, new Int32Array(1))).toThrow(RangeError);
  });
});

describe("positions in a shard", () => {
  it("are the nested id less the shard's first, and -1 for every other point", () => {
    fc.assert(
      fc.property(
        fc.array(anyPoint, { minLength: 1, maxLength: 20 }),
        anyOrder,
        fc.integer({ min: 0, max: 15 }),
        fc.constantFrom(...conventions),
        (points, parentOrder, apart, latitude) => {
          const order = Math.min(29, parentOrder + apart);
          const lon = Float64Array.from(points, ({ lonDeg }) => lonDeg);
          const lat = Float64Array.from(points, ({ latDeg }) => latDeg);
          const ids = new BigUint64Array(points.length);
          assignNested(order, lon, lat, latitude, ids);
          const shift = BigInt(2 * (order - parentOrder));
          const shard = ids[0]! >> shift;
          const { face, ix, iy } = faceCellOfNested(parentOrder, shard);
          const positions = new Int32Array(points.length);
          const inside = locateInShard(order, parentOrder, face, ix, iy, lon, lat, latitude, positions);
          const expected = [...ids].map((id) => (id >> shift === shard ? Number(id - (shard << shift)) : -1));
          expect([...positions]).toEqual(expected);
          expect(inside).toBe(expected.filter((position) => position >= 0).length);
        },
      ),
      { numRuns: runs(1000) },
    );
  });

  it("are refused when the cells are more than 15 orders finer, or coarser, than the shard", () => {
    const none = new Float64Array(0);
    expect(() => locateInShard(20, 4, 0, 0, 0, none, none, "geodetic", new Int32Array(0))).toThrow(
      RangeError,
    );
    expect(() => locateInShard(3, 4, 0, 0, 0, none, none, "geodetic", new Int32Array(0))).toThrow(RangeError);
    expect(locateInShard(20, 5, 0, 0, 0, none, none, "geodetic", new Int32Array(0))).toBe(0);
  });
});

describe("shard keys", () => {
  it("are the morton words of the cells at the parent order", () => {
    fc.assert(
      fc.property(
        anyPoint,
        anyOrder,
        fc.constantFrom(...conventions),
        ({ lonDeg, latDeg }, order, latitude) => {
          const keys = new BigUint64Array(1);
          shardKeysOf(order, Float64Array.of(lonDeg), Float64Array.of(latDeg), latitude, keys);
          expect(keys[0]).toBe(mortonFromNested(order, nestedOf(order, lonDeg, latDeg, latitude)));
        },
      ),
    );
  });
});

describe("the ring numbering", () => {
  it("is the inverse of itself through the nested one, at every order, also in place", () => {
    fc.assert(
      fc.property(anyCell, ({ order, nested }) => {
        const ids = BigUint64Array.of(nested, NO_ID);
        ringFromNested(order, ids, ids);
        nestedFromRing(order, ids, ids);
        expect([...ids]).toEqual([nested, NO_ID]);
        nestedFromRing(order, ids, ids);
        ringFromNested(order, ids, ids);
        expect([...ids]).toEqual([nested, NO_ID]);
      }),
      { numRuns: runs(3000) },
    );
  });

  it("numbers all cells of the coarse orders once, from north to south and eastwards in a row", () => {
    for (let order = 0; order <= 5; order++) {
      const ring = BigUint64Array.from({ length: Number(cellCount(order)) }, (_, k) => BigInt(k));
      const nested = new BigUint64Array(ring.length);
      nestedFromRing(order, ring, nested);
      expect(new Set(nested).size).toBe(ring.length);
      const lon = new Float64Array(ring.length);
      const lat = new Float64Array(ring.length);
      ringCenters(order, ring, "geodetic", lon, lat);
      for (let k = 1; k < ring.length; k++) {
        const southward = lat[k - 1]! - lat[k]!;
        const sameRow = Math.abs(southward) < CENTER_TOLERANCE_DEG;
        expect(sameRow ? lon[k]! > lon[k - 1]! : southward > 0).toBe(true);
      }
    }
  });

  it("refuses ids beyond the last cell", () => {
    const out = new BigUint64Array(1);
    for (const order of [0, 14, 15, 16, 29]) {
      const beyond = BigUint64Array.of(cellCount(order));
      for (const convert of [ringFromNested, nestedFromRing]) {
        expect(() => convert(order, beyond, out)).toThrow(expect.objectContaining({ code: "CELL_ID_RANGE" }));
      }
      expect(() => faceCellOfNested(order, cellCount(order))).toThrow(
        expect.objectContaining({ code: "CELL_ID_RANGE" }),
      );
    }
    expect(out[0]).toBe(0n);
  });
});
