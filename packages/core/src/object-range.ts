/** From a range that was asked for to the bytes that an object has of it. */
import type { ObjectRange } from "./store.js";

/**
 * Where a range lies in an object of so many bytes: `start` up to `stop`, that one excluded; equal when it has none of it.
 * @throws RangeError for a range that is no whole numbers from 0, or ends before it starts
 */
export function rangeWithin(
  range: ObjectRange,
  size: number,
): { readonly start: number; readonly stop: number } {
  assertRange(range);
  if ("last" in range) return { start: Math.max(0, size - range.last), stop: size };
  return { start: Math.min(range.start, size), stop: Math.min(range.stop, size) };
}

/** @throws RangeError for a range that is no whole numbers from 0, or ends before it starts */
export function assertRange(range: ObjectRange): void {
  const numbers = "last" in range ? [range.last] : [range.start, range.stop];
  const isWhole = numbers.every((number) => Number.isSafeInteger(number) && number >= 0);
  if (isWhole && ("last" in range || range.start <= range.stop)) return;
  throw new RangeError(`${JSON.stringify(range)} is no range of bytes`);
}
