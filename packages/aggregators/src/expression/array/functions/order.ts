/** Order and sets, and where elements are. */
import { storage, strong } from "../../types.js";
import { flag, toArray } from "../convert.js";
import { sizeOf, type ArrayFunction, type NdArray, type Operand } from "../nd-array.js";
import { flat, runs } from "./along.js";

/** Indices that sort data[start … start + length − 1], equal elements in their order, NaN last. */
function sortedIndices(data: ArrayLike<number>, start: number, length: number): Int32Array {
  const indices = Int32Array.from({ length }, (_, i) => i);
  return indices.sort((i, j) => {
    const [a, b] = [data[start + i]!, data[start + j]!];
    if (a < b || (b !== b && a === a)) return -1;
    if (a > b || (a !== a && b === b)) return 1;
    return i - j;
  });
}

const sort = runs(["a", "axis"], -1, strong, ({ data, length }, start, out) => {
  out.set((data.slice(start, start + length) as Float64Array).sort(), start);
});

const argsort = runs(
  ["a", "axis", "kind"],
  -1,
  () => "int64",
  ({ data, length }, start, out) => {
    out.set(sortedIndices(data, start, length), start);
  },
);

const unique: ArrayFunction = {
  parameters: ["ar"],
  required: 1,
  named: ["return_counts", "return_index", "return_inverse"],
  apply(args, complain) {
    const array = toArray(args.get("ar"), complain);
    const order = sortedIndices(array.data, 0, array.data.length);
    const values: number[] = [];
    const [counts, first]: [number[], number[]] = [[], []];
    const inverse = new Float64Array(array.data.length);
    for (const index of order) {
      const value = array.data[index]!;
      const last = values.at(-1);
      if (last === undefined || !(last === value || (last !== last && value !== value))) {
        values.push(value);
        counts.push(0);
        first.push(index);
      }
      counts[counts.length - 1]!++;
      inverse[index] = values.length - 1;
    }
    const list = (numbers: ArrayLike<number>): NdArray => ({
      type: "int64",
      shape: [numbers.length],
      data: Float64Array.from(numbers),
    });
    const data = storage(strong(array.type), values.length);
    data.set(values);
    const found: Operand[] = [{ type: strong(array.type), shape: [values.length], data }];
    if (flag(args.get("return_index"))) found.push(list(first));
    if (flag(args.get("return_inverse"))) found.push(list(inverse));
    if (flag(args.get("return_counts"))) found.push(list(counts));
    return found.length === 1 ? (found[0] as Operand) : found;
  },
};

/** Where a value goes in sorted ones: after equal ones, or before. */
export function insertion(sorted: ArrayLike<number>, value: number, after: boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const at = sorted[middle]!;
    const goesAfter = after ? !isBefore(value, at) : isBefore(at, value);
    if (goesAfter) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** NaN comes after all numbers. */
function isBefore(a: number, b: number): boolean {
  return a < b || (a === a && b !== b);
}

const searchsorted: ArrayFunction = {
  parameters: ["a", "v", "side"],
  required: 2,
  apply(args, complain) {
    const sorted = toArray(args.get("a"), complain);
    const values = toArray(args.get("v"), complain);
    const data = Float64Array.from(values.data, (value) =>
      insertion(sorted.data, value, args.get("side") === "right"),
    );
    return { type: "int64", shape: values.shape, data };
  },
};

const isin: ArrayFunction = {
  parameters: ["element", "test_elements"],
  required: 2,
  apply(args, complain) {
    const array = toArray(args.get("element"), complain);
    const known = new Set(toArray(args.get("test_elements"), complain).data);
    return {
      type: "bool",
      shape: array.shape,
      data: Uint8Array.from(array.data, (value) => (value === value && known.has(value) ? 1 : 0)),
    };
  },
};

const nonzero: ArrayFunction = {
  parameters: ["a"],
  required: 1,
  apply: (args, complain) => indicesOf(toArray(args.get("a"), complain)),
};

const flatnonzero: ArrayFunction = {
  parameters: ["a"],
  required: 1,
  apply: (args, complain) =>
    (indicesOf(flat(toArray(args.get("a"), complain))) as readonly Operand[])[0] as Operand,
};

/** Where an array is not zero: an array of indices for each axis. */
export function indicesOf(array: NdArray): Operand {
  const found = [...array.data.keys()].filter((i) => array.data[i] !== 0);
  return array.shape.map((extent, axis): Operand => {
    const inner = sizeOf(array.shape.slice(axis + 1));
    const data = Float64Array.from(found, (i) => Math.floor(i / inner) % extent);
    return { type: "int64", shape: [found.length], data };
  });
}

export const orderFunctions: readonly (readonly [string, ArrayFunction])[] = [
  ["sort", sort],
  ["argsort", argsort],
  ["unique", unique],
  ["searchsorted", searchsorted],
  ["isin", isin],
  ["nonzero", nonzero],
  ["flatnonzero", flatnonzero],
];
