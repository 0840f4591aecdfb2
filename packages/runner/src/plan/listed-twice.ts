/** Granules that a shard lists more than once, whose rows would count as often. */
import type { ShardJob, Warning } from "@zagg/core";

/** Granules that the prose names; the details have them all. */
const NAMED = 3;

/** Granules of one shard. */
interface Repeats {
  readonly shardKey: string;
  /** Each once, in the order in which they are repeated. */
  readonly ids: readonly string[];
}

/** One warning for a run, however many granules; none when no shard repeats one. By id or href: either makes it the same. */
export function listedTwiceWarnings(jobs: readonly ShardJob[]): readonly Warning[] {
  const repeats = jobs.map(repeatsOf).filter(({ ids }) => ids.length > 0);
  const [first] = repeats;
  if (first === undefined) return [];
  const ids = first.ids.slice(0, NAMED).join(", ");
  const more = first.ids.length > NAMED ? ` and ${first.ids.length - NAMED} more granules` : "";
  const others = repeats.length > 1 ? `; shards that repeat granules: ${repeats.length}` : "";
  return [
    {
      code: "GRANULE_LISTED_TWICE",
      what: `shard ${first.shardKey} lists more than once: ${ids}${more}${others}`,
      why: "a granule is read as often as it is listed, so its rows count more than once",
      mend: "remove the repeats from the shard map, or build it again from granules that differ",
      details: { shards: repeats.map(({ shardKey, ids }) => ({ shard_key: shardKey, granules: [...ids] })) },
    },
  ];
}

function repeatsOf({ shardKey, granules }: ShardJob): Repeats {
  const ids = new Set<string>();
  const hrefs = new Set<string>();
  const repeated = new Set<string>();
  for (const { id, href } of granules) {
    if (ids.has(id) || hrefs.has(href)) repeated.add(id);
    ids.add(id);
    hrefs.add(href);
  }
  return { shardKey, ids: [...repeated] };
}
