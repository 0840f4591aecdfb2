/** The id of a run: equal for runs that would write the same store, so that one can resume another's work. */
import type { Composition } from "@zagg/core";
import type { RunPlan } from "../plan/run-plan.js";

/** Raise when the same plan comes to write other bytes, or other notes, so that old work is not resumed. */
const RESULT_REVISION = 3;
const ID_BYTES = 8;

/** Keys of `output` that say where the store is, and not what is in it. */
const placeKeys: readonly string[] = ["store", "endpoint_url", "region"];

/**
 * Sixteen hexadecimal digits: the beginning of the SHA-256 of what determines the store, the code of plugins included. The
 * place of the store is no part of it, nor the order in which a map lists unused things.
 */
export async function runId(
  { config, hierarchy, jobs, memoryBytes }: RunPlan,
  { plugins = [] }: Pick<Composition, "plugins"> = {},
): Promise<string> {
  const { data_source, aggregation, output } = config;
  const stored = Object.fromEntries(Object.entries(output).filter(([key]) => !placeKeys.includes(key)));
  const text = JSON.stringify({
    RESULT_REVISION,
    data_source,
    aggregation,
    stored,
    hierarchy,
    jobs,
    memoryBytes,
    ...(plugins.length === 0
      ? {}
      : { plugins: plugins.map(({ specifier, version, hash }) => hash ?? { specifier, version }) }),
  });
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return Array.from(digest.subarray(0, ID_BYTES), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
