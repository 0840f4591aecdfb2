/** What is known of the levels of groups, remembered from shard to shard. */
import type { LevelLink } from "./level-link.js";
import type { LevelTrack } from "./planned-rows.js";

/** One level of one group of a granule. */
export interface KnownLevel {
  readonly link: LevelLink | null;
  track?: LevelTrack;
}

/** By granule, group and level; the least recently used are forgotten beyond the capacity. */
export interface LevelCache {
  /** What is known of a level, which becomes the most recently used. */
  get(key: string): KnownLevel | undefined;
  /** @returns what it is given */
  set(key: string, known: KnownLevel): KnownLevel;
}

/** Some 30 levels of whole tracks of 150,000 segments, and thousands of short ones. */
const CAPACITY_BYTES = 2 ** 28;
/** A link has two doubles per row, a track four; the rest is little. */
const ROW_BYTES = 6 * Float64Array.BYTES_PER_ELEMENT;
const ENTRY_BYTES = 2 ** 10;

/** @param capacityBytes the most recent level is kept whatever it takes */
export function createLevelCache(capacityBytes = CAPACITY_BYTES): LevelCache {
  const levels = new Map<string, KnownLevel>();
  let held = 0;
  const forget = (key: string): void => {
    const known = levels.get(key);
    if (known === undefined) return;
    levels.delete(key);
    held -= bytesOf(known);
  };
  return {
    get(key) {
      const known = levels.get(key);
      if (known === undefined) return undefined;
      levels.delete(key);
      levels.set(key, known);
      return known;
    },
    set(key, known) {
      forget(key);
      held += bytesOf(known);
      for (const oldest of levels.keys()) {
        if (held <= capacityBytes) break;
        forget(oldest);
      }
      levels.set(key, known);
      return known;
    },
  };
}

export function levelKey(href: string, group: string, level: string): string {
  return `${level}\n${group}\n${href}`;
}

/** The track is counted before it is there. */
function bytesOf({ link }: KnownLevel): number {
  return ENTRY_BYTES + (link?.parents ?? 0) * ROW_BYTES;
}
