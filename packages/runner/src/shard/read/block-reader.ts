/** Reads one range of base rows of several datasets, each distinct one once. */
import type { Column } from "@zagg/core";
import { applyFilter, type DatasetFilter } from "./filters.js";
import type { GroupDataset } from "./group-layout.js";
import { broadcastToBase, parentsOf, spreadToBase, type LevelLink } from "./level-link.js";
import type { GranuleDatasets } from "./granule-datasets.js";

export interface BlockReader {
  /** Values of the base rows; those of a level are repeated for the base rows of each of its rows. */
  values(dataset: GroupDataset): Promise<Column>;
  /**
   * 1 for each base row that a row of the dataset's level owns which meets the filter: where two own it, one suffices.
   * A base row that none owns meets nothing.
   */
  passing(dataset: GroupDataset, link: LevelLink, filter: DatasetFilter): Promise<Uint8Array>;
}

/** Values of the rows `first`, `first + 1`, … of a level. */
interface LevelValues {
  readonly first: number;
  readonly values: Column;
}

/** @param start first base row @param stop base row after the last */
export function blockReader(granule: GranuleDatasets, start: number, stop: number): BlockReader {
  const levels = new Map<string, Promise<LevelValues>>();
  const columns = new Map<string, Promise<Column>>();
  const ofLevel = (dataset: GroupDataset, link: LevelLink): Promise<LevelValues> =>
    once(levels, keyOf(dataset), async () => {
      const parents = parentsOf(link, start, stop) ?? { start: 0, stop: 0 };
      return {
        first: parents.start,
        values: await granule.read(dataset.path, { ...parents, ...which(dataset) }),
      };
    });
  return {
    values: (dataset) =>
      once(columns, keyOf(dataset), async () => {
        const { link } = dataset;
        if (link === null) return granule.read(dataset.path, { start, stop, ...which(dataset) });
        const { first, values } = await ofLevel(dataset, link);
        return broadcastToBase(link, values, first, start, stop);
      }),
    async passing(dataset, link, filter) {
      const { first, values } = await ofLevel(dataset, link);
      const rows = Int32Array.from({ length: values.length }, (_none, row) => row);
      const kept = applyFilter(filter, values, rows, rows.length);
      return spreadToBase(link, rows.subarray(0, kept), first, start, stop);
    },
  };
}

function which({ column }: GroupDataset): { readonly column?: number } {
  return column === null ? {} : { column };
}

function keyOf({ column, path, link }: GroupDataset): string {
  return `${link === null ? "base" : "level"}:${column ?? ""}:${path}`;
}

function once<T>(known: Map<string, Promise<T>>, key: string, read: () => Promise<T>): Promise<T> {
  const found = known.get(key);
  if (found !== undefined) return found;
  const reading = read();
  known.set(key, reading);
  return reading;
}
