import { isCodedError } from "@zagg/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  coarsenMoc,
  decodeMocFits,
  emptyMoc,
  encodeMocFits,
  formatMocAscii,
  formatMocJson,
  fullMoc,
  mocFromNested,
  parseMocAscii,
  parseMocJson,
  uniteMocs,
} from "../src/moc.js";
import { anyMoc } from "./mocs.js";

/** MOCs whose resolution may be finer than their cells. */
const mocOfSomeOrder = fc
  .tuple(anyMoc, fc.integer({ min: 0, max: 29 }))
  .map(([moc, order]) => uniteMocs(moc, emptyMoc(order)));

/** The code of what a function throws, and where it says the fault is. */
function fault(make: () => unknown): readonly [code: string, offset: unknown] | undefined {
  try {
    make();
  } catch (error) {
    if (!isCodedError(error)) throw error;
    return [error.code, error.details?.["offset"]];
  }
  return undefined;
}

describe("ASCII", () => {
  it("comes back as it went, resolution included", () => {
    fc.assert(
      fc.property(mocOfSomeOrder, (moc) => {
        expect(parseMocAscii(formatMocAscii(moc))).toEqual(moc);
      }),
    );
  });

  it("is read with commas and line breaks, in any order, overlapping, and marked as space", () => {
    const plain = parseMocAscii("5/1-3 6/40");
    for (const text of ["5/1,2,3\n6/40", " s5/ 3 1-2\r\n6/40 ", "6/40 5/2-3,1-2 6/4-7", "5/1-3 6/ 40,"]) {
      expect(parseMocAscii(text)).toEqual(plain);
    }
    expect(parseMocAscii("4/")).toEqual(emptyMoc(4));
    expect(parseMocAscii("8/ 0/0-11")).toEqual(fullMoc(8));
  });

  it("writes runs, and the resolution last", () => {
    const moc = mocFromNested(3, BigUint64Array.of(0n, 1n, 2n, 3n, 9n, 11n, 12n));
    expect(formatMocAscii(moc)).toBe("2/0 3/9 11-12");
    expect(formatMocAscii(uniteMocs(moc, emptyMoc(7)))).toBe("2/0 3/9 11-12 7/");
    expect(formatMocAscii(emptyMoc(3))).toBe("3/");
  });

  it.each([
    ["", "MOC_SYNTAX", 0],
    ["   ", "MOC_SYNTAX", 3],
    ["hello", "MOC_SYNTAX", 0],
    ["5", "MOC_SYNTAX", 1],
    ["5/1 2-", "MOC_SYNTAX", 6],
    ["5/1--2", "MOC_SYNTAX", 4],
    ["5/1-2-3", "MOC_SYNTAX", 5],
    ["5/3-1", "MOC_SYNTAX", 5],
    ["5/1 x", "MOC_SYNTAX", 4],
    ["5/-1", "MOC_SYNTAX", 2],
    ["5/1.5", "MOC_SYNTAX", 3],
    ["t61/1-3", "MOC_SYNTAX", 0],
    ["<html>", "MOC_SYNTAX", 0],
    ["5/1 30/1", "MOC_CELL", 4],
    ["99999999999999999999/1", "MOC_CELL", 0],
    ["5/1\n5/12288", "MOC_CELL", 6],
    [`5/${"9".repeat(100_000)}`, "MOC_CELL", 2],
  ])("refuses %.20j with %s at %d", (text, code, offset) => {
    expect(fault(() => parseMocAscii(text))).toEqual([code, offset]);
  });

  it("says line and column", () => {
    expect(() => parseMocAscii("3/1\n4/2 3072")).toThrow(/line 2, column 5/);
  });
});

