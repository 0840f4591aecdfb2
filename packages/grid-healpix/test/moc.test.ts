import { isCodedError, NO_ID } from "@zagg/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  coarsenMoc,
  complementMoc,
  emptyMoc,
  fullMoc,
  intersectMocs,
  locateInMoc,
  mocCellCount,
  mocCells,
  mocFromNested,
  mocFromRanges,
  mocLevels,
  mocsEqual,
  mocSkyFraction,
  nestedFromMoc,
  subtractMocs,
  uniteMocs,
  xorMocs,
  type Moc,
} from "../src/moc.js";
import { nestedCenters } from "../src/kernels/cell-coordinates.js";
import { anyCell, anyMoc } from "./mocs.js";

/** Cells of order 29, counted one range at a time. */
const sizeOf = ({ ranges }: Moc): bigint =>
  ranges.reduce((sum, bound, k) => (k % 2 === 0 ? sum - bound : sum + bound), 0n);

const holdsCell = ({ ranges }: Moc, finest: bigint): boolean =>
  ranges.some((start, k) => k % 2 === 0 && start <= finest && finest < ranges[k + 1]!);

const expectSame = (a: Moc, b: Moc): void => expect([...a.ranges]).toEqual([...b.ranges]);

describe("sets of cells", () => {
  it("have bounds that ascend strictly, whatever is done to them", () => {
    fc.assert(
      fc.property(anyMoc, anyMoc, fc.integer({ min: 0, max: 29 }), (a, b, order) => {
        const made = [uniteMocs(a, b), intersectMocs(a, b), subtractMocs(a, b), xorMocs(a, b)];
        for (const moc of [...made, complementMoc(a), coarsenMoc(a, order)]) {
          expect(moc.ranges.length % 2).toBe(0);
          for (let k = 1; k < moc.ranges.length; k++) expect(moc.ranges[k]! > moc.ranges[k - 1]!).toBe(true);
          const step = 4n ** BigInt(29 - moc.order);
          expect(moc.ranges.every((bound) => bound % step === 0n && bound <= 12n * 4n ** 29n)).toBe(true);
        }
      }),
    );
  });

  it("hold a cell exactly when logic says so", () => {
    fc.assert(
      fc.property(anyMoc, anyMoc, anyCell, (a, b, [order, id]) => {
        const near = [...a.ranges, ...b.ranges].flatMap((bound) => [bound, bound - 1n]);
        const cells = [id * 4n ** BigInt(29 - order), ...near.filter((c) => c >= 0n && c < 12n * 4n ** 29n)];
        for (const cell of cells) {
          const [inA, inB] = [holdsCell(a, cell), holdsCell(b, cell)];
          expect(holdsCell(uniteMocs(a, b), cell)).toBe(inA || inB);
          expect(holdsCell(intersectMocs(a, b), cell)).toBe(inA && inB);
          expect(holdsCell(subtractMocs(a, b), cell)).toBe(inA && !inB);
          expect(holdsCell(xorMocs(a, b), cell)).toBe(inA !== inB);
          expect(holdsCell(complementMoc(a), cell)).toBe(!inA);
        }
      }),
    );
  });

  it("obey De Morgan", () => {
    fc.assert(
      fc.property(anyMoc, anyMoc, (a, b) => {
        expectSame(complementMoc(uniteMocs(a, b)), intersectMocs(complementMoc(a), complementMoc(b)));
        expectSame(complementMoc(intersectMocs(a, b)), uniteMocs(complementMoc(a), complementMoc(b)));
      }),
    );
  });

  it("commute, associate, and are idempotent", () => {
    fc.assert(
      fc.property(anyMoc, anyMoc, anyMoc, (a, b, c) => {
        expect(uniteMocs(a, b)).toEqual(uniteMocs(b, a));
        expect(intersectMocs(a, b)).toEqual(intersectMocs(b, a));
        expect(uniteMocs(a, b, c)).toEqual(uniteMocs(a, uniteMocs(b, c)));
        expect(uniteMocs(a, a)).toEqual(a);
        expect(intersectMocs(a, a)).toEqual(a);
        expectSame(xorMocs(a, a), emptyMoc(0));
        expectSame(complementMoc(complementMoc(a)), a);
        expectSame(uniteMocs(a, complementMoc(a)), fullMoc(0));
      }),
    );
  });

  it("count each cell once: |A| + |B| = |A ∪ B| + |A ∩ B|", () => {
    fc.assert(
      fc.property(anyMoc, anyMoc, (a, b) => {
        expect(sizeOf(a) + sizeOf(b)).toBe(sizeOf(uniteMocs(a, b)) + sizeOf(intersectMocs(a, b)));
        expect(mocCellCount(a) * 4n ** BigInt(29 - a.order)).toBe(sizeOf(a));
        expect(mocSkyFraction(a) + mocSkyFraction(complementMoc(a))).toBeCloseTo(1, 15);
      }),
    );
  });

  it("are covered by what they are coarsened to, which has no cell too many", () => {
    fc.assert(
      fc.property(anyMoc, fc.integer({ min: 0, max: 29 }), (moc, order) => {
        const coarse = coarsenMoc(moc, order);
        expect(coarse.order).toBe(Math.min(order, moc.order));
        expectSame(subtractMocs(moc, coarse), emptyMoc(0));
        for (const { order: own, nested } of mocLevels(coarse)) {
          if (own !== coarse.order) continue;
          for (const id of nested) {
            const cell = mocFromNested(own, BigUint64Array.of(id));
            expect(intersectMocs(cell, moc).ranges.length).toBeGreaterThan(0);
          }
        }
      }),
    );
  });

  it("consist of the fewest cells, in the order of their places", () => {
    fc.assert(
      fc.property(anyMoc, (moc) => {
        const { orders, nested } = mocCells(moc);
        let at = 0;
        let siblings = 0;
        for (let k = 0; k < nested.length; k++) {
          const step = 4n ** BigInt(29 - orders[k]!);
          while (moc.ranges[at + 1]! <= nested[k]! * step) at += 2;
          expect(
            moc.ranges[at]! <= nested[k]! * step && (nested[k]! + 1n) * step <= moc.ranges[at + 1]!,
          ).toBe(true);
          const isSibling =
            k > 0 &&
            orders[k] === orders[k - 1] &&
            nested[k]! >> 2n === nested[k - 1]! >> 2n &&
            orders[k]! > 0;
          siblings = isSibling ? siblings + 1 : 0;
          expect(siblings).toBeLessThan(3);
        }
        const again = mocLevels(moc).map(({ order, nested: ids }) => mocFromNested(order, ids));
        expectSame(uniteMocs(...again), moc);
      }),
    );
  });
});

