import { isCodedError, NO_ID } from "@zagg/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { coverRegion } from "../src/cover/cover-region.js";
import { healpix } from "../src/healpix.js";
import {
  flatMortonWords,
  mocCellCount,
  mocFromMortonWords,
  mocFromNested,
  mocFromRegion,
  mocsEqual,
  mortonWordsFromMoc,
  nestedFromMoc,
} from "../src/moc.js";
import { coarsenMorton, mortonChildren, mortonFromNested, mortonOrder } from "../src/morton.js";
import { anyCell, anyMoc } from "./mocs.js";
import { circle, ringOf, vectorOf } from "./spherical-oracle.js";

describe("morton words of a MOC", () => {
  it("come back as the MOC, sorted as unsigned integers and in the order of their places", () => {
    fc.assert(
      fc.property(anyMoc, (moc) => {
        const words = mortonWordsFromMoc(moc);
        expect([...words]).toEqual([...words].sort((a, b) => (a < b ? -1 : 1)));
        expect(mocsEqual(mocFromMortonWords(words), moc)).toBe(true);
        expect(mocsEqual(mocFromMortonWords(words.slice().reverse()), moc)).toBe(true);
      }),
    );
  });

  it("lose descendants and have complete quartets of siblings merged, again and again", () => {
    const cell = mortonFromNested(5, 12_000n);
    const grandchildren = mortonChildren(7, cell);
    const words = BigUint64Array.from([...grandchildren, cell, grandchildren[3]!]);
    expect([...mortonWordsFromMoc(mocFromMortonWords(words))]).toEqual([cell]);
    expect([...mortonWordsFromMoc(mocFromMortonWords(BigUint64Array.from(grandchildren)))]).toEqual([cell]);
    const three = BigUint64Array.from(mortonChildren(6, cell)).subarray(1);
    expect([...mortonWordsFromMoc(mocFromMortonWords(three))]).toEqual([...three]);
  });

  it("take a point as the cell of order 29 that holds it, and leave out NO_ID", () => {
    const cell = mortonFromNested(29, 12_345n);
    const point = (cell & ~63n) | (48n + (12_345n & 15n));
    const moc = mocFromMortonWords(BigUint64Array.of(NO_ID, point));
    expect([...mortonWordsFromMoc(moc)]).toEqual([cell]);
    expect(moc.order).toBe(29);
    expect(mocFromMortonWords(BigUint64Array.of(NO_ID)).ranges).toHaveLength(0);
  });

  it("are refused when they are none", () => {
    for (const word of [0n, 1n, 13n << 60n, mortonFromNested(3, 5n) | (1n << 20n)]) {
      const make = (): unknown => mocFromMortonWords(BigUint64Array.of(mortonFromNested(1, 1n), word));
      expect(make).toThrow(expect.toSatisfy((error) => isCodedError(error, "MORTON_INVALID")));
    }
  });

  it("at one order are the children of coarser cells and the parents of finer ones, each once", () => {
    fc.assert(
      fc.property(fc.array(anyCell, { maxLength: 8 }), fc.integer({ min: 0, max: 29 }), (cells, order) => {
        const near = cells.filter(([own]) => order - own <= 4);
        const words = near.map(([own, id]) => mortonFromNested(own, id));
        const expected = words.flatMap((word) =>
          mortonOrder(word) <= order ? [...mortonChildren(order, word)] : [coarsenMorton(order, word)],
        );
        const made = flatMortonWords(mocFromMortonWords(BigUint64Array.from(words)), order);
        expect([...made]).toEqual([...new Set(expected)].sort((a, b) => (a < b ? -1 : 1)));
      }),
    );
  });

  it("of the shards of a grid are the area of its map", () => {
    const grid = healpix.create({ parent_order: 6, child_order: 12 }, []);
    const region = [[circle(vectorOf(40, 70), 0.2, 30)]];
    const keys = grid.coverer(region).shardKeys;
    const moc = mocFromMortonWords(keys);
    expect(moc).toEqual(mocFromRegion(region, 6, "authalic"));
    expect(flatMortonWords(moc, 6)).toEqual(keys);
    expect(mortonWordsFromMoc(moc).length).toBeLessThan(keys.length / 2);
  });
});

describe("the MOC of a region", () => {
  const region = [
    [circle(vectorOf(10, 50), 0.3, 40), circle(vectorOf(10, 50), 0.1, 12)],
    [circle(vectorOf(30, 60), 0.2, 9)],
    [ringOf([170, -80], [-170, -85], [-90, -70])],
  ];

  it("has exactly the cells of its coverage, at every order and in both conventions", () => {
    for (const latitude of ["authalic", "geodetic"] as const) {
      for (let order = 0; order <= 8; order++) {
        const cells = coverRegion(region, order, latitude);
        const moc = mocFromRegion(region, order, latitude);
        expect(moc).toEqual(mocFromNested(order, cells));
        expect(nestedFromMoc(moc, order)).toEqual(cells);
      }
    }
  });

  it("goes where a list of cells would be too long", () => {
    const wide = [[circle(vectorOf(10, 50), 0.6, 4)]];
    const moc = mocFromRegion(wide, 14, "authalic");
    expect(mocCellCount(moc)).toBeGreaterThan(50_000_000n);
    expect(() => coverRegion(wide, 14, "authalic")).toThrow(/50 million/);
    expect(moc.ranges.length).toBeLessThan(400_000);
  });

  it("is empty for an empty region, at the order asked for", () => {
    expect(mocFromRegion([], 7, "authalic")).toEqual({ order: 7, ranges: new BigUint64Array(0) });
    expect(mocFromRegion([[]], 7, "authalic")).toEqual({ order: 7, ranges: new BigUint64Array(0) });
  });
});
