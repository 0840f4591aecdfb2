/** `zagg catalog import` and `zagg catalog info`, as a user calls them. */
import { readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { main } from "../src/index.js";
import {
  configText,
  makeFolder,
  smallGranules,
  testFolder,
  writeText,
  zagg,
  zaggBuild,
  zaggDone,
} from "./command.js";

const shared = makeFolder();
let names: string[];
beforeAll(async () => {
  const { granules } = await smallGranules(shared.path);
  names = granules.map(({ path }) => basename(path));
});
afterAll(shared.remove);

const json = async (...argv: string[]) =>
  JSON.parse((await zaggDone(...argv, "--json")).stdout) as Record<string, never>;

/** Pairs of shard and granule in a map. */
function pairsOf(map: string): string[] {
  const text = readFileSync(map, "utf8").replace(/\b\d{17,}\b/g, '"$&"');
  const { shard_keys: keys, granules } = JSON.parse(text) as {
    shard_keys: string[];
    granules: { id: string }[][];
  };
  return keys.flatMap((key, shard) => granules[shard]!.map(({ id }) => `${key} ${id}`));
}

const item = (
  id: unknown,
  geometry: object | null = {
    type: "Polygon",
    coordinates: [
      [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 0],
      ],
    ],
  },
) => ({
  type: "Feature",
  id,
  geometry,
  properties: { datetime: "2020-01-01T00:00:00Z" },
  assets: { data: { href: "https://data.example.org/A.h5", roles: ["data"] } },
});

describe("zagg catalog import", () => {
  it("outlines the granules of a folder, so that a map built from the catalog lists all that their points touch", async () => {
    const folder = testFolder();
    const config = writeText(folder, "config.yaml", configText("healpix"));
    const catalog = join(folder, "catalogs", "local.parquet");
    const report = await json("catalog", "import", shared.path, "--config", config, "--out", catalog);
    expect(report).toMatchObject({
      version: "zagg-catalog-import/1",
      granules: names.length,
      metadata: { source: "local files" },
    });
    const [exact, outlined] = [join(folder, "exact.json"), join(folder, "outlined.json")];
    await zaggBuild(config, [join(shared.path, "**/*.h5")], exact);
    await zaggDone(
      "shardmap",
      "build",
      "--config",
      config,
      "--catalog",
      catalog,
      "--bbox=90,-85,160,-65",
      "--out",
      outlined,
    );
    const listed = new Set(pairsOf(outlined));
    expect(pairsOf(exact).length).toBeGreaterThan(0);
    expect(pairsOf(exact).filter((pair) => !listed.has(pair))).toEqual([]);
    expect(listed.size).toBeLessThan(3 * pairsOf(exact).length);
  });

  it("joins catalogs of every format, and says what each holds that is no granule", async () => {
    const folder = testFolder();
    const items = writeText(
      folder,
      "items.json",
      JSON.stringify({ features: [item("A"), item(7), item("B", null)] }),
    );
    const extent = { HorizontalSpatialDomain: { Geometry: { Points: [{ Longitude: 0, Latitude: 0 }] } } };
    const umm = writeText(
      folder,
      "umm.json",
      JSON.stringify({ items: [{ umm: { GranuleUR: "P", SpatialExtent: extent } }] }),
    );
    const first = join(folder, "first.parquet");
    const { status, stdout, stderr } = await zagg("catalog", "import", items, umm, "--out", first);
    expect(status).toBe(4);
    expect(stdout).toBe(`Catalog: 2 granules, 2 problems -> ${first}\n`);
    expect(stderr).toContain("CATALOG_ITEM");
    expect(stderr).toContain("CATALOG_NO_AREA");
    const second = join(folder, "second.parquet");
    await zaggDone("catalog", "import", first, "--out", second);
    expect(readFileSync(second)).toEqual(readFileSync(first));
  });

  it("finds relative files again when a catalog is imported into another folder", async () => {
    const folder = testFolder();
    const data = { ...item("A"), assets: { data: { href: "./A.h5" } } };
    const items = writeText(folder, "items.json", JSON.stringify({ features: [data] }));
    const catalog = join(folder, "deep", "a.parquet");
    await zaggDone("catalog", "import", items, "--out", catalog);
    const map = join(folder, "maps", "map.json");
    const config = writeText(folder, "config.yaml", configText("healpix"));
    await zaggDone(
      "shardmap",
      "build",
      "--config",
      config,
      "--catalog",
      catalog,
      "--bbox=-1,-1,2,2",
      "--out",
      map,
    );
    expect(new Set(readFileSync(map, "utf8").match(/"file": ".*"/g))).toEqual(new Set(['"file": "../A.h5"']));
  });

  it("takes in what it can, and exits 4 with a report when it cannot take in all", async () => {
    const folder = testFolder();
    const broken = writeText(folder, "broken.h5", "not HDF5");
    const items = writeText(folder, "items.json", JSON.stringify({ features: [item("A"), { id: 3 }] }));
    const out = join(folder, "out.parquet");
    const { status, stdout, stderr } = await zagg("catalog", "import", broken, items, "--out", out, "--json");
    expect(status).toBe(4);
    expect(stderr).toContain("broken.h5");
    const report = JSON.parse(stdout) as { granules: number; skipped: { error: { code: string } }[] };
    expect(report.granules).toBe(1);
    expect(report.skipped.map(({ error }) => error.code)).toEqual(["GRANULE_FORMAT", "CATALOG_ITEM"]);
    expect((await zaggDone("catalog", "info", out)).stdout).toMatch(/granules +1\n/);
  });

  it.each([
    ["a granule that is none", "broken.h5", "not HDF5"],
    ["entries that are none", "items.json", JSON.stringify({ features: [{ id: 3 }, { type: "Feature" }] })],
    ["a catalog without entries", "items.json", JSON.stringify({ features: [] })],
  ])("of nothing but %s exits 3, and leaves the catalog that was there", async (_what, name, content) => {
    const folder = testFolder();
    const input = writeText(folder, name, content);
    const out = writeText(folder, "out.parquet", "as it was");
    const { status, stdout, stderr } = await zagg("catalog", "import", input, "--out", out, "--json");
    expect([status, stdout]).toEqual([3, ""]);
    expect(stderr).toContain("error CLI_IMPORT_EMPTY");
    expect(readFileSync(out, "utf8")).toBe("as it was");
    expect(readdirSync(folder).sort()).toEqual([name, "out.parquet"].sort());
  });

  it.each(["granules", "a catalog"])(
    "of %s that is interrupted exits 130 and writes nothing",
    async (what) => {
      const folder = testFolder();
      const page = writeText(folder, "items.json", JSON.stringify({ features: [item("A")] }));
      const out = join(folder, "out.parquet");
      const quiet = { write: () => true };
      const argv = ["catalog", "import", what === "granules" ? shared.path : page, "--out", out];
      const interrupted = { stdout: quiet, stderr: quiet, env: {}, signal: AbortSignal.abort() };
      expect([await main(argv, interrupted), readdirSync(folder)]).toEqual([130, ["items.json"]]);
      expect(await main(["catalog", "info", page], interrupted)).toBe(130);
    },
  );

  it("refuses what is no catalog, and what is not there", async () => {
    const folder = testFolder();
    const page = writeText(folder, "page.json", "<!DOCTYPE html>");
    const out = join(folder, "out.parquet");
    expect(await zagg("catalog", "import", page, "--out", out)).toMatchObject({
      status: 3,
      stderr: expect.stringContaining("CATALOG_FORMAT"),
    });
    expect(await zagg("catalog", "import", join(folder, "none.json"), "--out", out)).toMatchObject({
      status: 3,
    });
  });
});

