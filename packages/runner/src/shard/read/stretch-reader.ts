/** Reads one stretch of base rows of several datasets, each distinct one once. */
import { readRequest, type Column } from "@zagg/core";
import type { ColumnReads } from "./column-reads.js";
import { applyFilter, type DatasetFilter } from "./filters.js";
import type { GroupDataset } from "./group-layout.js";
import { broadcastToBase, parentsOf, spreadToBase, type LevelLink } from "./level-link.js";
import type { RowRange } from "./row-range.js";
import { once } from "./together.js";

export interface StretchReader {
  /** Names what the next step needs: the first of them that is used is read together with the others. */
  want(datasets: readonly GroupDataset[]): void;
  /** Values of the base rows; those of a level are repeated for the base rows of each of its rows. */
  values(dataset: GroupDataset): Promise<Column>;
  /**
   * 1 for each base row that a row of the dataset's level owns which meets the filter: where two own it, one suffices.
   * A base row that none owns meets nothing.
   */
  passing(dataset: GroupDataset, link: LevelLink, filter: DatasetFilter): Promise<Uint8Array>;
}

const NONE: RowRange = { start: 0, stop: 0 };

export function stretchReader(reads: ColumnReads, { start, stop }: RowRange): StretchReader {
  const asked = new Map<string, () => Promise<Column>>();
  const columns = new Map<string, () => Promise<Column>>();
  const parents = new Map<LevelLink, RowRange>();
  let wanted: readonly GroupDataset[] = [];

  /** The rows of the dataset's own level that the stretch needs. */
  const rowsOf = ({ link }: GroupDataset): RowRange => {
    if (link === null) return { start, stop };
    const known = parents.get(link) ?? parentsOf(link, start, stop) ?? NONE;
    parents.set(link, known);
    return known;
  };
  /** The numbers that are stored. */
  const stored = (dataset: GroupDataset): Promise<Column> => {
    const key = keyOf(dataset);
    if (!asked.has(key)) {
      const missing = new Map<string, GroupDataset>();
      for (const one of [dataset, ...wanted]) if (!asked.has(keyOf(one))) missing.set(keyOf(one), one);
      const takes = reads.ahead([...missing.values()].map((one) => readRequest(one, rowsOf(one))));
      for (const [i, missed] of [...missing.keys()].entries()) asked.set(missed, takes[i]!);
    }
    return asked.get(key)!();
  };
  return {
    want(datasets) {
      wanted = datasets;
    },
    values(dataset) {
      const { decoding, form } = dataset;
      const key = `${form}:${keyOf(dataset)}`;
      const known = columns.get(key);
      if (known !== undefined) return known();
      const { link } = dataset;
      const values = once(async () => {
        const column = decoding[form](await stored(dataset));
        return link === null ? column : broadcastToBase(link, column, rowsOf(dataset).start, start, stop);
      });
      columns.set(key, values);
      return values();
    },
    async passing(dataset, link, filter) {
      const values = dataset.decoding[dataset.form](await stored(dataset));
      const rows = Int32Array.from({ length: values.length }, (_none, row) => row);
      const kept = applyFilter(filter, values, rows, rows.length);
      return spreadToBase(link, rows.subarray(0, kept), rowsOf(dataset).start, start, stop);
    },
  };
}

function keyOf({ column, path, link }: GroupDataset): string {
  return `${link === null ? "base" : "level"}:${column ?? ""}:${path}`;
}
