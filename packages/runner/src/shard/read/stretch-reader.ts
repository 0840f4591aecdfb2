/** Reads one stretch of base rows of several datasets, each distinct one once. */
import { readRequest, type TypedArray } from "@zagg/core";
import type { NumberColumn } from "@zagg/core/internal";
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
  values(dataset: GroupDataset): Promise<NumberColumn>;
  /**
   * 1 for each base row that a row of the dataset's level owns which meets the filter: where two own it, one suffices.
   * A base row that none owns meets nothing.
   */
  passing(dataset: GroupDataset, link: LevelLink, filter: DatasetFilter): Promise<Uint8Array>;
}

const NONE: RowRange = { start: 0, stop: 0 };

export function stretchReader(reads: ColumnReads, { start, stop }: RowRange): StretchReader {
  const asked = new Map<string, () => Promise<TypedArray>>();
  const columns = new Map<string, () => Promise<NumberColumn>>();
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
  const stored = (dataset: GroupDataset): Promise<TypedArray> => {
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
      const key = `${dataset.form}:${keyOf(dataset)}`;
      const known = columns.get(key);
      if (known !== undefined) return known();
      const { link } = dataset;
      const values = once(async () => {
        const column = decoded(dataset, await stored(dataset));
        if (link === null) return column;
        const { start: first } = rowsOf(dataset);
        const { values: own, rest, isWide } = column;
        return {
          values: broadcastToBase(link, own, first, start, stop),
          rest: rest === null ? null : (broadcastToBase(link, rest, first, start, stop) as Int16Array),
          isWide,
        };
      });
      columns.set(key, values);
      return values();
    },
    async passing(dataset, link, filter) {
      const column = decoded(dataset, await stored(dataset));
      const rows = Int32Array.from({ length: column.values.length }, (_none, row) => row);
      const kept = applyFilter(filter, column, rows, rows.length);
      return spreadToBase(link, rows.subarray(0, kept), rowsOf(dataset).start, start, stop);
    },
  };
}

/** What is made of the numbers that are stored. */
function decoded({ decoding, wide, form }: GroupDataset, stored: TypedArray): NumberColumn {
  return stored instanceof BigInt64Array || stored instanceof BigUint64Array
    ? wide[form](stored)
    : { values: decoding[form](stored), rest: null, isWide: false };
}

function keyOf({ column, path, link }: GroupDataset): string {
  return `${link === null ? "base" : "level"}:${column ?? ""}:${path}`;
}
