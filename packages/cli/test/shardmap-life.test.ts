/** The life of a shard map through the command line: info, validate, diff, rekey, merge, subset, geojson. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { configText, makeFolder, testFolder, writeText, zagg, zaggDone } from "./command.js";

const shared = makeFolder();
const path = (name: string): string => join(shared.path, name);
const maps = { a: path("a.json"), b: path("b.json") };

/** A strip across Antarctica as a STAC item whose data is a local file. */
function item(id: string, lon: number, day: string): object {
  const ring = [
    [lon, -80],
    [lon + 2, -80],
    [lon + 2, -70],
    [lon, -70],
    [lon, -80],
  ];
  return {
    type: "Feature",
    id,
    geometry: { type: "Polygon", coordinates: [ring] },
    properties: { start_datetime: `${day}T00:00:00Z`, end_datetime: `${day}T00:05:00Z` },
    assets: { data: { href: `granules/${id}`, roles: ["data"] } },
  };
}

const items = [
  item("ATL06_20190101000000_00010101_005_01.h5", 170, "2019-01-01"),
  item("ATL06_20190101000000_00010101_006_01.h5", 170, "2019-01-01"),
  item("ATL06_20190302000000_00020101_006_01.h5", 179, "2019-03-02"),
];

const parse = (file: string) =>
  JSON.parse(readFileSync(file, "utf8")) as {
    metadata: Record<string, unknown>;
    granules: { id: string; file: string }[][];
  };
const build = (catalog: string, out: string) =>
  zaggDone(
    ...["shardmap", "build", "--config", path("config.yaml"), "--catalog", catalog],
    ...["--bbox=165,-81,-170,-69", "--out", out],
  );

beforeAll(async () => {
  const order = (parent: number) =>
    configText("healpix").replace("parent_order: 8", `parent_order: ${parent}`);
  writeText(shared.path, "config.yaml", order(4));
  writeText(shared.path, "finer.yaml", order(6));
  writeText(shared.path, "coarser.yaml", order(3));
  writeText(shared.path, "cells.yaml", order(4).replace("child_order: 12", "child_order: 10"));
  writeText(shared.path, "geodetic.yaml", order(6).replace("authalic", "geodetic"));
  for (const [name, features] of [
    ["a", items],
    ["b", items.slice(1)],
  ] as const) {
    const catalog = writeText(
      shared.path,
      `${name}-items.json`,
      JSON.stringify({ type: "FeatureCollection", features }),
    );
    await build(catalog, path(`${name}.json`));
  }
});
afterAll(shared.remove);

describe("zagg shardmap info", () => {
  it("tells of sizes, times, superseded versions, and where the map comes from", async () => {
    const { stdout } = await zaggDone("shardmap", "info", maps.a);
    expect(stdout).toMatch(/time +2019-01-01T00:00:00Z to 2019-03-02T00:05:00Z/);
    expect(stdout).toMatch(/superseded +1 granule, such as \S+_005_01.h5 by \S+_006_01.h5/);
    expect(stdout).toMatch(/file +\d+\.\d kB/);
    expect(stdout).toMatch(/metadata\n +source +STAC items/);
  });
});

describe("zagg shardmap validate", () => {
  it("says that a map is one, and exits 2 with every problem, placed, for another file", async () => {
    expect((await zaggDone("shardmap", "validate", maps.a)).stdout).toBe(`${maps.a} is a shard map.\n`);
    const bad = writeText(testFolder(), "bad.json", `{"shard_keys": [1, -1],\n "granules": [[{}]]}`);
    const { status, stdout } = await zagg("shardmap", "validate", bad);
    expect(status).toBe(2);
    expect(stdout.split("\n")).toEqual([
      `${bad}:1:20 SHARDMAP_SHARD_KEY at /shard_keys/1: -1 is no whole number from 0 to 2^64 - 1 in plain digits`,
      `${bad}:2:16 SHARDMAP_GRANULE at /granules/0/0: the member "id" is missing`,
      `${bad}:1:1 SHARDMAP_KEY_MISSING: the member "grid_signature" is missing`,
      `${bad}:2:2 SHARDMAP_LENGTHS at /granules: 2 shard keys, but 1 lists of granules`,
      "4 problems",
      "",
    ]);
  });

  it("exits 3 for a file that is not there", async () => {
    expect((await zagg("shardmap", "validate", path("none.json"))).status).toBe(3);
  });
});

