/** What a block of a ragged array is made of. */
import { allocate, itemSize, type ArraySpec, type RaggedBlock } from "@zagg/core";

/** Numbers of one element. */
export function elementNumbers({ ragged }: Pick<ArraySpec, "ragged">): number {
  return (ragged?.innerShape ?? []).reduce((product, extent) => product * extent, 1);
}

/** Bytes of one element. */
export function elementBytes(array: Pick<ArraySpec, "ragged" | "dtype">): number {
  return elementNumbers(array) * itemSize(array.dtype);
}

/**
 * @param cells of the block
 * @throws TypeError when the block is none, or its values are not of the array's dtype
 * @throws RangeError when offsets do not begin at 0, descend, or do not end with the last value
 */
export function assertRaggedBlock(array: ArraySpec, block: RaggedBlock, cells: number): void {
  const { path, dtype } = array;
  const expected = allocate(dtype, 0)[Symbol.toStringTag];
  if (!(block.offsets instanceof Int32Array) || block.values?.[Symbol.toStringTag] !== expected) {
    throw new TypeError(`payloads of ${path} are { offsets: Int32Array, values: ${expected} }`);
  }
  const { offsets, values } = block;
  if (offsets.length !== cells + 1 || offsets[0] !== 0)
    throw new RangeError(
      `${path} takes ${cells + 1} offsets from 0, got ${offsets.length} from ${offsets[0]}`,
    );
  for (let cell = 0; cell < cells; cell++) {
    if (offsets[cell + 1]! < offsets[cell]!)
      throw new RangeError(`offsets of ${path} descend after cell ${cell}`);
  }
  const numbers = offsets[cells]! * elementNumbers(array);
  if (values.length !== numbers)
    throw new RangeError(`the offsets of ${path} take ${numbers} numbers, got ${values.length}`);
}
