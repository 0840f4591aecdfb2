/** Why granules, and the shards that need them, cannot be read. */
import {
  ReaderError,
  errorFromJson,
  expandPath,
  type CodedError,
  type Granule,
  type ShardJob,
  type SkippedGranule,
} from "@zagg/core";
import type { RowPlan } from "./row-plan.js";

/** Ways to mend that a message tells. */
const MOST_MENDS = 3;

/**
 * Why a shard none of whose granules could be read has failed: their common mistake in its own words, if it is the
 * configuration's. Of a reader's family even so: granules of other shards may be as the configuration has them.
 */
export function unreadableShard(job: ShardJob, skipped: readonly SkippedGranule[]): CodedError {
  const first = skipped[0]?.error;
  const same = skipped.every(({ error }) => error.code === first?.code);
  if (first?.name === "ConfigError" && same) return errorFromJson({ ...first, name: "ReaderError" });
  const reasons = [...new Set(skipped.map(({ error }) => error.code))].sort();
  return new ReaderError("SHARD_UNREADABLE", {
    what: `none of the ${job.granules.length} granules of shard ${job.shardKey} could be read`,
    why: `the reasons are ${reasons.join(", ")}; ${first === undefined ? "" : `the first: ${first.what}`}`,
    mend:
      first?.code === "GRANULE_WRONG_PRODUCT" && same
        ? "correct the groups and dataset paths of data_source in the configuration, or map granules of its product"
        : `${[...new Set(skipped.map(({ error }) => error.mend))].slice(0, MOST_MENDS).join("; ")}; then repeat the run`,
    details: { shard_key: job.shardKey, granules: skipped.map(({ id }) => id), codes: reasons },
  });
}

/** The error of a granule that has all the datasets in no group: it names those to look for. @throws ReaderError as readers do */
export async function wrongProduct(granule: Granule, plan: RowPlan): Promise<ReaderError> {
  const lacking = new Map<string, readonly string[]>();
  for (const dataset of datasets(plan)) {
    const infos = await granule.describeMany(plan.groups.map((group) => expandPath(dataset, group)));
    const groups = plan.groups.filter((_group, i) => infos[i] === null);
    if (groups.length > 0) lacking.set(dataset, groups);
  }
  const nowhere = [...lacking].filter(([, groups]) => groups.length === plan.groups.length);
  const named = nowhere.length > 0 ? nowhere : [...lacking];
  return new ReaderError("GRANULE_WRONG_PRODUCT", {
    what:
      nowhere.length > 0
        ? `no group of the granule has ${named.map(([dataset]) => dataset).join(" or ")}`
        : `no group of the granule has all datasets: ${named.map(([dataset, groups]) => `${dataset} is not in ${groups.join(", ")}`).join("; ")}`,
    why: `a group is read when it has every dataset that the configuration names; its groups are ${plan.groups.join(", ")}`,
    mend: "check that the granule is of the product that the configuration is for, or correct the paths in data_source",
    details: { groups: [...plan.groups], datasets: named.map(([dataset]) => dataset) },
  });
}

/** Templates of all datasets that a group must have, each once. */
function datasets({ latitude, longitude, columns, filters }: RowPlan): readonly string[] {
  const ofFilters = filters.flatMap((filter) => (filter.on === "dataset" ? [filter.dataset] : []));
  const places = [latitude, longitude, ...columns.map(({ dataset }) => dataset)];
  return [...new Set([...places.map(({ path }) => path), ...ofFilters])];
}