describe("zagg shardmap diff", () => {
  it("says what B adds and lacks, and exits 0 unless asked otherwise", async () => {
    const { stdout } = await zaggDone("shardmap", "diff", maps.a, maps.b);
    expect(stdout).toMatch(/^\S+a\.json and \S+b\.json differ\.\n/);
    expect(stdout).toMatch(/granules +3 +2 +\+0 +-1\n/);
    expect(stdout).toContain("granules removed: ATL06_20190101000000_00010101_005_01.h5");
    expect((await zagg("shardmap", "diff", maps.a, maps.b, "--exit-code")).status).toBe(2);
    expect((await zagg("shardmap", "diff", maps.a, maps.a, "--exit-code")).status).toBe(0);
  });
});

describe("zagg shardmap rekey", () => {
  const rekey = (config: string, out: string, ...flags: string[]) =>
    zagg("shardmap", "rekey", maps.a, "--config", path(config), "--out", out, ...flags);

  it("is exact for other cells, conservative for finer shards, and exact again with footprints", async () => {
    const folder = testFolder();
    const out = join(folder, "rekeyed.json");
    expect((await rekey("cells.yaml", out)).stdout).toContain("\nexact: ");
    expect((await rekey("coarser.yaml", out)).stdout).toContain(
      "\nexact in the area of the old map's shards",
    );
    const finer = await rekey("finer.yaml", out);
    expect(finer.stdout).toContain("\nconservative: ");
    expect(
      (await zaggDone("shardmap", "check", "--config", path("finer.yaml"), "--shardmap", out)).stdout,
    ).toMatch(/fits/);
    expect(parse(out).metadata["zagg_history"]).toMatchObject([
      { action: "rekey", exactness: "conservative" },
    ]);

    const refined = await rekey("finer.yaml", out, "--catalog", path("a-items.json"));
    expect(refined.stdout).toContain("\nexact: ");
    const fresh = join(folder, "fresh.json");
    await zaggDone(
      ...["shardmap", "build", "--config", path("finer.yaml"), "--catalog", path("a-items.json")],
      ...["--bbox=165,-81,-170,-69", "--out", fresh],
    );
    const { stdout } = await zaggDone("shardmap", "diff", fresh, out);
    expect(stdout).toContain("have the same grid, shards and pairs");
  });

  it("names local files from the folder of the new map", async () => {
    const out = join(testFolder(), "rekeyed.json");
    await rekey("cells.yaml", out);
    const [[first] = []] = parse(out).granules;
    expect(join(out, "..", first!.file)).toBe(path(`granules/${first!.id}`));
  });

  it("is refused to another latitude, with the differing key and what to do", async () => {
    const { status, stderr } = await rekey("geodetic.yaml", join(testFolder(), "rekeyed.json"));
    expect(status).toBe(2);
    expect(stderr).toContain("error SHARDMAP_REKEY_APART");
    expect(stderr).toContain(`latitude: "authalic-wgs84" in the map, "geodetic-spherical" in the new grid`);
    const from = await rekey(
      "geodetic.yaml",
      join(testFolder(), "rekeyed.json"),
      "--from",
      path("config.yaml"),
    );
    expect(from.stderr).toContain("error SHARDMAP_REKEY_APART");
  });
});

