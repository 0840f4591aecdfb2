import fc from "fast-check";
import { NO_ID } from "@zagg/core";
import { describe, expect, it } from "vitest";
import { cellCount } from "../src/kernels/cell-index.js";
import {
  coarsenMortonWords,
  fillConsecutive,
  mortonWordsFromNested,
  nestedFromMortonWords,
} from "../src/kernels/morton-words.js";
import {
  coarsenMorton,
  formatMorton,
  isMortonPoint,
  mortonChildren,
  mortonFromNested,
  mortonOrder,
  nestedFromMorton,
  parseMorton,
} from "../src/morton.js";

/** Order, nested id, word and decimal form of published cells. */
const published: readonly (readonly [number, bigint, bigint, string])[] = [
  [0, 0n, 1152921504606846976n, "1"],
  [0, 6n, 8070450532247928832n, "-1"],
  [1, 3n, 2017612633061982209n, "14"],
  [6, 12721n, 4733564683343101958n, "4123412"],
  [6, 29105n, 9345250701770489862n, "-2123412"],
  [12, 141323372n, 10864589679013920780n, "-3234123412341"],
  [11, 46581446n, 13957131883511808011n, "-612341234123"],
  [19, 853738440390n, 4733760060088385555n, "41234123412341234123"],
  [27, 216172782113783807n, 14987979559889010651n, `-6${"4".repeat(27)}`],
  [28, 200065790505305798n, 4353974152691739750n, "34123412341234123412341234123"],
  [29, 800263162021223195n, 4353974152691739754n, "341234123412341234123412341234"],
  [29, 1152921504606846976n, 5764607523034234909n, `5${"1".repeat(29)}`],
  [29, 3458764513820540927n, 14987979559889010671n, `-6${"4".repeat(29)}`],
  [9, 953690n, 5347294481781620745n, "4331422233"],
  [9, 2359507n, 11530143033882312713n, "-4111114214"],
  [11, 15259047n, 5347296405926969355n, "433142223324"],
];

const invalidWords = [
  0n,
  5n,
  13n << 60n,
  15n << 60n,
  NO_ID,
  -1n,
  NO_ID + 2n,
  published[3]![2] | (1n << 20n),
  published[0]![2] | (1n << 59n),
  published[7]![2] + 64n,
];

const anyCell = fc
  .integer({ min: 0, max: 29 })
  .chain((order) =>
    fc.record({ order: fc.constant(order), nested: fc.bigInt({ min: 0n, max: cellCount(order) - 1n }) }),
  );
const code = (name: string): unknown => expect.objectContaining({ code: name });

/** The word of a cell by its definition, bit by bit. */
function wordByDefinition(order: number, nested: bigint): bigint {
  const pair = (level: number): bigint => (nested >> BigInt(2 * (order - level))) & 3n;
  let word = ((nested >> BigInt(2 * order)) + 1n) << 60n;
  for (let level = 1; level <= Math.min(order, 27); level++)
    word |= pair(level) << BigInt(6 + 2 * (27 - level));
  if (order < 28) return word | BigInt(order);
  return word | (order === 28 ? 28n + 5n * pair(28) : 29n + 5n * pair(28) + pair(29));
}

