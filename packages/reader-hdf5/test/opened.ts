/** Files on the disk as open granules, asked for one dataset at a time. */
import { openGranule, type Column, type DatasetInfo, type Granule, type ReadRange } from "@zagg/core";
import { fileSource } from "@zagg/sources/file";

import { hdf5 } from "../src/index.js";

export interface Opened extends Granule {
  describe(path: string): Promise<DatasetInfo | null>;
  read(path: string, range: ReadRange): Promise<Column>;
}

export async function opened(path: string): Promise<Opened> {
  const granule = await openGranule({ source: () => fileSource }, hdf5, path);
  return {
    ...granule,
    describe: async (dataset) => (await granule.describeMany([dataset]))[0]!,
    read: async (dataset, range) => (await granule.readMany([{ path: dataset, ...range }]))[0]!,
  };
}
