/** Encoded states as bytes: compared, copied, spoilt. */
import type { EncodedState } from "../../aggregator.js";
import type { TypedArray } from "../../dtype.js";

type ArrayConstructor = new (buffer: ArrayBuffer, byteOffset: number, length: number) => TypedArray;

/** Bytes on either side of an array that a decoder has no business with. */
const MARGIN = 16;
const STRANGE = 77;

/** The same arrays in other memory, each in the middle of a larger buffer, as views may be. */
export function copyOf(encoded: EncodedState): EncodedState {
  return mapped(encoded, (array) => elementsOf(array, 0, array.length));
}

/** A copy of `length` elements from `first` on; those that the array lacks are zero. */
export function elementsOf(array: TypedArray, first: number, length: number): TypedArray {
  const size = array.BYTES_PER_ELEMENT;
  const buffer = new ArrayBuffer(length * size + 2 * MARGIN);
  const bytes = new Uint8Array(buffer).fill(STRANGE);
  bytes.fill(0, MARGIN, MARGIN + length * size);
  bytes.set(bytesOf(array).subarray(first * size, (first + length) * size), MARGIN);
  return new (array.constructor as ArrayConstructor)(buffer, MARGIN, length);
}

/** The name of the first array by which two encoded states differ in type, length or bytes; undefined when none does. */
export function differingArray(a: EncodedState, b: EncodedState): string | undefined {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].sort().find((name) => {
    const [one, other] = [a[name], b[name]];
    if (one === undefined || other === undefined || one.constructor.name !== other.constructor.name)
      return true;
    const [x, y] = [bytesOf(one), bytesOf(other)];
    return x.length !== y.length || x.some((byte, i) => byte !== y[i]);
  });
}

/** Writes other bytes over the arrays of what is no longer used. */
export function spoil(encoded: EncodedState): void {
  for (const array of Object.values(encoded)) spoilArray(array);
}

export function spoilArray(array: TypedArray): void {
  const bytes = bytesOf(array);
  for (let i = 0; i < bytes.length; i++) bytes[i] = ~bytes[i]!;
}

/** Bytes of all arrays. */
export function sizeOf(encoded: EncodedState): number {
  return Object.values(encoded).reduce((sum, { byteLength }) => sum + byteLength, 0);
}

export function mapped(
  encoded: EncodedState,
  change: (array: TypedArray, name: string) => TypedArray,
): EncodedState {
  return Object.fromEntries(Object.entries(encoded).map(([name, array]) => [name, change(array, name)]));
}

export function bytesOf(array: TypedArray): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
