/** What stands where nothing was written. HDF5 File Format Specification 3.0, sections IV.A.2.e and f. */
import { Damage } from "../problems.js";
import { Cursor } from "../structure/cursor.js";

/** The bytes of the value; undefined where it is zero, or none. */
export function parseFillValue(bytes: Uint8Array): Uint8Array | undefined {
  const cursor = new Cursor(bytes);
  const version = cursor.u8();
  if (version === 1 || version === 2) {
    cursor.skip(2);
    const isDefined = cursor.u8() !== 0;
    return version === 1 || isDefined ? sized(cursor) : undefined;
  }
  if (version !== 3) throw new Damage(`a fill value has version ${version}`);
  return (cursor.u8() & 0x20) === 0 ? undefined : sized(cursor);
}

/** The same of the message that older files have. */
export function parseOldFillValue(bytes: Uint8Array): Uint8Array | undefined {
  return sized(new Cursor(bytes));
}

function sized(cursor: Cursor): Uint8Array | undefined {
  if (cursor.left < 4) return undefined;
  const size = cursor.u32();
  return size === 0 || size > cursor.left ? undefined : cursor.take(size);
}