describe("a MOC of cells", () => {
  it("gives the cells back, each once and ascending", () => {
    const ids = BigUint64Array.of(700n, 3n, 2n, 3n, NO_ID, 0n, 1n);
    const moc = mocFromNested(3, ids);
    expect([...nestedFromMoc(moc, 3)]).toEqual([0n, 1n, 2n, 3n, 700n]);
    expect([...mocCells(moc).orders]).toEqual([2, 3]);
    expect(ids[0]).toBe(700n);
    expect([...nestedFromMoc(moc, 1)]).toEqual([0n, 43n]);
    expect(nestedFromMoc(moc, 4)).toHaveLength(20);
  });

  it("is the same as that of its children", () => {
    fc.assert(
      fc.property(anyCell, ([order, id]) => {
        fc.pre(order < 29);
        const children = BigUint64Array.of(4n * id + 2n, 4n * id, 4n * id + 3n, 4n * id + 1n);
        const parent = mocFromNested(order, BigUint64Array.of(id));
        expect(mocsEqual(mocFromNested(order + 1, children), parent)).toBe(true);
        expect(mocsEqual(mocFromNested(order + 1, children.subarray(1)), parent)).toBe(false);
      }),
    );
  });

  it("refuses cells that are not of the order, and too many for a list", () => {
    const refusal = (make: () => unknown): unknown => {
      try {
        make();
      } catch (error) {
        return isCodedError(error) ? error.code : error;
      }
      return undefined;
    };
    expect(refusal(() => mocFromNested(2, BigUint64Array.of(192n)))).toBe("CELL_ID_RANGE");
    expect(refusal(() => nestedFromMoc(fullMoc(0), 12))).toBe("GRID_COVERAGE_LIMIT");
    expect(refusal(() => nestedFromMoc(fullMoc(0), 30))).toBeInstanceOf(RangeError);
    expect(refusal(() => mocFromRanges(28, BigUint64Array.of(4n, 9n)))).toBe("MOC_RANGE");
    expect(refusal(() => mocFromRanges(29, BigUint64Array.of(9n, 4n)))).toBe("MOC_RANGE");
    expect(refusal(() => mocFromRanges(29, BigUint64Array.of(4n, 2n ** 63n)))).toBe("MOC_RANGE");
    expect(refusal(() => mocFromRanges(29, BigUint64Array.of(4n)))).toBeInstanceOf(RangeError);
  });

  it("of ranges sorts and unites them, and leaves out empty ones", () => {
    const moc = mocFromRanges(29, BigUint64Array.of(40n, 50n, 7n, 7n, 0n, 4n, 4n, 9n, 45n, 60n, 46n, 47n));
    expect([...moc.ranges]).toEqual([0n, 9n, 40n, 60n]);
  });
});

