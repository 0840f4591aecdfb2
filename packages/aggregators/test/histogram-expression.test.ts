/** Histograms of all cells at once: what evaluating them cell by cell gives, which NumPy's table of cases holds. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isCodedError, type CellSegments } from "@zagg/core";
import { compileArrayExpression } from "../src/expression/expression.js";
import { segmentsOf } from "./segments.js";

const COLUMNS = ["h", "z", "n"];
const CHUNK_VALUES = ["offset", "gain"];
const compile = (text: string) =>
  compileArrayExpression(text, { columns: COLUMNS, chunkValues: CHUNK_VALUES });

const fused = [
  "np.histogram(h, 8, (offset - 27.0 * gain, offset + 101.0 * gain))[0].astype('uint32')",
  "np.histogram(h - np.median(h), 8, (-4.0, 4.0))[0].astype('int64')",
  "np.histogram(a=h, bins=8, range=(0, 4))[0]",
  "np.histogram(z - h, 4 * 2, range=(-1.5, np.float32(2.5)))[0].astype(np.float64)",
  "np.uint32(np.histogram(n, 8, (-3, 3))[0])",
  "np.histogram(np.where(h > 1, h, z), 8, (gain, gain))[0]",
];
const cellByCell = [
  "np.histogram(h, 8, (np.min(h), np.max(h) + 1))[0]",
  "np.histogram(h, 8)[0]",
  "np.histogram(h, 8, (0, 4))[0].astype('uint8')",
  "np.histogram(h[:3], 8, (0, 4))[0]",
  "np.histogram(h - offset, 8, (0, 4))[0]",
  "np.histogram(h, 8, (0, 4), weights=z)[0]",
  "np.histogram(h, 8, (0, 4))[1][:8]",
  "np.histogram(h, [0.0, 1.0, 2.0], (0, 4))[0]",
];

interface Rows {
  readonly h: Float32Array;
  readonly z: Float64Array;
  readonly n: Int32Array;
  readonly offsets: Int32Array;
}

/** Numbers on the edges of bins, beside them, and none at all. */
const number = fc.oneof(
  fc.integer({ min: -8, max: 16 }).map((half) => half / 2),
  fc.float({ min: -10, max: 10 }),
  fc.constantFrom(NaN, Infinity, -Infinity, -0, 2 ** -149),
);
const rows: fc.Arbitrary<Rows> = fc
  .array(fc.array(fc.tuple(number, number, fc.integer({ min: -4, max: 4 })), { maxLength: 9 }), {
    minLength: 1,
    maxLength: 5,
  })
  .map((cells) => {
    const all = cells.flat();
    const offsets = Int32Array.from([0, ...cells.map((_, i) => cells.slice(0, i + 1).flat().length)]);
    return {
      h: Float32Array.from(all, ([h]) => h),
      z: Float64Array.from(all, ([, z]) => z),
      n: Int32Array.from(all, ([, , n]) => n),
      offsets,
    };
  });

function chunkOf({ offsets, ...columns }: Rows, numbers: Readonly<Record<string, number>>): CellSegments {
  const value = (number: number) => ({ dtype: "float32", shape: [], data: Float32Array.of(number) }) as const;
  const chunkValues = Object.fromEntries(Object.entries(numbers).map(([name, one]) => [name, value(one)]));
  return segmentsOf([...offsets], columns, chunkValues);
}

const HELD = -7;
function counts(text: string, segments: CellSegments, atOnce: boolean): Float64Array | string {
  const { evaluate, histogram } = compile(text);
  const out = new Float64Array(segments.cells * 8).fill(HELD);
  try {
    if (atOnce) histogram?.evaluate(segments, out);
    else {
      for (let cell = 0; cell < segments.cells; cell++) {
        if (segments.offsets[cell] === segments.offsets[cell + 1]) continue;
        out.set(evaluate(segments, cell).data, cell * 8);
      }
    }
    return out;
  } catch (error) {
    return isCodedError(error) ? error.code : String(error);
  }
}

describe.each(fused)("%s", (text) => {
  it("counts all cells at once as one by one, and leaves empty cells as they are", () => {
    expect(compile(text).histogram?.bins).toBe(8);
    fc.assert(
      fc.property(
        rows,
        fc.constantFrom(0.5, 1, 2),
        fc.integer({ min: -40, max: 40 }),
        (cells, gain, offset) => {
          fc.pre(cells.h.length > 0);
          const segments = chunkOf(cells, { gain, offset });
          expect(counts(text, segments, true)).toEqual(counts(text, segments, false));
        },
      ),
    );
  });
});

it.each(cellByCell)("%s is evaluated cell by cell", (text) => {
  expect(compile(text).histogram).toBeUndefined();
});

it("refuses a range that is not finite by the same code", () => {
  const cells = {
    h: Float32Array.of(1),
    z: Float64Array.of(1),
    n: Int32Array.of(1),
    offsets: Int32Array.of(0, 1),
  };
  const segments = chunkOf(cells, { gain: NaN, offset: 0 });
  const text = fused[0]!;
  expect([counts(text, segments, true), counts(text, segments, false)]).toEqual([
    "EXPRESSION_VALUE",
    "EXPRESSION_VALUE",
  ]);
});
