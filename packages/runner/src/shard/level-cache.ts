/** What is known of the levels of groups, remembered from shard to shard. */
import type { LevelLink } from "./level-link.js";
import type { LevelTrack } from "./planned-rows.js";

/** One level of one group of a granule. */
export interface KnownLevel {
  readonly link: LevelLink | null;
  track?: LevelTrack;
}

/** By granule, group and level; the least recently used are forgotten beyond the capacity. */
export type LevelCache = Map<string, KnownLevel>;

/** Some 1 MB a level of a track of 20,000 segments. */
const CAPACITY = 256;

export function levelKey(href: string, group: string, level: string): string {
  return `${level}\n${group}\n${href}`;
}

/** What is known of a level, which becomes the most recently used. */
export function recall(cache: LevelCache, key: string): KnownLevel | undefined {
  const known = cache.get(key);
  if (known === undefined) return undefined;
  cache.delete(key);
  cache.set(key, known);
  return known;
}

export function remember(cache: LevelCache, key: string, known: KnownLevel): KnownLevel {
  const [oldest] = cache.keys();
  if (cache.size >= CAPACITY && oldest !== undefined) cache.delete(oldest);
  cache.set(key, known);
  return known;
}
