/** Bytes of the file that HDF5 has open, for what is read past it. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";

import type { FileBytes } from "./object-header.js";
import type { Addressing } from "./superblock.js";

/** Opens a file for as long as the work takes. */
export function withFileBytes<T>(path: string, addressing: Addressing, work: (file: FileBytes) => T): T {
  const descriptor = openSync(path, "r");
  try {
    const { size } = fstatSync(descriptor);
    const { base, offsetBytes, lengthBytes } = addressing;
    const read = (address: number, length: number): Buffer => {
      const start = base + address;
      if (!(start >= 0 && length >= 0 && start + length <= size)) {
        throw new RangeError(`bytes ${start} to ${start + length} are not in the file`);
      }
      const bytes = Buffer.alloc(length);
      if (readSync(descriptor, bytes, 0, length, start) < length) throw new RangeError("the file has shrunk");
      return bytes;
    };
    return work({ read, offsetBytes, lengthBytes });
  } finally {
    closeSync(descriptor);
  }
}
