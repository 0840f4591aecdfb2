/** `zagg shardmap build --catalog`: footprints of items against the shards of a region. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { main } from "../src/index.js";
import { makeFolder, zagg, zaggDone } from "./command.js";

const folder = makeFolder();
afterAll(() => folder.remove());
const at = (name: string): string => join(folder.path, name);

const box = (west: number, south: number, east: number, north: number): object => ({
  type: "Polygon",
  coordinates: [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ],
});
const item = (id: string, geometry: object | null): object => ({
  type: "Feature",
  id,
  geometry,
  assets: { data: { href: `https://example.org/${id}` } },
});
const features = [
  ...Array.from({ length: 30 }, (_, i) => item(`g${i}`, box(10 + i / 10, 50, 10.4 + i / 10, 51))),
  ...Array.from({ length: 12 }, (_, i) => item(`none${i}`, null)),
  item("far", box(-100, 10, -99, 11)),
];
writeFileSync(
  at("items.json"),
  JSON.stringify({ type: "FeatureCollection", bbox: [10, 50, 12, 51], features }),
);
writeFileSync(at("boxless.json"), JSON.stringify({ type: "FeatureCollection", features }));
writeFileSync(at("odd.json"), JSON.stringify({ type: "FeatureCollection", bbox: [1, 2, 3], features }));

const build = (catalog: string, out: string, ...flags: string[]) =>
  zagg("shardmap", "build", "--config", "atl06", "--catalog", at(catalog), "--out", at(out), ...flags);

interface MapFile {
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly shard_keys: readonly number[];
}
const mapOf = (out: string): MapFile => JSON.parse(readFileSync(at(out), "utf8")) as MapFile;

describe("zagg shardmap build --catalog", () => {
  it("takes the box that the catalog was queried with when no region is given", async () => {
    expect((await build("items.json", "fallback.json")).status).toBe(0);
    expect((await build("items.json", "given.json", "--bbox=10,50,12,51")).status).toBe(0);
    expect(mapOf("fallback.json").shard_keys).toEqual(mapOf("given.json").shard_keys);
    expect(mapOf("fallback.json").metadata["bbox"]).toEqual([10, 50, 12, 51]);
  });

  it.each(["boxless.json", "odd.json"])(
    "refuses without a region when the box of %s is of no use",
    async (catalog) => {
      const { status, stderr } = await build(catalog, "none.json");
      expect(status).toBe(2);
      expect(stderr).toContain("CLI_REGION_MISSING");
      expect(stderr).toContain(catalog);
    },
  );

  it("takes a region whose file begins with a byte order mark", async () => {
    writeFileSync(at("mark.geojson"), `\uFEFF${JSON.stringify(box(10, 50, 12, 51))}`);
    expect((await build("boxless.json", "marked.json", "--region", at("mark.geojson"))).status).toBe(0);
    expect(mapOf("marked.json").shard_keys.length).toBeGreaterThan(0);
  });

  it("asks for another catalog when none of its granules can be placed", async () => {
    writeFileSync(
      at("nowhere.json"),
      JSON.stringify({ type: "FeatureCollection", features: [item("a", null)] }),
    );
    const { status, stderr } = await build("nowhere.json", "none.json", "--bbox=10,50,12,51");
    expect(status).toBe(3);
    expect(stderr).toContain("SHARDMAP_EMPTY");
    expect(stderr).toContain("give a catalog whose granules have an id, an area and a data file");
  });

  it("counts one shard, one pair and one granule as one", async () => {
    writeFileSync(
      at("one.json"),
      JSON.stringify({ type: "FeatureCollection", features: [item("a", box(10, 50, 10.01, 50.01))] }),
    );
    const { stdout } = await build("one.json", "single.json", "--bbox=10,50,10.01,50.01");
    expect(stdout).toContain("ShardMap: 1 shard, 1 pair, 1 granule -> ");
  });

  it("records how the map was built, and how many granules were left out for what", async () => {
    const { stderr } = await build("items.json", "provenance.json");
    const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
      version: string;
    };
    expect(mapOf("provenance.json").metadata["zagg_build"]).toMatchObject({
      version,
      method: "footprints",
      latitude: "authalic-wgs84",
      region: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string, bbox: [10, 50, 12, 51] },
      granules_assigned: expect.any(Number) as number,
      granules_outside: expect.any(Number) as number,
      granules_skipped: [
        {
          code: "CATALOG_NO_AREA",
          count: 12,
          first_ids: Array.from({ length: 10 }, (_, i) => `none${i}`),
        },
      ],
    });
    expect(stderr).toMatch(/skipped none0, .*none9 and 2 more: such as CATALOG_NO_AREA/);
    expect(stderr).toMatch(/43 granules: \d+ assigned, \d+ outside the region and the grid, 12 skipped/);
  });

  it("gives the same bytes for the same input when asked to, whatever the threads", async () => {
    for (const threads of ["1", "2"]) {
      await zaggDone(
        ...["shardmap", "build", "--config", "atl06", "--catalog", at("items.json"), "--threads", threads],
        ...["--reproducible", "--out", at(`same${threads}.json`)],
      );
    }
    expect(readFileSync(at("same2.json"))).toEqual(readFileSync(at("same1.json")));
    expect(mapOf("same1.json").metadata).not.toHaveProperty("build_wall_s");
  });

  it("stops at an interrupt, writes nothing and exits 130", async () => {
    const argv = [
      "shardmap",
      "build",
      "--config",
      "atl06",
      "--catalog",
      at("items.json"),
      "--out",
      at("cut.json"),
    ];
    let stderr = "";
    const status = await main(argv, {
      stdout: { write: () => undefined },
      stderr: { write: (text) => (stderr += text) },
      env: {},
      signal: AbortSignal.abort(),
    });
    expect(status).toBe(130);
    expect(stderr).toContain("SHARDMAP_INTERRUPTED");
    expect(() => readFileSync(at("cut.json"))).toThrow("ENOENT");
  });
});
