/** A run for the executor kit: into a folder, with fill values of every spelling, by plugins that workers can rebuild. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { validateConfig, type Composition, type Json, type RunContext, type ShardJob } from "@zagg/core";
import type { ExecutorScene } from "@zagg/core/testing";
import { createShardMap } from "@zagg/shardmap";
import { createShardProcessor, planRun } from "../src/index.js";
import { FIRST_KEY } from "./plugins/boxes-grid.mjs";
import { composeRegistry } from "./plugins/composition.mjs";

const root = mkdtempSync(join(tmpdir(), "zagg-executor-"));
let places = 0;

/** Removes what every scene stored. */
export function removeScenes(): void {
  rmSync(root, { recursive: true, force: true });
}

export const fileComposition: Composition = {
  specifier: new URL("./plugins/composition.mjs", import.meta.url).href,
  version: null,
  sharedDisk: true,
  export: "composeRegistry",
};

const variables = {
  nan: { function: "crash", source: "h", dtype: "float64" },
  above: { function: "mean", source: "h", dtype: "float64", fill_value: "Infinity" },
  below: { function: "mean", source: "h", fill_value: "-Infinity" },
  minus_zero: { function: "mean", source: "h", dtype: "float64", fill_value: -0 },
  most: { function: "count", dtype: "uint64", fill_value: "18446744073709551615" },
  least: { function: "count", dtype: "int64", fill_value: "-9223372036854775808" },
  odd: { function: "count", dtype: "int64", fill_value: "9007199254740993" },
  flag: { function: "crash", source: "h", dtype: "bool", fill_value: true },
};

/** @param composition what workers rebuild the registry from; the test plugins by their path when left out */
export function executorScene(
  composition: Composition = fileComposition,
): ExecutorScene & { storeUri: string } {
  const registry = composeRegistry();
  const storeUri = join(root, `store-${places++}`);
  const source = {
    reader: "table",
    groups: ["g"],
    coordinates: { latitude: "/{group}/lat", longitude: "/{group}/lon" },
    variables: { h: "/{group}/h" },
  };
  const draft = {
    data_source: source,
    aggregation: { variables },
    output: { grid: { type: "boxes", columns: 4, cells: 32 } },
  };
  const { config } = validateConfig(draft as Json, registry);
  const hrefs = ["table://made/3/1", "table://made/40/2", "table://nowhere", "table://made/20000/3"];
  const shardMap = createShardMap({
    metadata: {},
    gridSignature: null,
    shardKeys: BigUint64Array.from(hrefs, (_href, i) => FIRST_KEY + BigInt(i)),
    granules: hrefs.map((href, i) => [{ id: `${i}`, s3: null, https: null, file: href }]),
  });
  const plan = planRun({ registry, config, shardMap, mapBase: "/", storeUri });
  const context: RunContext = {
    runId: "scene",
    composition,
    config: plan.config,
    storeUri,
    hierarchy: plan.hierarchy,
  };
  const [one, other, failing, deadly] = plan.jobs as [ShardJob, ShardJob, ShardJob, ShardJob];
  return {
    registry,
    context,
    storeUri,
    jobs: [one, other],
    failing,
    deadly,
    meeting: (count) =>
      Array.from({ length: count }, (_none, as) => ({
        ...one,
        granules: [
          { ...one.granules[0]!, href: `table://made/3/1?room=${storeUri}.room&of=${count}&as=${as}` },
        ],
      })),
    contents: async () => folderContents(storeUri),
    reference: (job) => createShardProcessor(context, registry).process(job),
  };
}

/** Every file of a folder as hexadecimal text, by its path. */
export function folderContents(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );
  return Object.fromEntries(files.sort().map((path) => [path, readFileSync(join(folder, path), "hex")]));
}
