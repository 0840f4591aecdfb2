/** What is known of the levels of groups, remembered from shard to shard. */
import type { LevelLink } from "./level-link.js";
import type { LevelTrack } from "./planned-rows.js";

/** One level of one group of a granule. */
export interface KnownLevel {
  readonly link: LevelLink | null;
  track?: LevelTrack;
}

/** By granule, group and level; the oldest are forgotten beyond the capacity. */
export type LevelCache = Map<string, KnownLevel>;

/** Some 4 MB a level of a long track. */
const CAPACITY = 64;

export function levelKey(href: string, group: string, level: string): string {
  return `${level}\n${group}\n${href}`;
}

export function remember(cache: LevelCache, key: string, known: KnownLevel): KnownLevel {
  const [oldest] = cache.keys();
  if (cache.size >= CAPACITY && oldest !== undefined) cache.delete(oldest);
  cache.set(key, known);
  return known;
}
