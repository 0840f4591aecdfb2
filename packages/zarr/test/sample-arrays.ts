/** Array specs and values that tests share. */
import { allocate, type ArraySpec, type DType, type HierarchySpec, type TypedArray } from "@zagg/core";

/** A sharded float32 line of four blocks of four chunks of four cells, unless told otherwise. */
export function arraySpec(changes: Partial<ArraySpec> = {}): ArraySpec {
  const shape = changes.shape ?? [64];
  return {
    path: "g/a",
    dtype: "float32",
    shape,
    blockShape: [16],
    chunkShape: [4],
    sharded: true,
    compression: "none",
    dimensions: shape.map((_, axis) => `d${axis}`),
    fillValue: "NaN",
    attributes: {},
    ...changes,
  };
}

/** A hierarchy of arrays, with the groups that hold them. */
export function hierarchyOf(...arrays: readonly ArraySpec[]): HierarchySpec {
  const paths = new Set(arrays.map(({ path }) => path.slice(0, Math.max(0, path.lastIndexOf("/")))));
  return { groups: ["", ...paths].filter(unique).map((path) => ({ path, attributes: {} })), arrays };
}

/** Values of a dtype that a function of the position gives; 64-bit integers are reached from the top of their range. */
export function valuesOf(dtype: DType, length: number, value: (index: number) => number): TypedArray {
  const values = allocate(dtype, length);
  for (let index = 0; index < length; index++) {
    const number = value(index);
    if (dtype === "int64") (values as BigInt64Array)[index] = -(2n ** 63n) + BigInt(Math.trunc(number));
    else if (dtype === "uint64")
      (values as BigUint64Array)[index] = 2n ** 64n - 1n - BigInt(Math.trunc(Math.abs(number)));
    else values[index] = dtype === "bool" ? Math.abs(Math.trunc(number)) % 2 : number;
  }
  return values;
}

/** The index in an array's own row-major order of each value of one block, in the order in which blocks are written. */
export function blockOrder(array: ArraySpec, block: readonly number[]): readonly number[] {
  const inBlock = positions(array.blockShape.map((extent, axis) => extent / array.chunkShape[axis]!));
  return inBlock.flatMap((chunk) =>
    positions(array.chunkShape).map((cell) =>
      array.shape.reduce((index, extent, axis) => {
        const start = block[axis]! * array.blockShape[axis]!;
        const offset = chunk[axis]! * array.chunkShape[axis]! + cell[axis]!;
        return index * extent + start + offset;
      }, 0),
    ),
  );
}

/** Every multi-index of a shape, row-major. */
export function positions(shape: readonly number[]): readonly (readonly number[])[] {
  return shape.reduce<readonly (readonly number[])[]>(
    (indexes, extent) =>
      indexes.flatMap((index) => Array.from({ length: extent }, (_, next) => [...index, next])),
    [[]],
  );
}

function unique(value: string, index: number, values: readonly string[]): boolean {
  return values.indexOf(value) === index;
}
