/** Number types that no processor has: any width, any place, any bias. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";

import { parseDatatype } from "../src/format/messages/datatype.js";
import { Damage, UnsupportedType } from "../src/format/problems.js";
import { convertFloats } from "../src/format/values/convert.js";
import { numberForm, type FloatForm } from "../src/format/values/number-form.js";
import { isNumeric } from "../src/format/values/numbers.js";
import { readSamples } from "./number-samples.js";
import { opened } from "./opened.js";
import { createScratch } from "./scratch.js";

const FIXTURES = fileURLToPath(new URL("fixtures", import.meta.url));

const scratch = createScratch();
afterAll(() => scratch.remove());

it("reads what HDF5 reads from samples of either file format", async () => {
  const { read, refused, wrong } = await readSamples(FIXTURES);
  expect(wrong).toEqual([]);
  expect([read, refused.length]).toEqual([31, 1]);
});

describe("a datatype message", () => {
  /** IEEE 754 binary32, little-endian: version 1 of class 1. */
  const single = [0x11, 0x20, 31, 0, 4, 0, 0, 0, 0, 0, 32, 0, 23, 8, 0, 23, 127, 0, 0, 0];
  const integer = [0x10, 0x08, 0, 0, 4, 0, 0, 0, 4, 0, 17, 0];
  /** The form of the numbers; what is said against it. */
  const formOf = (message: Uint8Array) => {
    try {
      const type = parseDatatype(message);
      return isNumeric(type) ? numberForm(type) : null;
    } catch (error) {
      if (error instanceof Damage || error instanceof UnsupportedType) return error.message;
      throw error;
    }
  };
  const changed = (message: readonly number[], at: number, value: number) => {
    const bytes = Buffer.from(message);
    bytes[at] = value;
    return formOf(bytes);
  };

  it("says where the bits of a number are", () => {
    expect(formOf(Uint8Array.from(integer))).toEqual({
      kind: "integer",
      size: 4,
      at: 4,
      bits: 17,
      bigEndian: false,
      signed: true,
    });
    expect(formOf(Uint8Array.from(single))).toMatchObject({
      kind: "float",
      sign: 31,
      bias: 127,
      implied: true,
    });
    expect(changed(single, 0, 0x13)).toBeNull();
  });

  it.each([
    ["a leading one that is always set", single, 1, 0x10],
    ["a normalization to come", single, 1, 0x30],
    ["the byte order of a VAX", single, 1, 0x61],
    ["a stored leading one, big-endian", single, 1, 0x01],
    [
      "exponents below the mantissa, big-endian",
      [...single.slice(0, 1), 0x21, ...single.slice(2, 12), 0, 8, 8, 23, ...single.slice(16)],
      0,
      0x11,
    ],
    ["exponents of 33 bits", [...single.slice(0, 4), 16, ...single.slice(5)], 13, 33],
    ["a mantissa out of its bytes", single, 14, 10],
    ["no mantissa", single, 15, 0],
    ["an integer out of its bytes", integer, 8, 16],
    ["an integer without bits", integer, 10, 0],
    ["an integer of 65 bits", [...integer.slice(0, 4), 16, ...integer.slice(5)], 10, 65],
  ])("is refused for %s", (_, message, at, value) => {
    expect(changed(message, at, value)).toEqual(expect.any(String));
  });
});

/** The place in a file of the class byte of n0, a half float, and of its normalization. */
function halfFloatAt(bytes: Buffer): number {
  return bytes.indexOf(
    Buffer.from([0x11, 0x20, 0x0f, 0x00, 2, 0, 0, 0, 0, 0, 16, 0, 10, 5, 0, 10, 15, 0, 0, 0]),
  );
}

it("refuses a dataset of a type that HDF5 does not convert, and says why", async () => {
  const bytes = readFileSync(`${FIXTURES}/numbers-old.h5`);
  bytes[halfFloatAt(bytes) + 1] = 0x10;
  const granule = await opened(scratch.write("unconverted.h5", bytes));
  await expect(granule.describe("n0")).rejects.toMatchObject({
    code: "DATASET_TYPE",
    why: expect.stringContaining("leading one"),
    details: { dataset: "/n0" },
  });
  expect(await granule.describe("n2")).toMatchObject({ dtype: "float32" });
  await granule.close();
});

it("refuses a dataset in another file, where it cannot tell what its numbers are", async () => {
  scratch.layouts("other.h5");
  const h5wasm = await import("h5wasm/node");
  await h5wasm.ready;
  const file = new h5wasm.File(scratch.path("linking.h5"), "w");
  file.create_group("g");
  file.create_external_link("other.h5", "contiguous/f4", "g/abroad");
  file.create_soft_link("/g/abroad", "soft");
  file.create_dataset({ name: "g/here", data: Float32Array.of(1) });
  file.create_soft_link("g/here", "relative");
  file.close();
  const granule = await opened(scratch.path("linking.h5"));
  for (const path of ["g/abroad", "soft"]) {
    await expect(granule.describe(path)).rejects.toMatchObject({ code: "DATASET_TYPE" });
  }
  expect(await granule.describe("relative")).toMatchObject({ shape: [1] });
  await granule.close();
});

describe("convertFloats", () => {
  /** A float of 16 bytes with 112 bits of mantissa, as quadruple precision has them. */
  const quad: FloatForm = {
    kind: "float",
    size: 16,
    bigEndian: false,
    sign: 127,
    exponentAt: 112,
    exponentBits: 15,
    mantissaAt: 0,
    mantissaBits: 112,
    bias: 16383,
    implied: true,
  };
  const convert = (bits: bigint): number => {
    const bytes = Buffer.from(bits.toString(16).padStart(32, "0"), "hex").reverse();
    const out = new Float64Array(1);
    convertFloats(bytes, quad, out, 0);
    return out[0]!;
  };
  const one = 16383n << 112n;

  it("rounds once, to the nearest double, halves to the even one", () => {
    expect(convert(one)).toBe(1);
    expect(convert(one + (1n << 59n))).toBe(1);
    expect(convert(one + (1n << 59n) + 1n)).toBe(1 + Number.EPSILON);
    expect(convert(one + (3n << 59n))).toBe(1 + 2 * Number.EPSILON);
    const smallest = (16383n - 1074n) << 112n;
    expect(convert(smallest)).toBe(Number.MIN_VALUE);
    expect(convert(smallest - (1n << 112n))).toBe(0);
    expect(convert(smallest - (1n << 112n) + 1n)).toBe(Number.MIN_VALUE);
    expect(convert(smallest + (1n << 111n))).toBe(2 * Number.MIN_VALUE);
    expect(convert(1n)).toBe(0);
  });

  it("makes what no double can be infinite, and keeps the sign of zero", () => {
    expect(convert(((16383n + 1023n) << 112n) + (1n << 112n) - 1n)).toBe(Infinity);
    expect(convert(((16383n + 1024n) << 112n) | (1n << 127n))).toBe(-Infinity);
    expect(convert(32767n << 112n)).toBe(Infinity);
    expect(convert((32767n << 112n) + 1n)).toBeNaN();
    expect(convert(1n << 127n)).toBe(-0);
  });
});
