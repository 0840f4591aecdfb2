/** Where a file begins. HDF5 File Format Specification 3.0, section II.A. */
import { Damage } from "../problems.js";
import { Cursor } from "./cursor.js";
import { assertChecksum } from "./lookup3.js";
import type { PagedBytes } from "./paged-bytes.js";

export interface Superblock {
  readonly offsetBytes: number;
  readonly lengthBytes: number;
  /** Byte of the file at which address 0 lies. */
  readonly base: number;
  /** Address of the object header of the root group. */
  readonly root: number;
}

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
const FIRST_USER_BLOCK = 512;
const LONGEST = 100;

/** Nothing when the bytes are no HDF5 file. @throws Damage for a superblock that is cut off, wrong, or of a file that is */
export async function readSuperblock(pages: PagedBytes): Promise<Superblock | undefined> {
  for (let at = 0; at + SIGNATURE.length < pages.size; at = at === 0 ? FIRST_USER_BLOCK : at * 2) {
    const head = await pages.read(at, Math.min(LONGEST, pages.size - at));
    if (SIGNATURE.every((byte, i) => head[i] === byte)) return parsed(head, at, pages.size);
  }
  return undefined;
}

function parsed(head: Uint8Array, at: number, size: number): Superblock {
  const cursor = new Cursor(head, SIGNATURE.length);
  const version = cursor.u8();
  if (version > 3) throw new Damage(`its superblock has version ${version}`);
  const widths = version < 2 ? oldWidths(cursor, version) : newWidths(cursor);
  const { offsetBytes } = widths;
  if (![2, 4, 8].includes(offsetBytes) || ![2, 4, 8].includes(widths.lengthBytes))
    throw new Damage(`its superblock has addresses of ${offsetBytes} bytes`);
  const base = cursor.uint(offsetBytes);
  cursor.skip(offsetBytes); // free space, or the extension: neither says where objects are
  const end = cursor.uint(offsetBytes);
  let root: number | undefined;
  if (version < 2) {
    cursor.skip(2 * offsetBytes); // driver information; name of the root
    root = cursor.address(offsetBytes);
  } else {
    root = cursor.address(offsetBytes);
    assertChecksum(head.subarray(0, cursor.at + 4), "the superblock");
  }
  if (root === undefined) throw new Damage("it has no root group");
  // The end counts from the start of the file as it was written; a user block may have been put before it since.
  const stop = end - base + at;
  if (stop > size) throw new Damage(`it is truncated: ${size} of ${stop} bytes are there`);
  return { ...widths, base: at, root };
}

function oldWidths(cursor: Cursor, version: number): { offsetBytes: number; lengthBytes: number } {
  cursor.skip(4); // versions of parts
  const offsetBytes = cursor.u8();
  const lengthBytes = cursor.u8();
  cursor.skip(1 + 2 + 2 + 4 + (version === 1 ? 4 : 0)); // sizes of B-tree nodes, which each node repeats; flags
  return { offsetBytes, lengthBytes };
}

function newWidths(cursor: Cursor): { offsetBytes: number; lengthBytes: number } {
  const offsetBytes = cursor.u8();
  const lengthBytes = cursor.u8();
  cursor.skip(1);
  return { offsetBytes, lengthBytes };
}
