/** The rows of one shard, gathered granule by granule. */
import type { DroppedRows } from "@zagg/core";
import { RowColumn, type ColumnMark } from "./read/row-column.js";

/** Where a granule began, to go back to when the rest of it cannot be read. */
export interface RowsMark {
  readonly dropped: DroppedRows;
  readonly positions: ColumnMark;
  readonly columns: ReadonlyMap<string, ColumnMark>;
}

export class ShardRows {
  /** Position of each row in the shard's canonical cell order. */
  readonly positions = new RowColumn();
  readonly columns: ReadonlyMap<string, RowColumn>;
  dropped = { invalid: 0, fill: 0, filtered: 0 };
  /** What was read of granules, and what they hold for it: base rows whose place was looked at, bytes of values. */
  readonly read = { rows: 0, bytes: 0, rows_held: 0, bytes_held: 0 };

  constructor(names: Iterable<string>) {
    this.columns = new Map([...names].map((name) => [name, new RowColumn()]));
  }

  get length(): number {
    return this.positions.length;
  }

  /** Bytes of the rows that are held. */
  get byteLength(): number {
    return [...this.columns.values()].reduce(
      (sum, column) => sum + column.byteLength,
      this.positions.byteLength,
    );
  }

  mark(): RowsMark {
    const columns = new Map([...this.columns].map(([name, column]) => [name, column.mark()]));
    return { dropped: { ...this.dropped }, positions: this.positions.mark(), columns };
  }

  rewind(mark: RowsMark): void {
    this.dropped = { ...mark.dropped };
    this.positions.rewind(mark.positions);
    for (const [name, column] of this.columns) column.rewind(mark.columns.get(name)!);
  }
}
