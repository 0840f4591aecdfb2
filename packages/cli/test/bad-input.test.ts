/** Bad input: a coded error, the right exit status, and nothing left behind. */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadLibrary } from "@zagg/reader-hdf5/internal";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  configText,
  makeFolder,
  smallGranules,
  testFolder,
  writeText,
  zagg,
  zaggDone,
  zaggBuild,
  zaggRun,
} from "./command.js";

const shared = makeFolder();
const pattern = join(shared.path, "granules", "*.h5");
const goodMap = join(shared.path, "map.json");
beforeAll(async () => {
  await smallGranules(shared.path);
  const config = writeText(shared.path, "config.yaml", configText("healpix"));
  await zaggDone("shardmap", "build", "--config", config, "--granules", pattern, "--out", goodMap);
});
afterAll(shared.remove);

const healpix = configText("healpix");
const rectilinear = configText("rectilinear");

describe("a configuration", () => {
  it.each([
    [
      "a misspelt key",
      healpix.replace("quality_filter", "quality_fliter"),
      "CONFIG_KEY_UNKNOWN",
      "quality_filter",
    ],
    [
      "a misspelt key of the grid",
      healpix.replace("child_order", "child_oder"),
      "CONFIG_KEY_",
      "child_order",
    ],
    ["a wrong type", healpix.replace("child_order: 12", "child_order: ten"), "CONFIG_TYPE", "child_order"],
    [
      "an exponent that YAML 1.1 reads as text",
      rectilinear.replace("resolution: 5000", "resolution: 5e3"),
      "CONFIG_",
      "resolution",
    ],
    [
      "an unknown grid",
      healpix.replace("type: healpix", "type: helpix"),
      "PLUGIN_UNKNOWN",
      'did you mean "healpix"',
    ],
    [
      "an unknown function",
      healpix.replace("function: len", "function: lenn"),
      "PLUGIN_UNKNOWN",
      'did you mean "len"',
    ],
    [
      "an unknown reader",
      healpix.replace("driver: s3", "reader: hdf6"),
      "PLUGIN_UNKNOWN",
      'did you mean "hdf5"',
    ],
    [
      "an unknown column",
      healpix.replace("source: h_li, dtype", "source: h_lii, dtype"),
      "FIELD_SOURCE_UNKNOWN",
      'did you mean "h_li"',
    ],
    [
      "an unknown name in an expression",
      healpix.replace("1.0 / s_li**2", "1.0 / s_lii**2"),
      "EXPRESSION_NAME",
      "s_li",
    ],
    ["a broken expression", healpix.replace("1.0 / s_li**2", "1.0 / (s_li"), "EXPRESSION_SYNTAX", "h_mean"],
    [
      "child order below parent order",
      healpix.replace("child_order: 12", "child_order: 7"),
      "GRID_",
      "parent_order",
    ],
    ["an order above 29", healpix.replace("child_order: 12", "child_order: 30"), "CONFIG_RANGE", "30"],
    ["a negative order", healpix.replace("parent_order: 8", "parent_order: -1"), "CONFIG_RANGE", "-1"],
    [
      "reversed bounds",
      rectilinear.replace("[1000000, -1400000, 1800000", "[1800000, -1400000, 1000000"),
      "GRID_",
      "bounds",
    ],
    [
      "empty bounds",
      rectilinear.replace("[1000000, -1400000, 1800000", "[1000000, -1400000, 1000000"),
      "GRID_",
      "bounds",
    ],
    ["an unknown CRS", rectilinear.replace("EPSG:3031", "EPSG:303100"), "CRS_UNKNOWN", "EPSG:303100"],
    ["a CRS without its authority", rectilinear.replace("EPSG:3031", '"3031"'), "CRS_UNKNOWN", "EPSG:3031"],
    ["no YAML", "a: [1, 2", "CONFIG_YAML", "config.yaml"],
  ])("with %s is refused", async (_what, text, code, hint) => {
    const folder = testFolder();
    const config = writeText(folder, "config.yaml", text);
    const { status, stdout, stderr } = await zaggRun(config, goodMap, join(folder, "out.zarr"));
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(`error ${code}`);
    expect(stderr).toContain(hint);
    expect(stderr).toContain("  mend  ");
    expect(readdirSync(folder)).toEqual(["config.yaml"]);
  });

  it("names the file, line and column of the mistake", async () => {
    const config = writeText(testFolder(), "config.yaml", healpix.replace("driver: s3", "drivr: s3"));
    expect((await zagg("validate", config)).stderr).toMatch(/error CONFIG_KEY_UNKNOWN at .*config\.yaml:2:3/);
  });
});

