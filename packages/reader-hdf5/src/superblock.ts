/**
 * What the first bytes of an HDF5 file say of the rest. HDF5 File Format Specification 3.0, section II.A:
 * the superblock starts at 0, 512 or a doubling of it, and holds the address of the file's end.
 */
import { open, stat, type FileHandle } from "node:fs/promises";

import { ReaderError } from "@zagg/core";

import { notHdf5, unreadable } from "./failures.js";

const SIGNATURE = Buffer.from([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]);
const READABLE = "give an HDF5 file that you may read";
const FIRST_USER_BLOCK = 512;
/** Longest superblock up to the end-of-file address: version 1 with 8-byte offsets. */
const HEAD_BYTES = 28 + 3 * 8;

/**
 * Checks that a path holds a whole HDF5 file, before HDF5 sees it: the library would read a file that has lost its tail
 * as far as it goes.
 * @throws ReaderError `GRANULE_MISSING`, `GRANULE_UNREADABLE`, `GRANULE_FORMAT`
 */
export async function assertWholeHdf5(path: string): Promise<void> {
  let file: FileHandle | undefined;
  try {
    const stats = await stat(path);
    if (!stats.isFile()) {
      throw unreadable(path, stats.isDirectory() ? "it is a folder" : "it is not a regular file", READABLE);
    }
    file = await open(path, "r");
    await assertWhole(file, stats.size, path);
  } catch (error) {
    throw error instanceof ReaderError ? error : systemError(path, error);
  } finally {
    await file?.close();
  }
}

async function assertWhole(file: FileHandle, size: number, path: string): Promise<void> {
  if (size === 0) throw notHdf5(path, "it is empty", "fetch it again");
  const head = Buffer.alloc(HEAD_BYTES);
  for (let at = 0; at < size; at = at === 0 ? FIRST_USER_BLOCK : at * 2) {
    const { bytesRead } = await file.read(head, 0, HEAD_BYTES, at);
    if (!head.subarray(0, Math.min(bytesRead, SIGNATURE.length)).equals(SIGNATURE)) continue;
    const end = endOfFile(head.subarray(0, bytesRead));
    if (end === undefined) {
      throw notHdf5(path, "its superblock is cut off or of an unknown version", "fetch it again");
    }
    if (end > size) {
      throw notHdf5(path, `it is truncated: ${size} of ${end} bytes are there`, "fetch it again");
    }
    return;
  }
  throw notHdf5(path, "it has no HDF5 signature", "give an HDF5 file, or name the reader of its format");
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

function systemError(path: string, cause: unknown): ReaderError {
  const code = (cause as NodeJS.ErrnoException).code;
  if (code === "ENOENT" || code === "ENOTDIR") {
    return new ReaderError("GRANULE_MISSING", {
      what: `there is no granule at ${path}`,
      why: "no file has that name",
      mend: "correct the path, or fetch the granule",
      path,
      cause,
    });
  }
  const why =
    code === "EACCES" || code === "EPERM"
      ? "you may not read it"
      : `the system refuses it (${code ?? String(cause)})`;
  return unreadable(path, why, READABLE, cause);
}
