/** The reader of HDF5 granules. */
import type { ByteSource, Granule, GranuleReader } from "@zagg/core";

import { notHdf5 } from "./failures.js";
import { openFile, type Hdf5File } from "./format/open.js";
import { Damage, Unsupported } from "./format/problems.js";
import { walkedGranule } from "./walked-granule.js";

/**
 * Reads HDF5 files, range by range, without loading them whole. The few forms of datasets that this package does not know itself are
 * read by HDF5, which is loaded then: from the file where it is on the local disk, else from a temporary copy, which goes when the
 * granule is closed.
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
    const file = await walk(source, signal);
    return walkedGranule(source, file, (late) => throughLibrary(source, late));
  },
} as const) satisfies GranuleReader;

/** @throws ReaderError `GRANULE_FORMAT`, or as the source does */
async function walk(source: ByteSource, signal: AbortSignal | undefined): Promise<Hdf5File> {
  const { uri, size } = source;
  if (size === 0) throw notHdf5(uri, "it is empty", "fetch it again");
  let file: Hdf5File | undefined;
  try {
    file = await openFile({ size, read: (ranges, late) => source.read(ranges, late ?? signal) });
    await assertRoot(file);
  } catch (error) {
    if (error instanceof Damage) throw notHdf5(uri, error.message, "fetch it again", error);
    throw error;
  }
  if (file === undefined)
    throw notHdf5(uri, "it has no HDF5 signature", "give an HDF5 file, or name the reader of its format");
  return file;
}

/** A damaged root is told on opening: there is nothing to read without it. @throws Damage */
async function assertRoot(file: Hdf5File | undefined): Promise<void> {
  try {
    await file?.object("/");
  } catch (error) {
    if (!(error instanceof Unsupported)) throw error;
  }
}

async function throughLibrary(source: ByteSource, signal: AbortSignal | undefined): Promise<Granule> {
  const [{ openGranule }, { localCopy }] = await Promise.all([
    import("./granule.js"),
    import("./local-copy.js"),
  ]);
  const copy = await localCopy(source, signal);
  try {
    return await openGranule(source, copy);
  } catch (error) {
    await copy.remove();
    throw error;
  }
}
