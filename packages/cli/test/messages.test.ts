/** What the command says when something is wrong: where it is, and how to mend it. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { configText, makeFolder, smallGranules, testFolder, writeText, zagg, zaggDone } from "./command.js";

const shared = makeFolder();
const config = join(shared.path, "config.yaml");
const map = join(shared.path, "map.json");
const pattern = join(shared.path, "granules", "*.h5");
beforeAll(async () => {
  await smallGranules(shared.path);
  writeText(shared.path, "config.yaml", configText("healpix"));
  await zaggDone("shardmap", "build", "--config", config, "--granules", pattern, "--out", map);
});
afterAll(shared.remove);

const run = (configPath: string, ...flags: readonly string[]) =>
  zagg("run", "--executor", "inline", "--config", configPath, "--catalog", map, ...flags);

describe("an error names the file", () => {
  it("of a configuration, with the place in it", async () => {
    const path = writeText(
      testFolder(),
      "bad.yaml",
      configText("healpix").replace("source: h_li, dtype", "source: h_lii, dtype"),
    );
    const place = `error FIELD_SOURCE_UNKNOWN at ${path}, /aggregation/variables/count/source\n`;
    expect((await zagg("validate", path)).stderr).toContain(place);
    expect((await run(path, "--store", "x")).stderr).toContain(place);
  });

  it.each([
    ["FIELD_SOURCE_UNKNOWN", "chunk_precompute/low/source", "low: { function: min, source: h_lii }"],
    ["EXPRESSION_NAME", "chunk_precompute/low/expression", 'low: { expression: "np.min(other)" }'],
  ])(
    "of a configuration whose chunk value cannot be computed, by %s, when it is validated",
    async (code, place, entry) => {
      const text = configText("healpix").replace(
        /^aggregation:\n/m,
        `aggregation:\n  chunk_precompute:\n    ${entry}\n`,
      );
      const path = writeText(testFolder(), "bad.yaml", text);
      const { status, stderr } = await zagg("validate", path);
      expect(stderr).toContain(`error ${code} at ${path}, /aggregation/${place}\n`);
      expect(status).toBe(2);
    },
  );

  it("of a shard map of another grid", async () => {
    const path = writeText(testFolder(), "other.yaml", configText("rectilinear"));
    expect((await run(path, "--store", "x")).stderr).toContain(`error SHARDMAP_GRID_MISMATCH at ${map}\n`);
  });

  it("of a shard map without the shard that is asked for", async () => {
    expect((await run(config, "--store", "x", "--cell=5")).stderr).toContain(
      `error RUN_CELL_UNKNOWN at ${map}\n`,
    );
  });

  it("of a shard map that is not JSON, with line and column", async () => {
    const path = writeText(testFolder(), "map.json", '{"metadata": {},\n "granules"}');
    expect((await zagg("shardmap", "info", path)).stderr).toMatch(/^error SHARDMAP_NOT_JSON at .*map\.json/);
  });

  it("of a region that is no GeoJSON", async () => {
    const region = writeText(testFolder(), "region.geojson", '{"type": "Point", "coordinates": [0, 0]}');
    const { stderr, status } = await zagg(
      ...[
        "shardmap",
        "build",
        "--config",
        config,
        "--granules",
        pattern,
        "--region",
        region,
        "--out",
        "m.json",
      ],
    );
    expect(status).toBe(2);
    expect(stderr).toContain(` at ${region}`);
  });

  it("but not the configuration when the store on the command line is the trouble", async () => {
    const { stderr, status } = await run(config, "--store", "s3://bucket/out.zarr");
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error PLUGIN_UNKNOWN\n/);
  });
});

describe("a warning names the file", () => {
  it("of a configuration, and of a shard map", async () => {
    const folder = testFolder();
    const path = writeText(
      folder,
      "old.yaml",
      configText("healpix").replace("driver: s3", "driver: s3\n  index: x"),
    );
    const old = JSON.parse(readFileSync(map, "utf8")) as { grid_signature: { latitude?: string } };
    delete old.grid_signature.latitude;
    const { granules } = old as unknown as { granules: { file: string }[][] };
    for (const record of granules.flat()) record.file = join(shared.path, record.file);
    const shardKeys = /"shard_keys": \[[^\]]*\]/;
    const text = JSON.stringify(old, null, 2).replace(
      shardKeys,
      shardKeys.exec(readFileSync(map, "utf8"))![0]!,
    );
    const oldMap = writeText(folder, "old.json", text);
    const { stderr } = await zaggDone(
      ...["run", "--dry-run", "--config", path, "--catalog", oldMap, "--store", join(folder, "out.zarr")],
    );
    expect(stderr).toContain(`warning CONFIG_KEY_IGNORED at ${path}`);
    expect(stderr).toContain(`warning LATITUDE_UNSTATED at ${oldMap}`);
  });
});

describe("the command line", () => {
  it.each([
    ["no command", []],
    ["an unknown command", ["rn"]],
    ["an unknown option", ["run", "--confg", "x"]],
    ["a missing option", ["run"]],
    ["a number that is none", ["run", "--config", "c", "--max-cells", "many"]],
  ])("with %s exits 2 and says how to get help", async (_what, argv) => {
    const { status, stderr } = await zagg(...argv);
    expect(status).toBe(2);
    expect(stderr).toContain("CLI_USAGE");
    expect(stderr).toContain("--help");
  });

  it("answers --help and --version with 0", async () => {
    expect(await zagg("--help")).toMatchObject({ status: 0, stdout: expect.stringContaining("shardmap") });
    expect((await zagg("--version")).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it.each([
    ["an empty store", ["--store", ""], "CLI_STORE_MISSING"],
    ["an empty shard map", ["--store", "x", "--catalog", ""], "CLI_CATALOG_MISSING"],
  ])("with %s is as if it were left out", async (_what, flags, code) => {
    expect(await run(config, ...flags)).toMatchObject({ status: 2, stderr: expect.stringContaining(code) });
  });

  it("finds out before any work that the map cannot be written", async () => {
    const folder = testFolder();
    const file = writeText(folder, "file", "mine");
    for (const out of [folder, file + "/map.json", file + "/deeper/map.json"]) {
      const { status, stderr } = await zagg(
        ...["shardmap", "build", "--config", config, "--granules", pattern, "--out", out],
      );
      expect([status, stderr.split("\n")[0]]).toEqual([3, `error CLI_FILE_UNWRITABLE at ${out}`]);
    }
    expect(readdirSync(folder)).toEqual(["file"]);
  });

  it("makes the folder of the map", async () => {
    const out = join(testFolder(), "a", "b", "map.json");
    await zaggDone("shardmap", "build", "--config", config, "--granules", pattern, "--out", out);
    await zaggDone("shardmap", "check", "--config", config, "--shardmap", out);
  });

  it("refuses to check a single configuration", async () => {
    expect(await zagg("check", config)).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringContaining("CLI_USAGE"),
    });
  });

  it("suggests the command that was meant", async () => {
    expect((await zagg("rn")).stderr).toContain("mend  did you mean run?");
  });

  it.each([[[]], [["shardmap"]]])("without a verb shows the help, on stderr: %j", async (argv) => {
    const { status, stdout, stderr } = await zagg(...argv);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("Usage: zagg");
    expect(stderr).toContain("Commands:");
  });

  it("explains the exit status in its help, and the flags of every command in each", async () => {
    expect((await zagg("--help")).stdout).toContain("4 finished with failed shards");
    expect((await zagg("run", "--help")).stdout).toContain("--quiet");
  });
});

describe("skipped granules", () => {
  it("are told once a reason, with the place and how to mend it, also beside a JSON result", async () => {
    const folder = testFolder();
    const path = writeText(folder, "bad.yaml", configText("healpix").replaceAll("h_li_sigma", "h_sigma"));
    const { status, stdout, stderr } = await run(path, "--json", "--store", join(folder, "out.zarr"));
    expect(status).toBe(4);
    expect((JSON.parse(stdout) as { granules: { skipped: unknown[] } }).granules.skipped).toHaveLength(2);
    const lines = stderr.split("\n").filter((line) => line.startsWith("skipped "));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^skipped ATL06_\S+, ATL06_\S+: GRANULE_WRONG_PRODUCT/);
    expect(stderr).toContain("No store was put at");
  });
});
