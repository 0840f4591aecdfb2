/** The arcs of a polygon by columns of longitude, so that a meridian meets few of them. */
import { spanOf, type Arcs } from "./arcs.js";
import { eastward, type Span } from "./span.js";

export interface ArcColumns {
  readonly span: Span;
  readonly count: number;
  /** Arcs of column c are list[starts[c]] … list[starts[c + 1] − 1], ascending by their southern bounds. */
  readonly starts: Int32Array;
  readonly list: Int32Array;
}

/** Entries that the columns may hold, an arc. */
const ENTRIES_PER_ARC = 32;
/** 0.1 m at the equator, far above rounding: no arc is missed where it reaches within rounding. */
export const DEGREE_SLACK = 1e-6;

/** @param most number of columns that must not be exceeded; as many as arcs, when their lists stay short */
export function arcColumns(arcs: Arcs, span: Span, most: number = arcs.count): ArcColumns {
  let count = Math.max(1, most);
  while (count > 1 && entriesOf(arcs, span, count) > ENTRIES_PER_ARC * arcs.count)
    count = Math.ceil(count / 2);
  const empty: ArcColumns = { span, count, starts: new Int32Array(count + 1), list: new Int32Array(0) };
  const { starts } = empty;
  for (let arc = 0; arc < arcs.count; arc++) {
    forEachColumn(empty, arcs, arc, (column) => {
      starts[column + 1] = starts[column + 1]! + 1;
    });
  }
  for (let column = 0; column < count; column++) {
    starts[column + 1] = starts[column + 1]! + starts[column]!;
  }
  const list = new Int32Array(starts[count]!);
  const ends = starts.slice(0, count);
  const southward = Int32Array.from({ length: arcs.count }, (_, arc) => arc).sort(
    (a, b) => arcs.south[a]! - arcs.south[b]! || a - b,
  );
  for (const arc of southward) {
    forEachColumn(empty, arcs, arc, (column) => {
      list[ends[column]!] = arc;
      ends[column] = ends[column]! + 1;
    });
  }
  return { span, count, starts, list };
}

/** The column of a longitude; the last one for a longitude outside the span, where no arc is. */
export function columnAt({ span, count }: ArcColumns, lon: number): number {
  const turned = lon - span.west;
  const column = Math.floor(((turned < 0 ? turned + 360 : turned) * count) / span.width);
  return column < count ? column : count - 1;
}

/** Calls `visit` with each column that an arc reaches, once. */
export function forEachColumn(
  columns: Pick<ArcColumns, "span" | "count">,
  arcs: Arcs,
  arc: number,
  visit: (column: number) => void,
): void {
  const { span, count } = columns;
  const scale = count / span.width;
  const from = eastward(span.west, arcs.west[arc]!);
  const to = from + spanOf(arcs, arc);
  const columnOf = (degrees: number) => Math.floor(degrees * scale);
  // What lies past the end of the circle comes in again at its beginning.
  const wrapped = Math.min(count - 1, columnOf(to - 360 + DEGREE_SLACK));
  for (let column = 0; column <= wrapped; column++) visit(column);
  const first = Math.max(0, wrapped + 1, columnOf(from - DEGREE_SLACK));
  const last = Math.min(count - 1, columnOf(to + DEGREE_SLACK));
  for (let column = first; column <= last; column++) visit(column);
}

function entriesOf(arcs: Arcs, span: Span, count: number): number {
  let entries = 0;
  for (let arc = 0; arc < arcs.count; arc++) entries += 2 + (spanOf(arcs, arc) * count) / span.width;
  return entries;
}