describe("points in a MOC", () => {
  it("are those whose cells are, under the same latitude convention", () => {
    fc.assert(
      fc.property(
        anyMoc,
        fc.array(anyCell, { minLength: 1, maxLength: 8 }),
        fc.constantFrom("authalic" as const, "geodetic" as const),
        (moc, cells, latitude) => {
          for (const [order, id] of [...cells, ...cellsOfMoc(moc)]) {
            if (order > 20) continue; // a centre in degrees is not exact enough beyond
            const [lon, lat, held] = [new Float64Array(1), new Float64Array(1), new Uint8Array(1)];
            nestedCenters(order, BigUint64Array.of(id), latitude, lon, lat);
            const cell = mocFromNested(order, BigUint64Array.of(id));
            expect(locateInMoc(cell, lon, lat, latitude, held)).toBe(1);
            const part = mocSkyFraction(intersectMocs(cell, moc)) / mocSkyFraction(cell);
            if (part === 0 || part === 1) expect(locateInMoc(moc, lon, lat, latitude, held)).toBe(part);
          }
        },
      ),
    );
  });

  it("are none where there is no place", () => {
    const lon = Float64Array.of(NaN, 0, 0, Infinity, 0);
    const lat = Float64Array.of(0, NaN, 91, 0, 90);
    const held = new Uint8Array(5).fill(7);
    expect(locateInMoc(fullMoc(5), lon, lat, "authalic", held)).toBe(1);
    expect([...held]).toEqual([0, 0, 0, 0, 1]);
    expect(locateInMoc(emptyMoc(5), lon, lat, "authalic", held)).toBe(0);
    expect(() => locateInMoc(fullMoc(0), lon, lat, "authalic", new Uint8Array(4))).toThrow(RangeError);
  });

  it("are found beyond the first block of points", () => {
    const n = 10_000;
    const lon = Float64Array.from({ length: n }, (_, k) => (k * 360) / n);
    const held = new Uint8Array(n);
    const octant = mocFromNested(0, BigUint64Array.of(4n));
    expect(locateInMoc(octant, lon, new Float64Array(n), "geodetic", held)).toBeGreaterThan(2400);
    expect([held[0], held[1250 - 10], held[1250 + 10], held[5000], held[n - 1]]).toEqual([1, 1, 0, 0, 1]);
  });
});

function cellsOfMoc(moc: Moc): [number, bigint][] {
  const { orders, nested } = mocCells(moc);
  return Array.from(nested.subarray(0, 8), (id, k) => [orders[k]!, id]);
}
