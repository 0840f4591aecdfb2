/** What is known of groups of granules, remembered from shard to shard. */

/** By granule and group; the least recently used are forgotten beyond a capacity. */
export interface GroupCache<T> {
  get(href: string, group: string): T | undefined;
  set(href: string, group: string, known: T): void;
}

/** Some 3 kB per group of a long track. */
const CAPACITY = 8_192;

/** @param capacity groups */
export function createGroupCache<T>(capacity = CAPACITY): GroupCache<T> {
  const groups = new Map<string, T>();
  const keyOf = (href: string, group: string): string => `${group}\n${href}`;
  return {
    get(href, group) {
      const key = keyOf(href, group);
      const known = groups.get(key);
      if (known === undefined) return undefined;
      groups.delete(key);
      groups.set(key, known);
      return known;
    },
    set(href, group, known) {
      const [oldest] = groups.keys();
      if (groups.size >= capacity && oldest !== undefined) groups.delete(oldest);
      groups.set(keyOf(href, group), known);
    },
  };
}
