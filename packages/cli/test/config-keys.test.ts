/** Keys of a configuration at the command line: what is not honoured is said before anything is read or written. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  configText,
  makeFolder,
  smallGranules,
  testFolder,
  writeText,
  zagg,
  zaggBuild,
  zaggRun,
} from "./command.js";

/** A configuration with lines more in `output`. */
function withOutput(...lines: readonly string[]): string {
  return `${configText("healpix")}${lines.map((line) => `  ${line}\n`).join("")}`;
}

const hive = [
  "store_layout: hive",
  "windowing: {schedule: yearly, time_field: h_li, epoch: '2018-01-01T00:00:00'}",
  "aoi_mask: true",
];

describe("a configuration that asks for what is not there", () => {
  it("is refused by validate and run, key by key, and no store is begun", async () => {
    const folder = testFolder();
    const config = writeText(folder, "c.yaml", withOutput(...hive));
    const store = join(folder, "out.zarr");
    for (const { status, stderr } of [
      await zagg("validate", config),
      await zaggRun(config, join(folder, "no-map.json"), store),
    ]) {
      expect(status).toBe(2);
      expect(stderr.match(/^error CONFIG_KEY_UNSUPPORTED at .*c\.yaml:\d+:3$/gm)).toHaveLength(3);
    }
    expect(existsSync(store)).toBe(false);
  });

  it("is no hindrance to a shard map, which does not depend on what a run writes", async () => {
    const folder = testFolder();
    const config = writeText(folder, "c.yaml", withOutput(...hive));
    const { stderr } = await zaggBuild(config, [join(folder, "*.h5")], join(folder, "map.json"));
    expect(stderr).toMatch(/^warning CONFIG_KEY_IGNORED at .*\n {2}3 keys change nothing here: /);
    expect(stderr).toContain("error CLI_NO_GRANULES");
  });

  it.each([
    ["STORE_OPTION_UNSUPPORTED", "region: us-west-2"],
    ["PLUGIN_UNKNOWN", "format: parquet"],
  ])("is refused with %s when it is validated: %s", async (code, line) => {
    const config = writeText(testFolder(), "c.yaml", withOutput(line));
    const { status, stderr } = await zagg("validate", config);
    expect(stderr).toContain(`error ${code} at ${config}`);
    expect(status).toBe(2);
  });
});

describe("bounds of a configuration", () => {
  const shared = makeFolder();
  const at = (name: string) => join(shared.path, name);
  const granules = [at("granules/*.h5")];
  /** Of the five shards and two granules, the shards about a place and the granule of a day. */
  const bounds =
    "bounds: {spatial: [123.2, -76.05, 123.4, -75.98], temporal: {start_date: 2026-01-05, end_date: 2026-01-05}}";
  const text = configText("healpix").replace("child_order: 12", "$&, layout: dense");
  const bounded = at("bounded.yaml");
  beforeAll(async () => {
    await smallGranules(shared.path);
    writeText(shared.path, "bounded.yaml", `${text}${bounds}\n`);
    await zaggBuild(writeText(shared.path, "whole.yaml", text), granules, at("whole.json"));
  });
  afterAll(shared.remove);

  it("give one store, whether the map was built for them or for everything", async () => {
    const built = await zaggBuild(bounded, granules, at("built.json"), "--json");
    expect(JSON.parse(built.stdout)).toMatchObject({
      shards: 1,
      granulesAssigned: 1,
      granulesOutsideTime: 1,
    });
    const ofBuilt = await zaggRun(bounded, at("built.json"), at("built.zarr"));
    expect(ofBuilt).toMatchObject({ status: 0, stderr: expect.not.stringContaining("BOUNDS") as string });
    const ofWhole = await zaggRun(bounded, at("whole.json"), at("whole.zarr"));
    expect(ofWhole.stderr).toMatch(
      /^warning BOUNDS_SELECTED at .*bounded\.yaml, \/bounds\n {2}bounds take 1 of 5 shards/,
    );
    expect(contents(at("whole.zarr"))).toEqual(contents(at("built.zarr")));
  });

  it("stand back behind a region of the command line, which is said", async () => {
    const out = at("overridden.json");
    const { status, stderr } = await zaggBuild(bounded, granules, out, "--bbox=120,-80,125,-70");
    expect(status).toBe(0);
    expect(stderr).toMatch(/^warning CLI_BOUNDS_OVERRIDDEN at .*bounded\.yaml, \/bounds\/spatial\n/);
    const { metadata } = JSON.parse(readFileSync(out, "utf8")) as { metadata: { total_shards: number } };
    expect(metadata.total_shards).toBeGreaterThan(1);
  });

  it("do not keep a run from finding its map and store where the configuration says", async () => {
    const store = at("named.zarr");
    const named = text.replace("output:\n", `catalog: ${at("whole.json")}\n$&  store: ${store}\n`);
    const config = writeText(shared.path, "named.yaml", named);
    const { stdout } = await zagg("run", "--dry-run", "--json", "--config", config);
    expect(JSON.parse(stdout)).toMatchObject({ store_path: store, total_cells: 5 });
  });

  it("that are no region are refused with their place when they are validated", async () => {
    const config = writeText(testFolder(), "c.yaml", `${text}bounds: {spatial: [10, 20, 30, 10]}\n`);
    const { status, stderr } = await zagg("validate", config);
    expect(stderr).toContain(`error REGION_BBOX_REVERSED at ${config}, /bounds/spatial`);
    expect(status).toBe(2);
  });
});

/** Every file of a store, by name. */
function contents(root: string): Record<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(paths.map((path) => [path.slice(root.length), readFileSync(path, "hex")]));
}
