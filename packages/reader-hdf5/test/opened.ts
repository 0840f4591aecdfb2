/** Files on the disk as open granules, asked for one dataset at a time. */
import { openGranule, type Column, type DatasetInfo, type Granule, type ReadRange } from "@zagg/core";
import { fileSource } from "@zagg/sources/file";

import { openGranule as openLibrary } from "../src/granule.js";
import { hdf5 } from "../src/index.js";
import { localCopy } from "../src/local-copy.js";

export interface Opened extends Granule {
  describe(path: string): Promise<DatasetInfo | null>;
  read(path: string, range: ReadRange): Promise<Column>;
}

export async function opened(path: string): Promise<Opened> {
  return oneByOne(await openGranule({ source: () => fileSource }, hdf5, path));
}

/** The same through HDF5 itself, which reads what the walk does not know. */
export async function openedByLibrary(path: string): Promise<Opened> {
  const source = await fileSource.open(path);
  const granule = await openLibrary(source, await localCopy(source));
  return oneByOne({
    describeMany: (...asked) => granule.describeMany(...asked),
    readMany: (...asked) => granule.readMany(...asked),
    close: async () => {
      await granule.close();
      await source.close();
    },
  });
}

function oneByOne(granule: Granule): Opened {
  return {
    ...granule,
    describe: async (dataset) => (await granule.describeMany([dataset]))[0]!,
    read: async (dataset, range) => (await granule.readMany([{ path: dataset, ...range }]))[0]!,
  };
}
