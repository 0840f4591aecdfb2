/** Which base rows belong to each row of a level. */
import { ReaderError, expandPath, type Column, type Warning } from "@zagg/core";
import { decodingOf } from "@zagg/core/internal";
import type { SourceLevel } from "../../plan/source-levels.js";
import type { ColumnReads, Describe } from "./column-reads.js";
import { notesOfLink } from "./decoding-notes.js";
import type { RowPlan } from "./row-plan.js";
import type { RowRange } from "./row-range.js";

/** Rows of a level and the base rows of each, half-open; one without base rows has `starts` equal to `stops`. */
export interface LevelLink {
  readonly parents: number;
  readonly starts: Float64Array;
  readonly stops: Float64Array;
  /** Whether base rows ascend with the rows of the level; some may belong to two. */
  readonly ordered: boolean;
  /** Base rows that belong to none, in order, of an ordered link. */
  readonly gaps: readonly RowRange[];
}

/** Where the link of a level is. */
export interface LinkPlace {
  readonly level: SourceLevel;
  readonly group: string;
  readonly plan: RowPlan;
  readonly warn: (warning: Warning) => void;
}

/**
 * Reads the link of a level, whole: it is short beside what it links to.
 * @param baseRows rows at the base level
 * @returns null when the group lacks its datasets
 * @throws ReaderError `GRANULE_LINK` when a row of the level owns base rows that do not exist; `GRANULE_INCONSISTENT`
 */
export async function readLink(
  describe: Describe,
  reads: ColumnReads,
  { level, group, plan, warn }: LinkPlace,
  baseRows: number,
): Promise<LevelLink | null> {
  const [begPath, countPath] = [expandPath(level.indexBeg, group), expandPath(level.count, group)];
  const [beg, count] = [await describe(begPath), await describe(countPath)];
  if (beg === null || count === null) return null;
  const parents = beg.shape[0] ?? 0;
  if (beg.shape.length !== 1 || count.shape.length !== 1 || count.shape[0] !== parents) {
    throw new ReaderError("GRANULE_INCONSISTENT", {
      path: countPath,
      what: `the dataset has shape [${count.shape.join(", ")}] beside [${beg.shape.join(", ")}] of ${begPath}`,
      why: "each row of a level has a first row and a number of rows",
      mend: "check the link of the level in the configuration, or fetch the granule again",
    });
  }
  notesOfLink(plan, level.indexBeg, beg).forEach(warn);
  notesOfLink(plan, level.count, count).forEach(warn);
  const range = { start: 0, stop: parents };
  const [begs, counts] = await reads.now([
    { path: begPath, ...range },
    { path: countPath, ...range },
  ]);
  // Missing numbers stay what they are: a count of 0 is no row, and what points out of the group is refused.
  const starts = decodingOf(begPath, beg, plan.decoding).values(begs!);
  return linkOf(
    level,
    begPath,
    starts,
    decodingOf(countPath, count, plan.decoding).values(counts!),
    baseRows,
  );
}

function linkOf(level: SourceLevel, path: string, begs: Column, counts: Column, baseRows: number): LevelLink {
  const parents = begs.length;
  const starts = new Float64Array(parents);
  const stops = new Float64Array(parents);
  const gaps: RowRange[] = [];
  let ordered = true;
  let [begin, end] = [0, 0];
  for (let parent = 0; parent < parents; parent++) {
    const count = counts[parent]!;
    if (count === 0) {
      starts[parent] = stops[parent] = end;
      continue;
    }
    const start = begs[parent]! - level.indexBase;
    const stop = start + count;
    if (!(count > 0 && start >= 0 && stop <= baseRows)) {
      throw new ReaderError("GRANULE_LINK", {
        path,
        what: `row ${parent} of the level "${level.name}" owns ${count} base rows from ${start}`,
        why: `the base level has the rows 0 to ${baseRows - 1}; the level counts them from ${level.indexBase}`,
        mend: "set index_base as the product has it, or fetch the granule again",
        details: { level: level.name, row: parent, start, count, rows: baseRows },
      });
    }
    ordered &&= start >= begin && stop >= end;
    if (start > end) gaps.push({ start: end, stop: start });
    begin = start;
    starts[parent] = start;
    stops[parent] = stop;
    end = Math.max(end, stop);
  }
  if (end < baseRows) gaps.push({ start: end, stop: baseRows });
  return { parents, starts, stops, ordered, gaps };
}

/** The rows of a level from the first to the last with base rows in a range, half-open; null when there are none. */
export function parentsOf({ parents, starts, stops }: LevelLink, start: number, stop: number) {
  let first = -1;
  let last = -1;
  for (let parent = 0; parent < parents; parent++) {
    if (stops[parent]! > start && starts[parent]! < stop) {
      if (starts[parent]! === stops[parent]!) continue;
      if (first < 0) first = parent;
      last = parent;
    }
  }
  return first < 0 ? null : { start: first, stop: last + 1 };
}

/**
 * Values of a level repeated for the base rows start … stop − 1; where two of its rows own one, the later's. A base row
 * that belongs to none is NaN in float columns and 0 in others.
 * @param values of the rows `first`, `first + 1`, … of the level
 */
export function broadcastToBase(
  { starts, stops }: LevelLink,
  values: Column,
  first: number,
  start: number,
  stop: number,
): Column {
  const result = new (values.constructor as new (length: number) => Column)(stop - start);
  if (result instanceof Float32Array || result instanceof Float64Array) result.fill(NaN);
  for (let i = 0; i < values.length; i++) {
    const from = Math.max(start, starts[first + i]!);
    const to = Math.min(stop, stops[first + i]!);
    if (to > from) result.fill(values[i]!, from - start, to - start);
  }
  return result;
}

/**
 * 1 for each of the base rows start … stop − 1 that one of some rows of a level owns.
 * @param rows of the level, counted from `first`
 */
export function spreadToBase(
  { starts, stops }: LevelLink,
  rows: Int32Array,
  first: number,
  start: number,
  stop: number,
): Uint8Array {
  const result = new Uint8Array(stop - start);
  for (const row of rows) {
    const from = Math.max(start, starts[first + row]!);
    const to = Math.min(stop, stops[first + row]!);
    if (to > from) result.fill(1, from - start, to - start);
  }
  return result;
}
