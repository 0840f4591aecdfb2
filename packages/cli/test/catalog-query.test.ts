/** `zagg catalog query` against a server. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadCatalog } from "../src/inputs/catalog-file.js";
import { main } from "../src/index.js";
import { archivedGranule, testArchive } from "./archive.js";
import { configText, testFolder, writeText, zagg, zaggDone } from "./command.js";

const granules = [1, 2, 3, 4, 5, 6, 7].map((track) => archivedGranule(track));
const product = ["--short-name", "ATL06", "--version", "007"];
const january = ["--start-date", "2024-01-01", "--end-date", "2024-01-31"];
const bbox = "--bbox=0,69,20,72";

/** Queries by a triangle from 0.5°E to a longitude, and tells as data. */
async function queryTriangle(archive: { readonly url: string }, folder: string, east: number) {
  const corners = [
    [0.5, 70.2],
    [east, 70.2],
    [0.5, 70.9],
  ];
  const polygon = JSON.stringify({ type: "Polygon", coordinates: [corners] });
  const region = writeText(folder, "r.geojson", polygon);
  const out = join(folder, "granules.parquet");
  const where = ["--region", region, "--url", archive.url, "--out", out];
  return { ...(await zaggDone("catalog", "query", ...product, ...january, ...where, "--json")), region, out };
}

