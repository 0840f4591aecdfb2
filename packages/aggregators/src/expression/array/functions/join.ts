/** Arrays put together. */
import { joinedType } from "../../types.js";
import { showShape } from "../broadcast.js";
import { castArray, toArray } from "../convert.js";
import {
  allocateArray,
  sizeOf,
  type ArrayArguments,
  type ArrayComplaints,
  type ArrayFunction,
  type NdArray,
  type Operand,
} from "../nd-array.js";
import { axisOf, flat } from "./along.js";

function parts(args: ArrayArguments, name: string, complain: ArrayComplaints): NdArray[] {
  const given = args.get(name);
  if (!Array.isArray(given)) throw complain.type(`${name} is not a tuple of arrays`, "it joins several");
  return (given as readonly Operand[]).map((part) => toArray(part, complain));
}

/** Arrays joined along an axis that they have. */
function joined(arrays: readonly NdArray[], axis: number, complain: ArrayComplaints): NdArray {
  const first = arrays[0];
  if (first === undefined) throw complain.value("nothing is joined", "there must be an array at least");
  const others = (shape: readonly number[]) => showShape(shape.filter((_, i) => i !== axis));
  if (first.shape.length === 0)
    throw complain.shape("single numbers are joined", "only arrays with an axis are");
  if (
    arrays.some(({ shape }) => shape.length !== first.shape.length || others(shape) !== others(first.shape))
  ) {
    throw complain.shape(
      `shapes ${arrays.map(({ shape }) => showShape(shape)).join(", ")} are joined`,
      "they are equal but for the axis along which they are joined",
    );
  }
  const type = joinedType(arrays.map((part) => part.type));
  const shape = first.shape.map((extent, i) =>
    i === axis ? arrays.reduce((sum, part) => sum + part.shape[axis]!, 0) : extent,
  );
  const result = allocateArray(type, shape, complain);
  const outer = sizeOf(first.shape.slice(0, axis));
  let at = 0;
  for (let o = 0; o < outer; o++) {
    for (const part of arrays) {
      const run = part.data.length / outer;
      result.data.set(castArray(part, type).data.subarray(o * run, (o + 1) * run), at);
      at += run;
    }
  }
  return result;
}

const concatenate: ArrayFunction = {
  parameters: ["arrays", "axis"],
  required: 1,
  apply(args, complain) {
    const arrays = parts(args, "arrays", complain);
    const axis = axisOf(args, arrays[0]?.shape.length ?? 1, complain, 0);
    if (axis === null) return joined(arrays.map(flat), 0, complain);
    return joined(arrays, axis, complain);
  },
};

const stack: ArrayFunction = {
  parameters: ["arrays", "axis"],
  required: 1,
  apply(args, complain) {
    const arrays = parts(args, "arrays", complain);
    const rank = (arrays[0]?.shape.length ?? 0) + 1;
    const axis = axisOf(args, rank, complain, 0) ?? 0;
    if (new Set(arrays.map(({ shape }) => showShape(shape))).size > 1)
      throw complain.shape("arrays of several shapes are stacked", "they are of one shape");
    return joined(
      arrays.map((part) => ({
        ...part,
        shape: [...part.shape.slice(0, axis), 1, ...part.shape.slice(axis)],
      })),
      axis,
      complain,
    );
  },
};

const along = (axis: (rank: number) => number, least: number): ArrayFunction => ({
  parameters: ["tup"],
  required: 1,
  apply(args, complain) {
    const arrays = parts(args, "tup", complain).map((part) => {
      if (part.shape.length >= least) return part;
      return { ...part, shape: least === 2 ? [1, part.data.length] : [part.data.length] };
    });
    return joined(arrays, axis(arrays[0]?.shape.length ?? 1), complain);
  },
});

const columnStack: ArrayFunction = {
  parameters: ["tup"],
  required: 1,
  apply(args, complain) {
    const arrays = parts(args, "tup", complain).map((part) =>
      part.shape.length < 2 ? { ...part, shape: [part.data.length, 1] } : part,
    );
    return joined(arrays, 1, complain);
  },
};

export const joinFunctions: readonly (readonly [string, ArrayFunction])[] = [
  ["concatenate", concatenate],
  ["stack", stack],
  ["hstack", along((rank) => (rank === 1 ? 0 : 1), 1)],
  ["vstack", along(() => 0, 2)],
  ["column_stack", columnStack],
];