describe("JSON", () => {
  it("comes back as it went, resolution included", () => {
    fc.assert(
      fc.property(mocOfSomeOrder, (moc) => {
        expect(parseMocJson(formatMocJson(moc))).toEqual(moc);
      }),
    );
  });

  it("is JSON that others read, up to the orders whose ids fit a double", () => {
    fc.assert(
      fc.property(mocOfSomeOrder, (moc) => {
        const coarse = coarsenMoc(moc, 24);
        const read = JSON.parse(formatMocJson(coarse)) as Record<string, number[]>;
        const parts = Object.entries(read).map(([order, ids]) =>
          mocFromNested(Number(order), BigUint64Array.from(ids, BigInt)),
        );
        expect(uniteMocs(...parts)).toEqual(coarse);
      }),
    );
  });

  it("keeps ids that a double does not hold, and takes spaces and repeated orders", () => {
    const text = '\n{ "29" : [ 3458764513820540927 ,3458764513820540925], "29":[1] , "3":[] }\n';
    expect(formatMocJson(parseMocJson(text))).toBe('{"29":[1,3458764513820540925,3458764513820540927]}');
    expect(parseMocJson("{}")).toEqual(emptyMoc(0));
  });

  it.each([
    ["", "MOC_SYNTAX", 0],
    ["[]", "MOC_SYNTAX", 0],
    ["null", "MOC_SYNTAX", 0],
    ['{"5":[1,2]', "MOC_SYNTAX", 10],
    ['{"5":[1,]}', "MOC_SYNTAX", 8],
    ['{"5":[1],}', "MOC_SYNTAX", 9],
    ['{"5":1}', "MOC_SYNTAX", 5],
    ['{"5":["1"]}', "MOC_SYNTAX", 6],
    ['{"5":[-1]}', "MOC_SYNTAX", 6],
    ['{"5":[1e3]}', "MOC_SYNTAX", 7],
    ["{5:[1]}", "MOC_SYNTAX", 1],
    ['{"x":[1]}', "MOC_SYNTAX", 2],
    ['{"5":[1]} {}', "MOC_SYNTAX", 10],
    ['{"30":[1]}', "MOC_CELL", 2],
    ['{"5":[12288]}', "MOC_CELL", 6],
    [`{"5":[${"1".repeat(50_000)}]}`, "MOC_CELL", 6],
    ["[".repeat(100_000), "MOC_SYNTAX", 0],
  ])("refuses %.20j with %s at %d", (text, code, offset) => {
    expect(fault(() => parseMocJson(text))).toEqual([code, offset]);
  });
});

