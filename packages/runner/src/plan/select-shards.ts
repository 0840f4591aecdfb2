/** Which shards of a map a run processes. */
import { RunError, suggest, type GridPlugin } from "@zagg/core";

export interface Selection {
  /** One shard: its key in decimal, or its label in the grid. */
  readonly cell?: string;
  /** The first so many, in the order of the map. */
  readonly maxCells?: number;
}

/**
 * Indices into the map's shard keys, ascending. `cell` goes before `maxCells`.
 * @throws RunError `RUN_CELL_UNKNOWN` with the nearest names, `RUN_EMPTY` when nothing is left
 */
export function selectShards(
  shardKeys: BigUint64Array,
  grid: GridPlugin,
  { cell, maxCells }: Selection,
): readonly number[] {
  if (maxCells !== undefined && !(Number.isInteger(maxCells) && maxCells > 0)) {
    throw new RangeError(`maxCells is ${maxCells}; it is a whole number above 0`);
  }
  if (shardKeys.length === 0) throw emptyMap();
  if (cell !== undefined) return [indexOfCell(shardKeys, grid, cell.trim())];
  return Array.from({ length: Math.min(maxCells ?? Infinity, shardKeys.length) }, (_none, i) => i);
}

function indexOfCell(shardKeys: BigUint64Array, grid: GridPlugin, cell: string): number {
  const byKey = /^[0-9]{1,20}$/.test(cell) ? shardKeys.indexOf(BigInt(cell)) : -1;
  if (byKey >= 0) return byKey;
  const labels = Array.from(shardKeys, (key) => grid.shardLabel(key));
  const byLabel = labels.indexOf(cell);
  if (byLabel >= 0) return byLabel;
  const nearest = suggest(cell, labels) ?? suggest(cell, Array.from(shardKeys, String));
  const examples = labels.slice(0, 3).join(", ");
  throw new RunError("RUN_CELL_UNKNOWN", {
    what: `the shard map has no shard "${cell}"`,
    why: `its ${shardKeys.length} shards are named like ${examples}, or by their keys`,
    mend: nearest === undefined ? "list the shards with `zagg shardmap info`" : `did you mean "${nearest}"?`,
    details: { cell, suggestion: nearest ?? null },
  });
}

function emptyMap(): RunError {
  return new RunError("RUN_EMPTY", {
    what: "the shard map has no shards",
    why: "there is nothing to aggregate",
    mend: "check the region and the granules that the map was built from",
  });
}