describe("morton words", () => {
  it.each(published)(
    "of order %i, nested %s, are the published ones and go back",
    (order, nested, word, decimal) => {
      expect(mortonFromNested(order, nested)).toBe(word);
      expect(nestedFromMorton(word)).toEqual({ order, nested });
      expect(mortonOrder(word)).toBe(order);
      expect(formatMorton(word)).toBe(decimal);
      expect(parseMorton(decimal)).toBe(word);
      expect(isMortonPoint(word)).toBe(false);
    },
  );

  it("are what their definition says, for any cell, and go back in every form", () => {
    fc.assert(
      fc.property(anyCell, ({ order, nested }) => {
        const word = mortonFromNested(order, nested);
        expect(word).toBe(wordByDefinition(order, nested));
        expect(nestedFromMorton(word)).toEqual({ order, nested });
        expect(parseMorton(formatMorton(word))).toBe(word);
        expect(formatMorton(word)).toMatch(new RegExp(`^-?[1-6][1-4]{${order}}$`));
      }),
      { numRuns: 3000 },
    );
  });

  it("sort as unsigned integers in nested order, parents before their children", () => {
    fc.assert(
      fc.property(anyCell, anyCell, (a, b) => {
        const left = mortonFromNested(a.order, a.nested);
        const right = mortonFromNested(b.order, b.nested);
        const start = (cell: typeof a): bigint => cell.nested << BigInt(2 * (29 - cell.order));
        const before = start(a) === start(b) ? a.order < b.order : start(a) < start(b);
        expect(left < right).toBe(before);
      }),
    );
  });

  it("coarsen to the word of the parent, and are never refined", () => {
    fc.assert(
      fc.property(anyCell, fc.integer({ min: 0, max: 29 }), ({ order, nested }, target) => {
        const word = mortonFromNested(order, nested);
        const coarse = coarsenMorton(target, word);
        const expected =
          target >= order ? word : mortonFromNested(target, nested >> BigInt(2 * (order - target)));
        expect(coarse).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it("have as children the contiguous block of nested cells, ascending", () => {
    fc.assert(
      fc.property(anyCell, fc.integer({ min: 0, max: 4 }), ({ order, nested }, levels) => {
        const target = Math.min(29, order + levels);
        const shift = BigInt(2 * (target - order));
        const children = mortonChildren(target, mortonFromNested(order, nested));
        expect(children).toHaveLength(4 ** (target - order));
        children.forEach((child, k) =>
          expect(child).toBe(mortonFromNested(target, (nested << shift) + BigInt(k))),
        );
      }),
    );
  });

  it("have the published chunks and cells of a shard of order 11", () => {
    const shard = 5347296405926969355n;
    const chunks = mortonChildren(13, shard);
    expect(chunks).toHaveLength(16);
    expect([...chunks.subarray(0, 3)]).toEqual([
      5347296405926969357n,
      5347296423106838541n,
      5347296440286707725n,
    ]);
    expect(chunks[15]).toBe(5347296663625007117n);
    const cells = mortonChildren(19, shard);
    expect([cells[0], cells[1], cells[65535]]).toEqual([
      5347296405926969363n,
      5347296405931163667n,
      5347296680800682003n,
    ]);
  });

  it("have no children at a coarser order", () => {
    expect(() => mortonChildren(8, 5347294481781620745n)).toThrow(code("MORTON_ORDER"));
  });

  it("of points lie in the order-29 cell of their path, end in p, and stay what they are", () => {
    const point = 3946954744256549943n;
    const cell = 3946954744256549925n;
    expect(isMortonPoint(point)).toBe(true);
    expect(nestedFromMorton(point)).toEqual(nestedFromMorton(cell));
    expect(formatMorton(point)).toBe(`${formatMorton(cell)}p`);
    expect(parseMorton(formatMorton(point))).toBe(point);
    expect(coarsenMorton(29, point)).toBe(point);
    expect(coarsenMorton(18, point)).toBe(3946954744240537618n);
    expect(coarsenMorton(28, point)).toBe(coarsenMorton(28, cell));
    expect([...mortonChildren(29, point)]).toEqual([point]);
    expect(() => parseMorton("41p")).toThrow(code("MORTON_INVALID"));
  });

  it.each(invalidWords)("are told from %s, which is none", (word) => {
    for (const read of [mortonOrder, nestedFromMorton, formatMorton, isMortonPoint]) {
      expect(() => read(word)).toThrow(code("MORTON_INVALID"));
    }
    expect(() => coarsenMorton(3, word)).toThrow(code("MORTON_INVALID"));
    expect(() => mortonChildren(29, word)).toThrow(code("MORTON_INVALID"));
  });

  it.each(["", "-", "0", "7", "15", "--1", "+1", "1 ", `1${"1".repeat(30)}`, "5347294481781620745"])(
    "are told from the text %j, which is no decimal form",
    (text) => expect(() => parseMorton(text)).toThrow(code("MORTON_INVALID")),
  );

  it("are not made of what is no cell of the order", () => {
    expect(() => mortonFromNested(0, 12n)).toThrow(code("CELL_ID_RANGE"));
    expect(() => mortonFromNested(29, NO_ID)).toThrow(code("CELL_ID_RANGE"));
    expect(() => mortonFromNested(3, -1n)).toThrow(code("CELL_ID_RANGE"));
    expect(() => mortonFromNested(30, 0n)).toThrow(RangeError);
  });
});

describe("arrays of morton words", () => {
  it("are converted as single ones are, with NO_ID kept, also in place", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 29 }),
        fc.array(fc.bigInt({ min: 0n, max: 2n ** 62n })),
        (order, seeds) => {
          const ids = BigUint64Array.from([...seeds.map((seed) => seed % cellCount(order)), NO_ID]);
          const words = new BigUint64Array(ids.length);
          mortonWordsFromNested(order, ids, words);
          expect([...words]).toEqual(
            [...ids].map((id) => (id === NO_ID ? NO_ID : mortonFromNested(order, id))),
          );
          const back = words.slice();
          nestedFromMortonWords(order, back, back);
          expect([...back]).toEqual([...ids]);
          coarsenMortonWords(7, words, words);
          expect([...words]).toEqual(
            [...ids].map((id) => (id === NO_ID ? NO_ID : coarsenMorton(7, mortonFromNested(order, id)))),
          );
        },
      ),
    );
  });

  it("of mixed orders are refused, and nothing is written", () => {
    const out = new BigUint64Array(2);
    const mixed = BigUint64Array.of(mortonFromNested(9, 5n), mortonFromNested(10, 5n));
    expect(() => nestedFromMortonWords(9, mixed, out)).toThrow(code("MORTON_ORDER"));
    expect([...out]).toEqual([0n, 0n]);
  });

  it("with a value that is no word are refused", () => {
    const out = new BigUint64Array(1);
    for (const word of invalidWords.filter((candidate) => candidate >= 0n && candidate < NO_ID)) {
      expect(() => coarsenMortonWords(3, BigUint64Array.of(word), out)).toThrow(code("MORTON_INVALID"));
    }
  });

  it("of unequal lengths are refused", () => {
    for (const convert of [mortonWordsFromNested, nestedFromMortonWords, coarsenMortonWords]) {
      expect(() => convert(3, new BigUint64Array(1), new BigUint64Array(2))).toThrow(RangeError);
    }
  });

  it("carry from the low lane to the high one when ids are counted up", () => {
    const ids = new BigUint64Array(4);
    fillConsecutive(2n ** 32n - 2n, ids);
    expect([...ids]).toEqual([2n ** 32n - 2n, 2n ** 32n - 1n, 2n ** 32n, 2n ** 32n + 1n]);
  });
});
