/** The reader of local HDF5 granules. */
import type { GranuleReader } from "@zagg/core";

import { openGranule } from "./granule.js";
import { localPath } from "./local-path.js";
import { assertWholeHdf5 } from "./superblock.js";

/**
 * Reads HDF5 files from disk, range by range, without loading them whole. HDF5 itself is loaded on first use.
 *
 * @example
 * const granule = await hdf5.open("granule.h5");
 * const heights = await granule.read("/gt1l/land_ice_segments/h_li", { start: 0, stop: 1000 });
 * await granule.close();
 */
export const hdf5 = Object.freeze({
  kind: "reader",
  apiVersion: 2,
  name: "hdf5",
  aliases: Object.freeze(["h5coro", "h5wasm"]),
  description: "HDF5 files on the local disk",
  schemes: Object.freeze(["file"]),
  async open(href: string) {
    const path = localPath(href);
    await assertWholeHdf5(path);
    return openGranule(path);
  },
} as const) satisfies GranuleReader;
