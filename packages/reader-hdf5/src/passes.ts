/** Which reads are made together: those of equal rows whose columns lie in the same stored chunks. */
import type { ReadRange } from "@zagg/core";

import type { Described } from "./describe.js";

/** One read of a dataset, and what is asked of it. */
export interface Pass {
  readonly dataset: Described;
  readonly start: number;
  readonly stop: number;
  /** First of the columns that are read; null for a dataset of one dimension. */
  readonly column: number | null;
  /** How many columns are read; 1 for a dataset of one dimension. */
  readonly width: number;
  /** Places among the requests, and the columns that they ask for, counted from the first that is read. */
  readonly asked: readonly { readonly place: number; readonly offset: number }[];
}

/** A request that fits its dataset. */
export interface DatasetRead {
  readonly dataset: Described;
  readonly range: ReadRange;
}

/**
 * A chunk holds several columns of its rows, so that columns read one after the other would decompress it as often. Passes
 * come in the order in which they are first asked for.
 */
export function passesOf(reads: readonly DatasetRead[]): readonly Pass[] {
  const together = new Map<string, number[]>();
  for (const [place, { dataset, range }] of reads.entries()) {
    const { start, stop, column } = range;
    const stored = column === undefined ? "" : Math.floor(column / (dataset.chunkColumns ?? Infinity));
    const key = `${start}:${stop}:${stored}:${dataset.path}`;
    const places = together.get(key);
    if (places === undefined) together.set(key, [place]);
    else places.push(place);
  }
  return [...together.values()].map((places) => {
    const { dataset, range } = reads[places[0]!]!;
    const columns = places.map((place) => reads[place]!.range.column ?? 0);
    const [first, last] = [Math.min(...columns), Math.max(...columns)];
    return {
      dataset,
      start: range.start,
      stop: range.stop,
      column: range.column === undefined ? null : first,
      width: last - first + 1,
      asked: places.map((place, i) => ({ place, offset: columns[i]! - first })),
    };
  });
}
