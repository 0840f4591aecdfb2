/** The reader of HDF5 granules. */
import type { ByteSource, GranuleReader } from "@zagg/core";

import { openGranule } from "./granule.js";
import { localCopy } from "./local-copy.js";
import { assertWholeHdf5 } from "./superblock.js";

/**
 * Reads HDF5 files, range by range, without loading them whole. HDF5 itself is loaded on first use. A file on the local disk is
 * read where it is; the bytes of another source are copied to a temporary file first, which goes when the granule is closed.
 *
 * @example
 * const source = await fileSource.open("granule.h5");
 * const granule = await hdf5.open(source);
 * const path = "/gt1l/land_ice_segments/h_li";
 * const [heights] = await granule.readMany([{ path, start: 0, stop: 1000 }]);
 * await granule.close();
 * await source.close();
 */
export const hdf5 = Object.freeze({
  kind: "reader",
  apiVersion: 2,
  name: "hdf5",
  aliases: Object.freeze(["h5coro", "h5wasm"]),
  description: "HDF5 files",
  async open(source: ByteSource, signal?: AbortSignal) {
    const addressing = await assertWholeHdf5(source, signal);
    const copy = await localCopy(source, signal);
    try {
      return await openGranule(source, copy, addressing);
    } catch (error) {
      await copy.remove();
      throw error;
    }
  },
} as const) satisfies GranuleReader;