describe("zagg shardmap merge and subset", () => {
  it("merge what subsets by time took apart", async () => {
    const folder = testFolder();
    const [early, late, whole] = ["early", "late", "whole"].map((name) => join(folder, `${name}.json`)) as [
      string,
      string,
      string,
    ];
    await zaggDone("shardmap", "subset", maps.a, "--time", "..2019-01-01", "--out", early);
    await zaggDone("shardmap", "subset", maps.a, "--time", "2019-01-02..", "--out", late);
    expect(
      new Set(
        parse(early)
          .granules.flat()
          .map(({ id }) => id),
      ).size,
    ).toBe(2);
    expect((await zaggDone("shardmap", "merge", late, early, "--out", whole)).stdout).toMatch(
      /3 granules -> /,
    );
    await zaggDone("shardmap", "diff", maps.a, whole, "--exit-code");
  });

  it("take the shards of a box, or by key or label", async () => {
    const out = join(testFolder(), "part.json");
    const config = ["--config", path("config.yaml")];
    const subset = (...flags: string[]) => zagg("shardmap", "subset", maps.a, "--out", out, ...flags);
    expect((await subset("--bbox=178,-80,-178,-70", ...config)).status).toBe(0);
    expect(
      new Set(
        parse(out)
          .granules.flat()
          .map(({ id }) => id),
      ),
    ).toContain("ATL06_20190302000000_00020101_006_01.h5");
    const collection = join(testFolder(), "a.geojson");
    await zaggDone("shardmap", "geojson", maps.a, ...config, "--out", collection);
    const { features } = JSON.parse(readFileSync(collection, "utf8")) as {
      features: { properties: { key: string; label: string; granules: number } }[];
    };
    const { key, label, granules } = features[1]!.properties;
    await subset("--shards", key);
    const byKey = parse(out).granules;
    expect(byKey.map((list) => list.length)).toEqual([granules]);
    await subset("--shards", label, ...config);
    expect(parse(out).granules).toEqual(byKey);
  });

  it.each([
    ["nothing is asked for", []],
    ["a region is given without a configuration", ["--bbox=0,0,1,1"]],
    ["--time is", ["--time", "2019-02-30x.."]],
    ["--time is", ["--time", "2020-01-01..2019-01-01"]],
    ["the map has no shard 12", ["--shards", "12"]],
  ])("refuse when %s", async (what, flags) => {
    const { status, stderr } = await zagg(
      "shardmap",
      "subset",
      maps.a,
      "--out",
      join(testFolder(), "x.json"),
      ...flags,
    );
    expect(status).toBe(2);
    expect(stderr).toContain(what);
  });
});

describe("zagg shardmap geojson", () => {
  it("says that a key is no shard's, not that the file cannot be written, and leaves what was there", async () => {
    const folder = testFolder();
    const text = readFileSync(maps.a, "utf8").replace(/("shard_keys": \[\s*)\d+/, "$11");
    const map = writeText(folder, "odd.json", text);
    const out = writeText(folder, "kept.geojson", "kept");
    const { status, stderr } = await zagg(
      ...["shardmap", "geojson", map, "--config", path("config.yaml"), "--out", out],
    );
    expect(status).toBeGreaterThan(0);
    expect(stderr).toContain("GRID_SHARD_UNKNOWN");
    expect(readFileSync(out, "utf8")).toBe("kept");
  });

  it("writes the outline of each shard with its exact key, cut at the antimeridian", async () => {
    const out = join(testFolder(), "a.geojson");
    await zaggDone("shardmap", "geojson", maps.a, "--config", path("config.yaml"), "--out", out);
    const { type, features } = JSON.parse(readFileSync(out, "utf8")) as {
      type: string;
      features: {
        properties: { key: string; time_start: string };
        geometry: { type: string; coordinates: unknown };
      }[];
    };
    const keys = /"shard_keys": \[([^\]]*)\]/.exec(readFileSync(maps.a, "utf8"))![1]!;
    expect(type).toBe("FeatureCollection");
    expect(features.map(({ properties }) => properties.key)).toEqual(
      keys.split(",").map((key) => key.trim()),
    );
    expect(features.every(({ properties }) => properties.time_start.startsWith("2019-"))).toBe(true);
    const longitudes = features
      .flatMap(({ geometry }) => (geometry.coordinates as number[][][]).flat(3))
      .filter((_n, i) => i % 2 === 0);
    expect(Math.max(...longitudes.map(Math.abs))).toBeLessThanOrEqual(180);
  });
});
