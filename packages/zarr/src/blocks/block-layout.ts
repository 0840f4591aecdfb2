/** How the values of one block fall into chunks, and where those are stored. */
import { allocate, type ArraySpec, type TypedArray } from "@zagg/core";

/** The chunks of one block, row-major. */
export interface BlockLayout {
  /** Chunks along each dimension. */
  readonly chunkCounts: readonly number[];
  readonly chunks: number;
  /** Values of one chunk. */
  readonly chunkLength: number;
}

/** @throws RangeError when chunks do not tile the block */
export function blockLayout({ path, blockShape, chunkShape }: ArraySpec): BlockLayout {
  const chunkCounts = blockShape.map((extent, axis) => extent / (chunkShape[axis] ?? 0));
  if (!chunkCounts.every((count) => Number.isSafeInteger(count) && count > 0)) {
    throw new RangeError(
      `chunks of [${chunkShape.join()}] do not tile blocks of [${blockShape.join()}] in ${path}`,
    );
  }
  return { chunkCounts, chunks: product(chunkCounts), chunkLength: product(chunkShape) };
}

/**
 * @throws TypeError when the values are not of the array's dtype
 * @throws RangeError when they are too many or too few
 */
export function assertValues({ path, dtype }: ArraySpec, values: TypedArray, length: number): void {
  const expected = allocate(dtype, 0)[Symbol.toStringTag];
  if (values[Symbol.toStringTag] !== expected) {
    throw new TypeError(
      `values of ${path} (${dtype}) are a ${values[Symbol.toStringTag]}, not a ${expected}`,
    );
  }
  if (values.length !== length) {
    throw new RangeError(`${path} takes ${length} values at once, got ${values.length}`);
  }
}

/** @throws RangeError when the block is not one of the array's */
export function assertBlock({ path, shape, blockShape }: ArraySpec, block: readonly number[]): void {
  const isInside =
    block.length === shape.length &&
    block.every(
      (index, axis) => Number.isSafeInteger(index) && index >= 0 && index * blockShape[axis]! < shape[axis]!,
    );
  if (!isInside) throw new RangeError(`${path} has no block [${block.join(", ")}]`);
}

/** The key of a block's shard: `12/h_mean/c/7`, or `…/c` for an array without dimensions. */
export function shardKey(array: ArraySpec, block: readonly number[]): string {
  return chunkKey(array.path, block);
}

/**
 * The keys of a block's chunks, in row-major order, for an array that stores each chunk on its own.
 * @throws RangeError when a chunk number exceeds 2^53
 */
export function chunkKeys(
  array: ArraySpec,
  block: readonly number[],
  layout: BlockLayout,
): readonly string[] {
  return Array.from({ length: layout.chunks }, (_, chunk) => {
    let rest = chunk;
    const index = [...block];
    for (let axis = index.length - 1; axis >= 0; axis--) {
      const count = layout.chunkCounts[axis]!;
      index[axis] = block[axis]! * count + (rest % count);
      rest = Math.floor(rest / count);
    }
    if (!index.every(Number.isSafeInteger))
      throw new RangeError(`chunk numbers of ${array.path} exceed 2^53`);
    return chunkKey(array.path, index);
  });
}

function chunkKey(path: string, index: readonly number[]): string {
  return [path, "c", ...index].join("/");
}

function product(extents: readonly number[]): number {
  return extents.reduce((result, extent) => result * extent, 1);
}
