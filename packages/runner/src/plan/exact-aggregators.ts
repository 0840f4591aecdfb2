/** The aggregators that take 64-bit integers beyond ±2^53 as they are. */
import type { Registry } from "@zagg/core";

/** Their names, sorted. */
export function exactAggregators({ plugins }: Pick<Registry, "plugins">): readonly string[] {
  return plugins
    .flatMap((plugin) => (plugin.kind === "aggregator" && plugin.integers === "exact" ? [plugin.name] : []))
    .sort();
}