describe("a shard map", () => {
  const text = '{"metadata": {}, "grid_signature": null, "shard_keys": [5], "granules": [[]]}';
  it.each([
    ["that is not JSON", "shards: 5", "SHARDMAP_NOT_JSON"],
    ["without keys", text.replace('"shard_keys": [5], ', ""), "SHARDMAP_KEY_MISSING"],
    ["without granules", text.replace(', "granules": [[]]', ""), "SHARDMAP_KEY_MISSING"],
    ["with unequal lists", text.replace("[5]", "[5, 6]"), "SHARDMAP_"],
    ["with a key beyond 64 bits", text.replace("[5]", "[18446744073709551616]"), "SHARDMAP_"],
    ["with a key twice", text.replace("[5]", "[5, 5]").replace("[[]]", "[[], []]"), "SHARDMAP_"],
    ["that is a list of URLs", '["s3://bucket/a.h5"]', "SHARDMAP_"],
  ])("%s is refused", async (_what, content, code) => {
    const folder = testFolder();
    const config = writeText(folder, "config.yaml", healpix);
    const map = writeText(folder, "map.json", content);
    const { status, stderr } = await zaggRun(config, map, join(folder, "out.zarr"));
    expect([status, readdirSync(folder).sort()]).toEqual([2, ["config.yaml", "map.json"]]);
    expect(stderr).toContain(`error ${code}`);
    expect(stderr).toContain("map.json");
  });

  it("that is not there exits 3", async () => {
    const config = writeText(testFolder(), "config.yaml", healpix);
    expect(await zaggRun(config, "no.json", "x")).toMatchObject({
      status: 3,
    });
  });
});

/** An HDF5 file with float64 columns in one group. */
async function writeColumns(path: string, group: string, columns: Record<string, number[]>): Promise<void> {
  const { library } = await loadLibrary();
  const file = new library.File(path, "w");
  let parent: Pick<typeof file, "create_group" | "create_dataset"> = file;
  for (const name of group.split("/").filter(Boolean)) parent = parent.create_group(name);
  for (const [name, values] of Object.entries(columns)) {
    parent.create_dataset({ name, data: Float64Array.from(values) });
  }
  file.close();
}

