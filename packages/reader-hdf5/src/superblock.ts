/**
 * What the first bytes of an HDF5 file say of the rest. HDF5 File Format Specification 3.0, section II.A:
 * the superblock starts at 0, 512 or a doubling of it, and holds the address of the file's end.
 */
import type { ByteSource } from "@zagg/core";

import { notHdf5 } from "./failures.js";

const SIGNATURE = Buffer.from([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]);
const FIRST_USER_BLOCK = 512;
/** Longest superblock up to the end-of-file address: version 1 with 8-byte offsets. */
const HEAD_BYTES = 28 + 3 * 8;

/** How addresses in a file are to be read. */
export interface Addressing {
  /** Where the superblock is: address 0. */
  readonly base: number;
  /** Bytes of a stored address, and of a stored length. */
  readonly offsetBytes: number;
  readonly lengthBytes: number;
}

/**
 * Checks that a source holds a whole HDF5 file, before HDF5 sees it: the library would read a file that has lost its tail
 * as far as it goes.
 * @throws ReaderError `GRANULE_FORMAT`, or as the source does
 */
export async function assertWholeHdf5(source: ByteSource, signal?: AbortSignal): Promise<Addressing> {
  const { uri, size } = source;
  if (size === 0) throw notHdf5(uri, "it is empty", "fetch it again");
  for (let at = 0; at < size; at = at === 0 ? FIRST_USER_BLOCK : at * 2) {
    const range = { start: at, stop: Math.min(at + HEAD_BYTES, size) };
    const [bytes = new Uint8Array()] = await source.read([range], signal);
    const head = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    if (!head.subarray(0, SIGNATURE.length).equals(SIGNATURE)) continue;
    const end = endOfFile(head);
    if (end === undefined) {
      throw notHdf5(uri, "its superblock is cut off or of an unknown version", "fetch it again");
    }
    if (end > size) {
      throw notHdf5(uri, `it is truncated: ${size} of ${end} bytes are there`, "fetch it again");
    }
    const sizes = head[8]! < 2 ? 13 : 9;
    return { base: at, offsetBytes: head[sizes]!, lengthBytes: head[sizes + 1]! };
  }
  throw notHdf5(uri, "it has no HDF5 signature", "give an HDF5 file, or name the reader of its format");
}

/** The end-of-file address, from the bytes at the signature; undefined when they do not hold one. */
export function endOfFile(head: Buffer): number | undefined {
  const version = head[8];
  if (version === undefined || version > 3) return undefined;
  const offsetBytes = head[version < 2 ? 13 : 9];
  if (offsetBytes !== 2 && offsetBytes !== 4 && offsetBytes !== 8) return undefined;
  const addresses = version === 0 ? 24 : version === 1 ? 28 : 12;
  const at = addresses + 2 * offsetBytes;
  if (head.length < at + offsetBytes) return undefined;
  return offsetBytes === 8 ? Number(head.readBigUInt64LE(at)) : head.readUIntLE(at, offsetBytes);
}
