/** When the data of a granule were taken. */
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

/** An ICESat-2 granule covers one orbit at most: 94.3 minutes. */
const ORBIT_MS = 95 * 60_000;

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
 * The interval that a record states (`time_start` and `time_end`, or `datetime`); else, for an ICESat-2 id, the orbit
 * that begins at the time in its name; undefined when neither says.
 */
export function granuleInterval(record: GranuleRecord): TimeInterval | undefined {
  const stated = statedTimeRange([record]);
  if (stated !== null) return { startMs: Date.parse(stated.start), endMs: Date.parse(stated.end) };
  const name = parseGranuleName(record.id);
  return name && { startMs: name.startMs, endMs: name.startMs + ORBIT_MS };
}

function timeOf(value: unknown): string | undefined {
  return typeof value === "string" && !Number.isNaN(Date.parse(value)) ? value : undefined;
}
