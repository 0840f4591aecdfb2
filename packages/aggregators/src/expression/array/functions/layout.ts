/** Arrays repeated, turned and laid out anew. */
import { broadcastShape, broadcastTo, operateArrays, showShape } from "../broadcast.js";
import { toArray, wholeNumber, wholeNumbers } from "../convert.js";
import { takeAlong } from "../indexing.js";
import {
  allocateArray,
  sizeOf,
  type ArrayArguments,
  type ArrayComplaints,
  type ArrayFunction,
  type NdArray,
} from "../nd-array.js";
import { axisOf, flat, transposed } from "./along.js";

const shaped = (
  change: (array: NdArray, args: ArrayArguments, complain: ArrayComplaints) => NdArray,
  parameters: readonly string[],
  required = 1,
): ArrayFunction => ({
  parameters,
  required,
  apply: (args, complain) => change(toArray(args.get(parameters[0]!), complain), args, complain),
});

const reshape = shaped(
  (of, args, complain) => {
    const asked = wholeNumbers(args.get("shape"), "shape", complain);
    const known = asked.filter((extent) => extent !== -1);
    const open = asked.length - known.length;
    const shape =
      open === 1 ? asked.map((extent) => (extent === -1 ? of.data.length / sizeOf(known) : extent)) : asked;
    if (
      open > 1 ||
      sizeOf(shape) !== of.data.length ||
      shape.some((extent) => !(Number.isInteger(extent) && extent >= 0))
    )
      throw complain.shape(
        `${of.data.length} elements are given the shape ${showShape(asked)}`,
        "a shape holds as many elements, and at most one extent is -1",
      );
    return { ...of, shape };
  },
  ["a", "shape"],
  2,
);

const repeat = shaped(
  (of, args, complain) => {
    const times = toArray(args.get("repeats"), complain);
    const axis = axisOf(args, of.shape.length, complain);
    const source = axis === null ? flat(of) : of;
    const counts = broadcastTo(times, [source.shape[axis ?? 0] ?? 1]);
    const indices: number[] = [];
    const extent = source.shape[axis ?? 0] ?? 1;
    for (let i = 0; i < extent; i++) {
      const count = counts.data[counts.data.length === 1 ? 0 : i]!;
      if (!(count >= 0) || indices.length + count > 2 ** 24)
        throw complain.limit(`an element is repeated ${count} times`, "an array has at most 2^24 elements");
      for (let k = 0; k < count; k++) indices.push(i);
    }
    return takeAlong(source, axis ?? 0, Int32Array.from(indices));
  },
  ["a", "repeats", "axis"],
  2,
);

const tile = shaped(
  (of, args, complain) => {
    const reps = wholeNumbers(args.get("reps"), "reps", complain);
    if (reps.some((count) => count < 0))
      throw complain.value(`an array is tiled ${showShape(reps)} times`, "it is there no times or some");
    const rank = Math.max(reps.length, of.shape.length);
    let result: NdArray = {
      ...of,
      shape: [...new Array<number>(rank - of.shape.length).fill(1), ...of.shape],
    };
    const times = [...new Array<number>(rank - reps.length).fill(1), ...reps];
    allocateArray(
      "bool",
      result.shape.map((extent, i) => extent * times[i]!),
      complain,
    );
    for (const [axis, count] of times.entries()) {
      const extent = result.shape[axis]!;
      result = takeAlong(
        result,
        axis,
        Int32Array.from({ length: extent * count }, (_, i) => i % extent),
      );
    }
    return result;
  },
  ["A", "reps"],
  2,
);

const outer: ArrayFunction = {
  parameters: ["a", "b"],
  required: 2,
  apply(args, complain) {
    const [a, b] = [flat(toArray(args.get("a"), complain)), flat(toArray(args.get("b"), complain))];
    return operateArrays("*", { ...a, shape: [a.data.length, 1] }, b, complain);
  },
};