describe("zagg catalog info", () => {
  it("counts granules, times, bytes, assets, and those that cannot be placed", async () => {
    const folder = testFolder();
    const items = writeText(
      folder,
      "items.json",
      JSON.stringify({ features: [item("A"), item(7), item("B", null)] }),
    );
    expect(await json("catalog", "info", items)).toMatchObject({
      version: "zagg-catalog-info/1",
      format: "stac",
      entries: 3,
      granules: 2,
      time: { start: "2020-01-01T00:00:00Z", end: "2020-01-01T00:00:00Z" },
      bytes: 0,
      bytesUnknown: 2,
      assets: { data: 2 },
      problems: [
        { id: "entry 1", error: { code: "CATALOG_ITEM" } },
        { id: "B", error: { code: "CATALOG_NO_AREA" } },
      ],
    });
    const { stdout, stderr } = await zaggDone("catalog", "info", items);
    expect(stdout).toMatch(/granules +2\n/);
    expect(stdout).toMatch(/cannot be placed +2 granules/);
    expect(stderr).toContain("CATALOG_NO_AREA");
  });

  it("says how much data there is, and of how many granules when not all say", async () => {
    const folder = testFolder();
    const sized = { ...item("C"), properties: { "file:size": 1500 } };
    const infoOf = async (...features: object[]): Promise<string> =>
      (await zaggDone(...["catalog", "info", writeText(folder, "sizes.json", JSON.stringify({ features }))]))
        .stdout;
    expect(await infoOf(item("A"))).not.toMatch(/^bytes/m);
    expect(await infoOf(sized, item("A"))).toMatch(/^bytes +1.5 kB known of 1 granule$/m);
    expect(await infoOf(sized)).toMatch(/^bytes +1.5 kB$/m);
  });
});
