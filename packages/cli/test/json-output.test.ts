/** The objects that `--json` prints are the documented ones. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { archivedGranule, startArchive } from "./archive.js";
import { configText, makeFolder, smallGranules, writeText, zagg, zaggDone } from "./command.js";

const page = readFileSync(resolve(import.meta.dirname, "../../../docs/json-output.md"), "utf8");
/** Keys by version, as the page lists them. */
const documented = new Map(
  [...page.matchAll(/^\| `(zagg-[\w-]+\/\d+)` +\|[^|]+\|(.*)\|$/gm)].map(([, version, keys]) => [
    version,
    [...(keys ?? "").matchAll(/`(\w+)`/g)].map(([, key]) => key),
  ]),
);

const shared = makeFolder();
const config = join(shared.path, "config.yaml");
const map = join(shared.path, "map.json");
const derived = join(shared.path, "derived.json");
const store = join(shared.path, "out.zarr");
const largestFill = "18446744073709551615";
const build = [
  "shardmap",
  "build",
  "--config",
  config,
  "--granules",
  join(shared.path, "granules/*"),
  "--out",
  map,
];
const run = ["run", "--executor", "inline", "--config", config, "--catalog", map, "--store", store];
const catalog = join(shared.path, "granules.parquet");
const granule = join(shared.path, "granules", "ATL06_20260105123456_01233010_007_01.h5");
/** The URL of the archive comes last. */
const query = [
  "catalog",
  "query",
  "--short-name",
  "ATL06",
  "--cycle",
  "22",
  "--bbox=0,69,9,72",
  "--out",
  catalog,
];
const archive = startArchive([1, 2, 3].map((track) => archivedGranule(track)));
beforeAll(async () => {
  query.push("--url", (await archive).url);
  await smallGranules(shared.path);
  const coordinates = `aggregation:\n  coordinates: {cell_ids: {dtype: uint64, fill_value: "${largestFill}"}}`;
  writeText(shared.path, "config.yaml", configText("healpix").replace("aggregation:", coordinates));
  await zaggDone(...build);
  await zaggDone(...run);
});
afterAll(async () => {
  shared.remove();
  await (await archive).close();
});

const commands: readonly (readonly [version: string, argv: readonly string[]])[] = [
  ["zagg-run/1", [...run, "--overwrite"]],
  ["zagg-dry-run/1", [...run, "--dry-run"]],
  ["zagg-shardmap-build/1", build],
  ["zagg-shardmap-check/1", ["shardmap", "check", "--config", config, "--shardmap", map]],
  ["zagg-shardmap-info/1", ["shardmap", "info", map]],
  ["zagg-shardmap-validate/1", ["shardmap", "validate", map]],
  ["zagg-shardmap-diff/1", ["shardmap", "diff", map, map]],
  ["zagg-shardmap-rekey/1", ["shardmap", "rekey", map, "--config", config, "--out", derived]],
  ["zagg-shardmap-merge/1", ["shardmap", "merge", map, map, "--out", derived]],
  ["zagg-shardmap-subset/1", ["shardmap", "subset", map, "--time", "2000-01-01..", "--out", derived]],
  ["zagg-shardmap-geojson/1", ["shardmap", "geojson", map, "--config", config, "--out", derived]],
  ["zagg-catalog-query/1", query],
  ["zagg-catalog-import/1", ["catalog", "import", catalog, "--out", join(shared.path, "copy.parquet")]],
  ["zagg-catalog-info/1", ["catalog", "info", catalog]],
  ["zagg-catalog-sync/1", ["catalog", "sync", catalog]],
  ["zagg-validate/1", ["validate", config]],
  ["zagg-check/1", ["check", config, config]],
  ["zagg-granule-describe/1", ["granule", "describe", granule]],
  ["zagg-inspect/1", ["inspect", store]],
  ["zagg-config-list/1", ["config", "list"]],
  ["zagg-plugins/1", ["plugins"]],
];

describe("--json", () => {
  it.each(commands)("prints the keys that are documented for %s, and nothing else", async (version, argv) => {
    const { stdout } = await zagg(...argv, "--json");
    const { version: printed, ...rest } = JSON.parse(stdout) as { version: string };
    expect(printed).toBe(version);
    expect(Object.keys(rest).sort()).toEqual([...(documented.get(version) ?? [])].sort());
  });

  it("is documented for no other form but the demo's", () => {
    expect([...documented.keys()].sort()).toEqual(
      [...commands.map(([version]) => version), "zagg-demo/1"].sort(),
    );
  });

  it("spells a fill value beyond 2^53 as text", async () => {
    const { stdout } = await zagg("inspect", store, "--json");
    const { arrays } = JSON.parse(stdout) as { arrays: { path: string; fillValue: unknown }[] };
    expect(arrays.find(({ path }) => path.endsWith("cell_ids"))?.fillValue).toBe(largestFill);
  });
});
