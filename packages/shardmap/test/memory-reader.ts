/** A granule reader over columns in memory. */
import {
  ReaderError,
  type Column,
  type DatasetInfo,
  type Granule,
  type GranuleReader,
  type ReadRange,
  type ReadRequest,
  type SourceFactory,
} from "@zagg/core";

export interface MemoryDataset {
  readonly values: Column;
  readonly shape?: readonly number[];
  readonly chunkRows?: number;
  readonly fillValue?: number;
  /** Reading from this row on fails as damaged. */
  readonly damagedFrom?: number;
}
/** Datasets by path. */
export type MemoryGranule = Readonly<Record<string, MemoryDataset>>;

export interface MemoryReader extends GranuleReader {
  /** What was read, in order. */
  readonly reads: { readonly path: string; readonly range: ReadRange }[];
  /** Granules that are open now. */
  readonly openNow: Set<string>;
}

/** `null` stands for a file that is not of the format. */
export function createMemoryReader(files: Readonly<Record<string, MemoryGranule | null>>): MemoryReader {
  const reads: { path: string; range: ReadRange }[] = [];
  const opened = new Set<string>();
  const failure = (code: string, what: string): ReaderError =>
    new ReaderError(code, { what, why: "test", mend: "none" });
  return {
    kind: "reader",
    apiVersion: 2,
    name: "memory",
    aliases: [],
    description: "columns in memory",
    reads,
    openNow: opened,
    async open({ uri: href }): Promise<Granule> {
      const datasets = files[href];
      if (datasets === undefined) throw failure("GRANULE_MISSING", `no ${href}`);
      if (datasets === null) throw failure("GRANULE_FORMAT", `${href} is not HDF5`);
      opened.add(href);
      const describe = (path: string): DatasetInfo | null => {
        const dataset = datasets[path];
        if (dataset === undefined) return null;
        const { values, shape = [values.length], chunkRows = null, fillValue = null } = dataset;
        return { shape, dtype: "float64", fillValue, chunkRows };
      };
      const read = ({ path, ...range }: ReadRequest): Column => {
        const { values, shape: [, width] = [], damagedFrom = Infinity } = datasets[path]!;
        if (range.stop > damagedFrom) throw failure("GRANULE_CORRUPT", `${href} is damaged`);
        reads.push({ path, range });
        const column = width === undefined ? values : values.filter((_, i) => i % width === range.column);
        return column.subarray(range.start, range.stop);
      };
      return {
        describeMany: async (paths) => paths.map(describe),
        readMany: async (requests) => requests.map(read),
        async close() {
          opened.delete(href);
        },
      };
    },
  };
}

/** Opens whatever it is named: the reader knows what is there. */
export const anySource: { source(): SourceFactory } = {
  source: () => ({
    kind: "source",
    apiVersion: 2,
    name: "any",
    description: "names",
    schemes: ["file"],
    open: async (uri) => ({
      uri,
      size: 0,
      etag: null,
      read: async () => [],
      close: async () => undefined,
    }),
  }),
};