describe("FITS", () => {
  it("comes back as it went, in either form, from any place in memory", () => {
    fc.assert(
      fc.property(mocOfSomeOrder, fc.constantFrom("RANGE" as const, "NUNIQ" as const), (moc, ordering) => {
        const bytes = encodeMocFits(moc, ordering);
        expect(bytes.length % 2880).toBe(0);
        expect(decodeMocFits(bytes)).toEqual(moc);
        const elsewhere = new Uint8Array(bytes.length + 3);
        elsewhere.set(bytes, 3);
        expect(decodeMocFits(elsewhere.subarray(3))).toEqual(moc);
      }),
    );
  });

  const sample = mocFromNested(3, BigUint64Array.of(0n, 1n, 2n, 3n, 9n));
  const edited = (ordering: "RANGE" | "NUNIQ", find: string, put: string): Uint8Array => {
    const bytes = Buffer.from(encodeMocFits(sample, ordering));
    const at = bytes.indexOf(find);
    expect(at).toBeGreaterThan(0);
    bytes.write(put.padEnd(find.length), at, "latin1");
    return bytes;
  };

  it("has cards of 80 characters", () => {
    const header = Buffer.from(encodeMocFits(sample, "NUNIQ").subarray(0, 5760)).toString("latin1");
    const cards = header.match(/.{80}/gs)?.map((card) => card.trimEnd());
    expect(cards?.slice(0, 5)).toEqual([
      "SIMPLE  =                    T",
      "BITPIX  =                    8",
      "NAXIS   =                    0",
      "EXTEND  =                    T",
      "END",
    ]);
    expect(cards?.slice(36, 54)).toEqual([
      "XTENSION= 'BINTABLE'",
      "BITPIX  =                    8",
      "NAXIS   =                    2",
      "NAXIS1  =                    8",
      "NAXIS2  =                    2",
      "PCOUNT  =                    0",
      "GCOUNT  =                    1",
      "TFIELDS =                    1",
      "TFORM1  = '1K      '",
      "TTYPE1  = 'UNIQ    '",
      "MOCVERS = '2.0     '",
      "MOCDIM  = 'SPACE   '",
      "ORDERING= 'NUNIQ   '",
      "COORDSYS= 'C       '",
      "MOCORD_S=                    3",
      "MOCORDER=                    3",
      "MOCTOOL = 'zagg    '",
      "END",
    ]);
  });

  it("is read with 32-bit cells, several values per row, comments, and without an order", () => {
    const bytes = Buffer.from(edited("NUNIQ", "TFORM1  = '1K      '", "TFORM1  = '2J' / two"));
    bytes.write("XXXXXXXX", bytes.indexOf("MOCORD_S"), "latin1");
    bytes.write("XXXXXXXX", bytes.indexOf("MOCORDER"), "latin1");
    bytes.write("NAXIS2  =                    1", bytes.indexOf("NAXIS2"), "latin1");
    bytes.writeUInt32BE(4 * 4 ** 2 + 0, 5760);
    bytes.writeUInt32BE(4 * 4 ** 3 + 9, 5764);
    expect(decodeMocFits(bytes)).toEqual(sample);
  });

  it("passes over other tables and images", () => {
    const other = Buffer.from(encodeMocFits(fullMoc(4)));
    other.write("XXXXXXXX", other.indexOf("ORDERING"), "latin1");
    const bytes = Buffer.concat([other, encodeMocFits(sample).subarray(2880)]);
    expect(decodeMocFits(bytes)).toEqual(sample);
  });

  it.each([
    ["another ordering", () => edited("RANGE", "ORDERING= 'RANGE   '", "ORDERING= 'RING'"), 2880],
    ["a MOC of time", () => edited("RANGE", "'SPACE   '", "'TIME'"), 2880],
    ["galactic coordinates", () => edited("RANGE", "'C       '", "'G'"), 2880],
    ["two columns", () => edited("RANGE", "TFIELDS =                    1", "TFIELDS = 2"), 2880],
    ["a column of doubles", () => edited("RANGE", "'1K      '", "'1D'"), 2880],
    ["rows of another length", () => edited("RANGE", "NAXIS1  =                    8", "NAXIS1  = 9"), 2880],
    ["an order of 30", () => edited("RANGE", "MOCORD_S=                    3", "MOCORD_S= 30"), 2880],
    [
      "a count that is no number",
      () => edited("RANGE", "NAXIS2  =                    4", "NAXIS2  = x"),
      2880,
    ],
    ["a negative count", () => edited("RANGE", "NAXIS2  =                    4", "NAXIS2  = -4"), 2880],
    ["a million axes", () => edited("RANGE", "NAXIS   =                    2", "NAXIS   = 1000000"), 2880],
    [
      "more values than bytes",
      () => edited("RANGE", "NAXIS2  =                    4", "NAXIS2  = 9999999999"),
      8640,
    ],
    ["an odd number of bounds", () => edited("RANGE", "NAXIS2  =                    4", "NAXIS2  = 3"), 5760],
    [
      "ranges finer than the order",
      () => edited("RANGE", "MOCORD_S=                    3", "MOCORD_S= 1"),
      5760,
    ],
    [
      "cells finer than the order",
      () => edited("NUNIQ", "MOCORD_S=                    3", "MOCORD_S= 2"),
      5768,
    ],
    ["the end in the table", () => encodeMocFits(sample).subarray(0, 5775), 5775],
    ["the end in a header", () => encodeMocFits(sample).subarray(0, 3000), 2880],
    ["the end after a header", () => encodeMocFits(sample).subarray(0, 2880), 2880],
    ["nothing", () => new Uint8Array(0), 0],
    ["HTML", () => Buffer.from("<!doctype html>".padEnd(6000)), 0],
    ["zeros", () => new Uint8Array(8640), 0],
  ])("refuses %s, with the byte", (_name, make, offset) => {
    expect(fault(() => decodeMocFits(make()))).toEqual(["MOC_FITS", offset]);
  });

  it("refuses values that are no cells, with the byte", () => {
    for (const value of [0n, 3n, 1n << 63n, (1n << 62n) + 1n]) {
      const bytes = Buffer.from(encodeMocFits(sample, "NUNIQ"));
      bytes.writeBigUInt64BE(value, 5768);
      expect(fault(() => decodeMocFits(bytes))).toEqual(["MOC_FITS", 5768]);
    }
    const reversed = Buffer.from(encodeMocFits(sample));
    reversed.writeBigUInt64BE(1n << 63n, 5768);
    expect(fault(() => decodeMocFits(reversed))).toEqual(["MOC_FITS", 5760]);
  });

  it("answers any bytes with a MOC or a coded error", () => {
    const template = Buffer.from(encodeMocFits(sample));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(template.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 }),
        fc.nat(template.length),
        (edits, end) => {
          const bytes = Buffer.from(template);
          for (const [at, value] of edits) bytes[at] = value;
          const found =
            fault(() => decodeMocFits(bytes)) ?? fault(() => decodeMocFits(bytes.subarray(0, end)));
          expect(found?.[0] ?? "MOC_FITS").toBe("MOC_FITS");
        },
      ),
      { numRuns: 500 },
    );
  });
});
