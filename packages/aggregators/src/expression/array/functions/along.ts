/** Work along one axis of an array, or along all its elements in their order. */
import { storage, type NumberType } from "../../types.js";
import { castArray, toArray, wholeNumber } from "../convert.js";
import {
  sizeOf,
  type ArrayArguments,
  type ArrayComplaints,
  type ArrayFunction,
  type NdArray,
} from "../nd-array.js";

/** An array laid out so that the axis is the last: `groups` runs of `length` elements. */
export interface AlongAxis {
  readonly type: NumberType;
  readonly data: NdArray["data"];
  readonly groups: number;
  readonly length: number;
  /** The other axes. */
  readonly rest: readonly number[];
  /** Which axis it was; null for all. */
  readonly axis: number | null;
}

/** The argument `axis`: null for all elements. */
export function axisOf(
  args: ArrayArguments,
  rank: number,
  complain: ArrayComplaints,
  whenAbsent: number | null = null,
): number | null {
  const given = args.get("axis");
  if (given === null) return null;
  if (given === undefined)
    return whenAbsent === null ? null : whenAbsent < 0 ? whenAbsent + rank : whenAbsent;
  const axis = wholeNumber(given, "axis", complain);
  if (axis >= -rank && axis < rank) return axis < 0 ? axis + rank : axis;
  throw complain.value(`axis is ${axis}`, `the array has ${rank} axes`);
}

export function alongAxis(array: NdArray, axis: number | null): AlongAxis {
  const { type, shape } = array;
  if (axis === null || shape.length <= 1) {
    return { type, data: array.data, groups: 1, length: array.data.length, rest: [], axis };
  }
  const length = shape[axis]!;
  const rest = shape.filter((_, i) => i !== axis);
  const groups = sizeOf(rest);
  return { type, data: moved(array, axis, shape.length - 1).data, groups, length, rest, axis };
}

/** The array with one axis put in another place. */
export function moved(array: NdArray, from: number, to: number): NdArray {
  if (from === to) return array;
  const order = array.shape.map((_, axis) => axis).filter((axis) => axis !== from);
  order.splice(to, 0, from);
  return transposed(array, order);
}

/** The array with its axes in another order. */
export function transposed(array: NdArray, order: readonly number[]): NdArray {
  const strides = array.shape.map((_, axis) => sizeOf(array.shape.slice(axis + 1)));
  const shape = order.map((axis) => array.shape[axis]!);
  const data = storage(array.type, array.data.length);
  const index = new Array<number>(shape.length).fill(0);
  for (let to = 0; to < data.length; to++) {
    let from = 0;
    for (let axis = 0; axis < shape.length; axis++) from += index[axis]! * strides[order[axis]!]!;
    data[to] = array.data[from]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      if (++index[axis]! < shape[axis]!) break;
      index[axis] = 0;
    }
  }
  return { type: array.type, shape, data };
}

/** One number per group, as the array that is left of it; `keepdims` keeps the axis with one element. */
export function reduced(
  { axis, rest }: AlongAxis,
  type: NumberType,
  out: Float64Array,
  of: NdArray,
  keepdims: boolean,
): NdArray {
  const shape = !keepdims
    ? rest
    : axis === null
      ? of.shape.map(() => 1)
      : of.shape.map((extent, i) => (i === axis ? 1 : extent));
  return castArray({ type: "float64", shape, data: out }, type);
}

/** Runs of another length along the same axis, put back in its place. */
export function restored(
  along: AlongAxis,
  of: NdArray,
  type: NumberType,
  data: NdArray["data"],
  length: number,
): NdArray {
  if (along.axis === null || of.shape.length <= 1) return { type, shape: [length], data };
  const last = { type, shape: [...along.rest, length], data };
  return moved(last, of.shape.length - 1, along.axis);
}

/** All elements as one line. */
export const flat = (array: NdArray): NdArray => ({ ...array, shape: [array.data.length] });

/** A function that makes a run of the same length of each run along an axis. */
export function runs(
  parameters: readonly string[],
  lastAxis: number | null,
  type: (of: NumberType) => NumberType,
  compute: (along: AlongAxis, start: number, out: NdArray["data"]) => void,
): ArrayFunction {
  return {
    parameters,
    required: 1,
    apply(args, complain) {
      const array = toArray(args.get(parameters[0]!), complain);
      const axis = axisOf(args, array.shape.length, complain, lastAxis);
      const of = axis === null ? flat(array) : array;
      const along = alongAxis(of, axis);
      const result = type(array.type);
      const data = storage(result, along.data.length);
      for (let group = 0; group < along.groups; group++) compute(along, group * along.length, data);
      return restored(along, of, result, data, along.length);
    },
  };
}
