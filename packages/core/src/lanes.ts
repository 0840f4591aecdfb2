/**
 * Arrays of unsigned 64-bit integers seen as pairs of 32-bit lanes, so that no loop makes a BigInt per element.
 *
 * Element k of the array is lanes 2k and 2k + 1; which of them is the high one depends on the machine.
 */
const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Offset of the low lane in a pair: 0 on a little-endian machine. */
export const LOW = LITTLE_ENDIAN ? 0 : 1;
/** Offset of the high lane in a pair. */
export const HIGH = 1 - LOW;
/** Either lane of NO_ID, the largest 64-bit integer. */
export const NO_ID_LANE = 0xffffffff;

/** A view of the same memory; two lanes per element. */
export function lanesOf(values: BigInt64Array | BigUint64Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, 2 * values.length);
}

/** @throws RangeError unless the lengths are one */
export function assertLengths(expected: number, ...actual: readonly number[]): void {
  for (const length of actual) {
    if (length !== expected)
      throw new RangeError(`arrays of ${expected} and ${length} elements, where one length is due`);
  }
}
