/** One granule, asked for one dataset at a time. */
import type { Column, DatasetInfo, Granule, ReadRange } from "@zagg/core";

export interface GranuleDatasets {
  describe(path: string): Promise<DatasetInfo | null>;
  read(path: string, range: ReadRange): Promise<Column>;
}

/** Adds what is read to a count. */
export function countedDatasets(granule: Granule, read: { bytes: number }): GranuleDatasets {
  return {
    describe: async (path) => (await granule.describeMany([path]))[0]!,
    async read(path, range) {
      const [values] = await granule.readMany([{ path, ...range }]);
      read.bytes += values!.byteLength;
      return values!;
    },
  };
}