const flip = shaped(
  (of, args, complain) => {
    const axis = axisOf(args, of.shape.length, complain);
    return (axis === null ? of.shape.map((_, i) => i) : [axis]).reduce(
      (array, each) =>
        takeAlong(
          array,
          each,
          Int32Array.from({ length: array.shape[each]! }, (_, i) => array.shape[each]! - 1 - i),
        ),
      of,
    );
  },
  ["m", "axis"],
);

const roll = shaped(
  (of, args, complain) => {
    const shift = wholeNumber(args.get("shift"), "shift", complain);
    const axis = axisOf(args, of.shape.length, complain);
    const source = axis === null ? flat(of) : of;
    const extent = source.shape[axis ?? 0]!;
    const indices = Int32Array.from({ length: extent }, (_, i) => (((i - shift) % extent) + extent) % extent);
    return { ...takeAlong(source, axis ?? 0, indices), shape: of.shape };
  },
  ["a", "shift", "axis"],
  2,
);

const squeeze = shaped(
  (of, args, complain) => {
    const axis = axisOf(args, of.shape.length, complain);
    if (axis !== null && of.shape[axis] !== 1)
      throw complain.shape(
        `axis ${axis} has ${of.shape[axis]} elements`,
        "only an axis of one is squeezed out",
      );
    return { ...of, shape: of.shape.filter((extent, i) => (axis === null ? extent !== 1 : i !== axis)) };
  },
  ["a", "axis"],
);

const expandDims = shaped(
  (of, args, complain) => {
    const axis = axisOf(args, of.shape.length + 1, complain) ?? 0;
    return { ...of, shape: [...of.shape.slice(0, axis), 1, ...of.shape.slice(axis)] };
  },
  ["a", "axis"],
  2,
);

const transpose = shaped(
  (of, args, complain) => {
    const axes = args.get("axes");
    const order =
      axes === undefined || axes === null
        ? of.shape.map((_, i) => of.shape.length - 1 - i)
        : wholeNumbers(axes, "axes", complain);
    if ([...order].sort((a, b) => a - b).join() !== of.shape.map((_, i) => i).join())
      throw complain.value(`axes are ${showShape(order)}`, "each axis comes once");
    return transposed(of, order);
  },
  ["a", "axes"],
);

const take = shaped(
  (of, args, complain) => {
    const indices = toArray(args.get("indices"), complain);
    const axis = axisOf(args, of.shape.length, complain);
    const source = axis === null ? flat(of) : of;
    const extent = source.shape[axis ?? 0]!;
    const chosen = Int32Array.from(indices.data, (index) => {
      const from = index < 0 ? index + extent : index;
      if (Number.isInteger(index) && from >= 0 && from < extent) return from;
      throw complain.value(`the index ${index} is asked of ${extent} elements`, "there is no such element");
    });
    return takeAlong(source, axis ?? 0, chosen, indices.shape);
  },
  ["a", "indices", "axis"],
  2,
);

const broadcast: ArrayFunction = {
  parameters: ["array", "shape"],
  required: 2,
  apply(args, complain) {
    const of = toArray(args.get("array"), complain);
    const shape = broadcastShape([of.shape, wholeNumbers(args.get("shape"), "shape", complain)], complain);
    const result = broadcastTo(of, shape);
    if (result.data.length === sizeOf(shape)) return { ...result, shape };
    const spread = allocateArray(of.type, shape, complain);
    spread.data.fill(of.data[0]!);
    return spread;
  },
};

export const layoutFunctions: readonly (readonly [string, ArrayFunction])[] = [
  ["reshape", reshape],
  ["ravel", shaped(flat, ["a"])],
  ["repeat", repeat],
  ["tile", tile],
  ["outer", outer],
  ["flip", flip],
  ["roll", roll],
  ["squeeze", squeeze],
  ["expand_dims", expandDims],
  ["transpose", transpose],
  ["take", take],
  ["broadcast_to", broadcast],
];
