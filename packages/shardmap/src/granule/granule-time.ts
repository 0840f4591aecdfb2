/** When the data of a granule were taken. */
import { icesat2, type ProductRule } from "@zagg/core/internal";
import { parseGranuleName } from "./granule-id.js";
import type { GranuleRecord } from "../map/shard-map.js";

/** The first and last instant, as a record spells them. */
export interface StatedTime {
  readonly start: string;
  readonly end: string;
}

/** Milliseconds since 1970, both ends included. */
export interface TimeInterval {
  readonly startMs: number;
  readonly endMs: number;
}

/** Earliest start and latest end that records state; null when none states a time. */
export function statedTimeRange(records: Iterable<GranuleRecord>): StatedTime | null {
  let start: string | undefined;
  let end: string | undefined;
  for (const record of records) {
    const from = timeOf(record["time_start"]) ?? timeOf(record["datetime"]);
    const to = timeOf(record["time_end"]) ?? from;
    if (from !== undefined && (start === undefined || Date.parse(from) < Date.parse(start))) start = from;
    if (to !== undefined && (end === undefined || Date.parse(to) > Date.parse(end))) end = to;
  }
  return start === undefined || end === undefined ? null : { start, end };
}

/**
 * The interval that a record states (`time_start` and `time_end`, or `datetime`); else, for an id of the product, the longest time
 * that a granule of it covers from the time in its name; undefined when neither says.
 */
export function granuleInterval(
  record: GranuleRecord,
  rule: ProductRule = icesat2,
): TimeInterval | undefined {
  const stated = statedTimeRange([record]);
  if (stated !== null) return { startMs: Date.parse(stated.start), endMs: Date.parse(stated.end) };
  const name = parseGranuleName(record.id, rule);
  return name && { startMs: name.startMs, endMs: name.startMs + rule.longestMs };
}

/** Whether a record has data in a time; `undated` when nothing says when its data were taken. */
export function inTime(
  record: GranuleRecord,
  time: TimeInterval,
  rule?: ProductRule,
): "inside" | "outside" | "undated" {
  const interval = granuleInterval(record, rule);
  if (interval === undefined) return "undated";
  return interval.startMs <= time.endMs && interval.endMs >= time.startMs ? "inside" : "outside";
}

function timeOf(value: unknown): string | undefined {
  return typeof value === "string" && !Number.isNaN(Date.parse(value)) ? value : undefined;
}