describe("zagg catalog query", () => {
  it("saves what the archive holds, in its order, with the query", async () => {
    const archive = await testArchive(granules);
    const out = join(testFolder(), "new", "granules.parquet");
    const { stdout, stderr } = await zaggDone(
      ...["catalog", "query", ...product, "--cycle", "22", bbox, "--url", archive.url, "--out", out],
    );
    expect(stdout).toBe(`Fetched 7 granules (ATL06_007)\nCatalog -> ${out}\n`);
    expect(stderr).toContain("ATL06_007 over [0, 69, 20, 72] in 2024-01-06..2024-04-06");
    expect(stderr).toContain("the server counts 999 granules and gives 7");
    const { items, metadata } = await loadCatalog(out);
    expect(items.map(({ id }) => id)).toEqual(granules.map(({ id }) => id));
    expect(items[0]?.assets).toMatchObject({
      data: { href: `https://archive.example/${granules[0]!.id}.h5` },
      data_s3: { href: `s3://archive/${granules[0]!.id}.h5` },
    });
    expect(metadata).toMatchObject({
      source: "cmr-stac",
      provider: "NSIDC_CPRD",
      collection: "ATL06_007",
      short_name: "ATL06",
      version: "007",
      start_date: "2024-01-06",
      end_date: "2024-04-06",
      bbox: [0, 69, 20, 72],
      total_granules: 7,
    });
    expect(archive.userAgents[0]).toMatch(/^zagg\/\d+\.\d+\.\d+ \(granule catalog client\)$/);
    expect(archive.asked[0]?.pathname).toBe("/stac/NSIDC_CPRD/search");
  });

  it("by region leaves out what only touches its box", async () => {
    const archive = await testArchive(granules);
    const { stdout } = await queryTriangle(archive, testFolder(), 3.5);
    const report = JSON.parse(stdout) as Record<string, unknown>;
    expect(report).toMatchObject({
      granules: 3,
      outside: 4,
      pages: 3,
      matched: 999,
      duplicates: 0,
      skipped: [],
    });
  });

  it("with --umm asks CMR's own search", async () => {
    const archive = await testArchive(granules);
    const out = join(testFolder(), "granules.parquet");
    await zaggDone(
      "catalog",
      "query",
      ...product,
      ...january,
      bbox,
      "--umm",
      "--url",
      archive.url,
      "--out",
      out,
    );
    const { items, metadata } = await loadCatalog(out);
    expect(items.map(({ id }) => id)).toEqual(granules.map(({ id }) => id));
    expect(metadata.source).toBe("umm-json");
  });

  it("by region makes a catalog whose shard map is of that region", async () => {
    const archive = await testArchive(granules);
    const folder = testFolder();
    const { out: catalog, region } = await queryTriangle(archive, folder, 7.5);
    const config = writeText(folder, "config.yaml", configText("healpix"));
    const shards = async (...flags: readonly string[]): Promise<unknown> => {
      const out = join(folder, "map.json");
      await zaggDone("shardmap", "build", "--config", config, "--catalog", catalog, "--out", out, ...flags);
      return /"shard_keys": \[[^\]]*\]/.exec(readFileSync(out, "utf8"))?.[0];
    };
    const own = await shards();
    expect(own).toBe(await shards("--region", region));
    expect(own).not.toBe(await shards("--bbox=0.5,70.2,7.5,70.9"));
  });

  it("leaves out a granule whose data were produced again, and says so", async () => {
    const archive = await testArchive([...granules, archivedGranule(2, "007_02")]);
    const out = join(testFolder(), "granules.parquet");
    const { stderr } = await zaggDone(
      ...["catalog", "query", ...product, ...january, bbox, "--url", archive.url, "--out", out],
    );
    expect(stderr).toContain(`left out ${granules[1]!.id} for ${archivedGranule(2, "007_02").id}`);
    expect((await loadCatalog(out)).items).toHaveLength(7);
  });

  it("goes on after a server that throttles, and tells of it", async () => {
    const archive = await testArchive(granules);
    archive.faults.push((response) => void response.writeHead(429, { "Retry-After": "0" }).end());
    const out = join(testFolder(), "granules.parquet");
    const { stderr } = await zaggDone(
      ...["catalog", "query", ...product, ...january, bbox, "--url", archive.url, "--out", out],
    );
    expect(stderr).toMatch(/answers 429 .*; trying again in \d\.\d s/);
  });

  it("of nothing is an error that says of what, and writes nothing", async () => {
    const archive = await testArchive([]);
    const folder = testFolder();
    const { status, stderr } = await zagg(
      ...[
        "catalog",
        "query",
        ...product,
        ...january,
        bbox,
        "--url",
        archive.url,
        "--out",
        join(folder, "x.parquet"),
      ],
    );
    expect(status).toBe(3);
    expect(stderr).toContain("No granules for ATL06_007 over [0, 69, 20, 72] in 2024-01-01..2024-01-31");
    expect(readdirSync(folder)).toEqual([]);
  });

  it("of a server that answers HTML exits 3 and shows how it begins", async () => {
    const archive = await testArchive(granules);
    archive.faults.push((response) => void response.end("<html>Sign in</html>"));
    const out = join(testFolder(), "x.parquet");
    const { status, stderr } = await zagg(
      ...["catalog", "query", ...product, ...january, bbox, "--url", archive.url, "--out", out],
    );
    expect([status, stderr]).toEqual([3, expect.stringContaining("<html>Sign in</html>")]);
    expect(stderr).toContain("error CATALOG_NOT_JSON");
  });

  it("sends the token of the environment, and does not show it", async () => {
    const archive = await testArchive(granules);
    archive.faults.push((response) => void response.writeHead(401).end("token abcdefgh is stale"));
    let text = "";
    const write = (part: string): unknown => (text += part);
    const argv = [
      "catalog",
      "query",
      ...product,
      ...january,
      bbox,
      "--url",
      archive.url,
      "--out",
      "x.parquet",
    ];
    const status = await main([...argv, "--verbose"], {
      stdout: { write },
      stderr: { write },
      env: { ZAGG_CATALOG_TOKEN: "abcdefgh" },
    });
    expect(status).toBe(3);
    expect(archive.authorizations).toEqual(["Bearer abcdefgh"]);
    expect(text).not.toContain("abcdefgh");
  });

  it("that is interrupted exits 130 and writes nothing", async () => {
    const archive = await testArchive(granules);
    const controller = new AbortController();
    archive.faults.push(() => controller.abort());
    const folder = testFolder();
    const out = join(folder, "x.parquet");
    const quiet = { write: () => true };
    const argv = ["catalog", "query", ...product, ...january, bbox, "--url", archive.url, "--out", out];
    const status = await main(argv, { stdout: quiet, stderr: quiet, env: {}, signal: controller.signal });
    expect([status, readdirSync(folder)]).toEqual([130, []]);
  });

  it.each<[string, string[], string]>([
    ["no product", [...january, bbox], "CLI_USAGE"],
    ["no time", [...product, bbox], "CLI_USAGE"],
    ["half a time", [...product, "--start-date", "2024-01-01", bbox], "CLI_USAGE"],
    ["a cycle and a date", [...product, "--cycle", "3", ...january, bbox], "CLI_USAGE"],
    ["a cycle that is none", [...product, "--cycle", "0", bbox], "CATALOG_QUERY"],
    ["a cycle in words", [...product, "--cycle", "three", bbox], "CATALOG_QUERY"],
    ["no region", [...product, ...january], "CLI_USAGE"],
    ["two regions", [...product, ...january, bbox, "--region", "x.geojson"], "CLI_REGION_CONFLICT"],
    [
      "a day that there is not",
      [...product, "--start-date", "2024-02-31", "--end-date", "2024-03-01", bbox],
      "CATALOG_QUERY",
    ],
    ["a collection without its API", ["--collection", "c"], "CLI_USAGE"],
    ["CMR's own search of another API", ["--stac", "https://h", "--collection", "c", "--umm"], "CLI_USAGE"],
    ["CMR's product for another API", ["--stac", "https://h", ...product], "CLI_USAGE"],
    [
      "a page of no granules",
      [...product, ...january, bbox, "--url", "http://127.0.0.1:9", "--page-size", "0"],
      "CLI_USAGE",
    ],
    ["an API at a file", [...product, ...january, bbox, "--url", "file:///x"], "CATALOG_URL"],
  ])("with %s says how to call it", async (_what, flags, code) => {
    const { status, stderr } = await zagg("catalog", "query", "--out", "x.parquet", ...flags);
    expect([status, stderr.split("\n")[0]]).toEqual([
      code === "CATALOG_URL" ? 3 : 2,
      expect.stringContaining(code),
    ]);
  });

  it("leaves --version to the program where the program is asked", async () => {
    expect((await zagg("--version")).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect((await zagg("catalog", "query", "--help")).stdout).toContain("--short-name");
  });
});
