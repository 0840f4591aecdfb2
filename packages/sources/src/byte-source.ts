/** Bytes that are at hand already as a source: a download, a file that a page was given. */
import type { ByteSource } from "@zagg/core";
import { assertRanges } from "./ranges.js";

/**
 * A source over bytes in memory. They are neither copied nor to be changed; what is read of them is a copy.
 * @param name names it in messages
 *
 * @example
 * const granule = await reader.open(byteSource(file.name, new Uint8Array(await file.arrayBuffer())));
 */
export function byteSource(name: string, bytes: Uint8Array): ByteSource {
  let isOpen = true;
  return {
    uri: name,
    size: bytes.length,
    etag: null,
    async read(ranges, signal) {
      if (!isOpen) throw new TypeError(`the source ${name} is closed`);
      signal?.throwIfAborted();
      assertRanges(name, bytes.length, ranges);
      return ranges.map(({ start, stop }) => bytes.slice(start, stop));
    },
    async close() {
      isOpen = false;
    },
  };
}
