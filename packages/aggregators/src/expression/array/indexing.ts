/** Subscripts: numbers, slices, None, masks and arrays of indices. NumPy, "Indexing on ndarrays". */
import { isBoolean, isFloating, storage } from "../types.js";
import { showShape } from "./broadcast.js";
import { isArray, sizeOf, type ArrayComplaints, type NdArray, type Operand } from "./nd-array.js";

/** One part of a subscript, evaluated. */
export type IndexPart =
  | {
      readonly kind: "slice";
      readonly start: number | null;
      readonly stop: number | null;
      readonly step: number | null;
    }
  | { readonly kind: "value"; readonly value: Operand };

/** `array[parts]`. @throws `EXPRESSION_SHAPE`, `EXPRESSION_TYPE`, `EXPRESSION_VALUE` */
export function indexArray(array: NdArray, parts: readonly IndexPart[], complain: ArrayComplaints): NdArray {
  const [only] = parts;
  if (parts.length === 1 && only?.kind === "value" && isArray(only.value) && isBoolean(only.value.type)) {
    return maskArray(array, only.value, complain);
  }
  const taken = parts.filter((part) => !(part.kind === "value" && part.value === null)).length;
  if (taken > array.shape.length) {
    throw complain.shape(
      `${taken} indices meet an array of shape ${showShape(array.shape)}`,
      `it has ${array.shape.length} axes`,
    );
  }
  const lists = parts.filter(
    (part) => part.kind === "value" && isArray(part.value) && part.value.shape.length > 0,
  );
  if (lists.length > 1)
    throw complain.type("two arrays of indices are used at once", "one axis takes such an array here");
  let result = array;
  let axis = 0;
  for (const part of parts) {
    if (part.kind === "slice") {
      result = takeAlong(result, axis, sliceIndices(part, result.shape[axis]!, complain));
      axis++;
    } else if (part.value === null) {
      result = { ...result, shape: [...result.shape.slice(0, axis), 1, ...result.shape.slice(axis)] };
      axis++;
    } else {
      const indices = wholeIndices(part.value, result.shape[axis]!, complain);
      const shape = isArray(part.value) ? part.value.shape : [(part.value as readonly Operand[]).length];
      result = takeAlong(result, axis, indices, shape);
      axis += shape.length;
    }
  }
  return result;
}

/** Elements at `indices` of one axis; that axis becomes `shape`. */
export function takeAlong(
  array: NdArray,
  axis: number,
  indices: Int32Array,
  shape: readonly number[] = [indices.length],
): NdArray {
  const outer = sizeOf(array.shape.slice(0, axis));
  const inner = sizeOf(array.shape.slice(axis + 1));
  const extent = array.shape[axis]!;
  const data = storage(array.type, outer * indices.length * inner);
  let to = 0;
  for (let o = 0; o < outer; o++) {
    for (const index of indices) {
      const from = (o * extent + index) * inner;
      for (let i = 0; i < inner; i++) data[to++] = array.data[from + i]!;
    }
  }
  return {
    type: array.type,
    shape: [...array.shape.slice(0, axis), ...shape, ...array.shape.slice(axis + 1)],
    data,
  };
}

function maskArray(array: NdArray, mask: NdArray, complain: ArrayComplaints): NdArray {
  const leading = array.shape.slice(0, mask.shape.length);
  if (showShape(leading) !== showShape(mask.shape) || mask.shape.length > array.shape.length) {
    throw complain.shape(
      `a mask of shape ${showShape(mask.shape)} meets an array of shape ${showShape(array.shape)}`,
      "a mask has a value for each element that it chooses from",
    );
  }
  const rest = array.shape.slice(mask.shape.length);
  const chosen = Int32Array.from(mask.data.keys()).filter((i) => mask.data[i] !== 0);
  return takeAlong({ ...array, shape: [mask.data.length, ...rest] }, 0, chosen);
}

function wholeIndices(value: Operand, extent: number, complain: ArrayComplaints): Int32Array {
  const data = isArray(value)
    ? value.data
    : Array.isArray(value)
      ? value.map((part: Operand) => (isArray(part) ? Number(part.data[0]) : NaN))
      : [NaN];
  if (isArray(value) && (isFloating(value.type) || (isBoolean(value.type) && value.shape.length === 0)))
    throw complain.type("an index is no integer", "elements are counted");
  return Int32Array.from(data, (index) => {
    const from = index < 0 ? index + extent : index;
    if (Number.isInteger(index) && from >= 0 && from < extent) return from;
    throw complain.value(`the index ${index} is asked of ${extent} elements`, "there is no such element");
  });
}

/** Python's `slice(start, stop, step).indices(extent)`, written out. */
function sliceIndices(
  { start, stop, step }: Extract<IndexPart, { kind: "slice" }>,
  extent: number,
  complain: ArrayComplaints,
): Int32Array {
  const by = step ?? 1;
  if (by === 0) throw complain.value("a slice has the step 0", "it would never end");
  const bound = (value: number | null, whenNull: number): number => {
    if (value === null) return whenNull;
    const from = value < 0 ? value + extent : value;
    return by > 0 ? Math.min(Math.max(from, 0), extent) : Math.min(Math.max(from, -1), extent - 1);
  };
  const from = bound(start, by > 0 ? 0 : extent - 1);
  const to = bound(stop, by > 0 ? extent : -1);
  const length = Math.max(0, Math.ceil((to - from) / by));
  return Int32Array.from({ length }, (_, i) => from + i * by);
}
