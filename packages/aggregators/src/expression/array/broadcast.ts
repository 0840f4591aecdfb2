/** Broadcasting, and operators over arrays: NumPy's rules by the loops of values. */
import { compare, operate, operateUnary } from "../operators.js";
import type { Value } from "../value.js";
import { storage } from "../types.js";
import { asValue, groupsOf, MAX_ELEMENTS, sizeOf, type ArrayComplaints, type NdArray } from "./nd-array.js";

/** The shape that all fit. @throws `EXPRESSION_SHAPE`, `EXPRESSION_LIMIT` */
export function broadcastShape(
  shapes: readonly (readonly number[])[],
  complain: ArrayComplaints,
): readonly number[] {
  const rank = Math.max(0, ...shapes.map((shape) => shape.length));
  const result = Array.from({ length: rank }, (_, axis) => {
    const extents = shapes
      .map((shape) => shape[axis - rank + shape.length] ?? 1)
      .filter((extent) => extent !== 1);
    if (extents.some((extent) => extent !== extents[0])) {
      throw complain.shape(
        `shapes ${shapes.map(showShape).join(" and ")} meet`,
        "extents of one axis are equal, or one of them is 1",
      );
    }
    return extents[0] ?? 1;
  });
  if (sizeOf(result) > MAX_ELEMENTS)
    throw complain.limit(
      `an array of ${sizeOf(result)} elements comes about`,
      `an array has at most ${MAX_ELEMENTS}`,
    );
  return result;
}

/** As Python writes a shape: `(3,)`, `(2, 4)`. */
export function showShape(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
}

/** An array repeated along the axes that it lacks, or has once; itself when there are none, or when it is one number. */
export function broadcastTo(array: NdArray, shape: readonly number[]): NdArray {
  const size = sizeOf(shape);
  if (array.data.length === 1 || array.data.length === size) return array;
  const data = storage(array.type, size);
  const strides = stridesOf(array.shape, shape);
  const index = new Array<number>(shape.length).fill(0);
  let from = 0;
  for (let to = 0; to < size; to++) {
    data[to] = array.data[from]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      from -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return { type: array.type, shape, data };
}

/** Steps in the array's data along each axis of a shape that it is repeated to. */
function stridesOf(own: readonly number[], shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length).fill(0);
  let stride = 1;
  for (let axis = own.length - 1; axis >= 0; axis--) {
    const extent = own[axis]!;
    if (extent !== 1) strides[axis + shape.length - own.length] = stride;
    stride *= extent;
  }
  return strides;
}

/** Applies what takes values of one length to arrays that are broadcast. */
export function elementwise(
  arrays: readonly NdArray[],
  apply: (values: readonly Value[], segments: ReturnType<typeof groupsOf>) => Value,
  complain: ArrayComplaints,
): NdArray {
  const shape = broadcastShape(
    arrays.map((array) => array.shape),
    complain,
  );
  const size = sizeOf(shape);
  const values = arrays.map((array) => asValue(broadcastTo(array, shape)));
  const { type, data } = apply(values, groupsOf(1, size));
  return { type, shape, data };
}

export function operateArrays(
  operator: string,
  left: NdArray,
  right: NdArray,
  complain: ArrayComplaints,
): NdArray {
  return elementwise(
    [left, right],
    ([a, b], segments) => operate(operator, a as Value, b as Value, segments, complain),
    complain,
  );
}

export function compareArrays(
  operator: string,
  left: NdArray,
  right: NdArray,
  complain: ArrayComplaints,
): NdArray {
  return elementwise(
    [left, right],
    ([a, b], segments) => compare(operator, a as Value, b as Value, segments),
    complain,
  );
}

export function operateUnaryArray(operator: string, array: NdArray, complain: ArrayComplaints): NdArray {
  const { type, data } = operateUnary(operator, asValue(array), complain);
  return { type, shape: array.shape, data };
}