describe("granules", () => {
  async function build(files: Record<string, string | Uint8Array>, alongside: boolean) {
    const folder = testFolder();
    mkdirSync(join(folder, "granules"));
    const config = writeText(folder, "config.yaml", healpix);
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, "granules", name), bytes);
    const patterns = [join(folder, "granules", "*"), ...(alongside ? [pattern] : [])];
    return zaggBuild(config, patterns, join(folder, "map.json"), "--json");
  }

  it("that are empty, no HDF5, or of another product are skipped, counted and named", async () => {
    const folder = testFolder();
    await writeColumns(join(folder, "land.h5"), "/gt1l/land_segments", { latitude: [-75], longitude: [123] });
    const other = readFileSync(join(folder, "land.h5"));
    const files = { "empty.h5": "", "land.h5": other, "text.h5": "no HDF5 here" };
    const { status, stdout, stderr } = await build(files, true);
    expect(status).toBe(0);
    const { skipped } = JSON.parse(stdout) as { skipped: { id: string; error: { code: string } }[] };
    expect(skipped.map(({ id, error }) => [id, error.code])).toEqual([
      ["empty.h5", "GRANULE_FORMAT"],
      ["land.h5", "SHARDMAP_WRONG_PRODUCT"],
      ["text.h5", "GRANULE_FORMAT"],
    ]);
    expect(stderr).toContain("skipped empty.h5");
  });

  it("lose the points whose coordinates are not finite or beyond a pole, counted", async () => {
    const folder = testFolder();
    const config = writeText(folder, "config.yaml", healpix);
    const latitude = [-75.6, NaN, -75.6, 90.001, -Infinity, -75.6];
    const zeros = latitude.map(() => 0);
    await writeColumns(join(folder, "a.h5"), "/gt1l/land_ice_segments", {
      latitude,
      longitude: [123.4, 123.4, Infinity, 123.4, 123.4, 483.4],
      h_li: zeros,
      h_li_sigma: zeros.map(() => 1),
      atl06_quality_summary: zeros,
    });
    const map = join(folder, "map.json");
    const built = await zaggBuild(config, [join(folder, "a.h5")], map, "--json");
    expect(JSON.parse(built.stdout)).toMatchObject({
      shards: 1,
      points: { read: 6, invalid: 4, outsideGrid: 0 },
    });
    const { status, stdout } = await zaggRun(config, map, join(folder, "out.zarr"), "--json");
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ total_obs: 2, dropped: { invalid: 4, fill: 0, filtered: 0 } });
  });

  it("of which none is usable make no map", async () => {
    expect(await build({ "empty.h5": "" }, false)).toMatchObject({
      status: 3,
      stderr: expect.stringContaining("SHARDMAP_EMPTY"),
    });
  });

  it("that no pattern matches exit 3", async () => {
    const config = writeText(testFolder(), "config.yaml", healpix);
    const outcome = await zaggBuild(config, ["nowhere/*.h5"], "map.json");
    expect(outcome).toMatchObject({ status: 3, stderr: expect.stringContaining("CLI_NO_GRANULES") });
  });
});

describe("a bounding box", () => {
  it.each([
    ["reversed in latitude", "--bbox=100,-70,120,-80", 2],
    ["reversed in longitude", "--bbox=130,-80,120,-70", 2],
    ["empty", "--bbox=120,-80,120,-70", 2],
    ["of three numbers", "--bbox=1,2,3", 2],
    ["beyond the poles", "--bbox=1,-95,3,0", 2],
    ["of words", "--bbox=a,b,c,d", 2],
  ])("%s is refused", async (_what, bbox, status) => {
    const folder = testFolder();
    const config = writeText(folder, "config.yaml", healpix);
    const outcome = await zaggBuild(config, [pattern], join(folder, "map.json"), bbox);
    expect([outcome.status, readdirSync(folder)]).toEqual([status, ["config.yaml"]]);
    expect(outcome.stderr).toMatch(/error (REGION_BBOX|REGION_|CLI_USAGE)/);
  });
});

describe("a store", () => {
  it("below a file cannot be written: exit 3, before anything is computed", async () => {
    const folder = testFolder();
    const config = writeText(folder, "config.yaml", healpix);
    const file = writeText(folder, "file", "mine");
    const outcome = await zaggRun(config, goodMap, join(file, "out.zarr"));
    expect(outcome).toMatchObject({ status: 3, stderr: expect.stringContaining("STORE_UNWRITABLE") });
  });

  it("that is not there cannot be inspected: exit 3", async () => {
    expect(await zagg("inspect", join(testFolder(), "none.zarr"))).toMatchObject({ status: 3 });
  });

  it("that fills the disk exits 3 and leaves no store", async ({ skip }) => {
    const folder = testFolder();
    const disk = join(folder, "disk");
    mkdirSync(disk);
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=48k", "tmpfs", disk], { stdio: "ignore" });
    } catch {
      return skip("mounting a small disk needs privileges");
    }
    try {
      const config = writeText(folder, "config.yaml", healpix);
      const outcome = await zaggRun(config, goodMap, join(disk, "out.zarr"));
      expect(outcome).toMatchObject({ status: 3, stderr: expect.stringContaining("STORE_FULL") });
      expect(readdirSync(disk).filter((name) => !name.startsWith("."))).toEqual([]);
    } finally {
      execFileSync("umount", [disk]);
    }
  });
});
