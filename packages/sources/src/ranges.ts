/** Byte ranges, checked before anything is read. */
import type { ByteRange } from "@zagg/core";
import { outside } from "./failures.js";

/** @throws RangeError for a range that is none; ReaderError `GRANULE_RANGE` for one that ends beyond the last byte */
export function assertRanges(uri: string, size: number, ranges: readonly ByteRange[]): void {
  for (const { start, stop } of ranges) {
    if (!Number.isInteger(start) || !Number.isInteger(stop) || start < 0 || stop < start) {
      throw new RangeError(`bytes ${start} to ${stop} are no range`);
    }
    if (stop > size) throw outside(uri, { start, stop }, size);
  }
}
