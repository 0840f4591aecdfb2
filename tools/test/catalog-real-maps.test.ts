/** Real maps of the original, rebuilt from the catalog they were built from. */
import { readFileSync } from "node:fs";
import { openCatalog } from "@zagg/catalog/fs";
import { createGrid, createRegistry, type ZaggConfig } from "@zagg/core";
import { regionFromGeoJson } from "@zagg/sphere";
import { healpix } from "@zagg/grid-healpix";
import { rectilinear } from "@zagg/grid-rectilinear";
import { buildShardMap, parseShardMap, type GranuleFootprint, type ShardMap } from "@zagg/shardmap";
import { describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { hasShared, sharedPath } from "./shared.js";

const benchmark = (path: string): string => sharedPath(`fixtures/benchmark/${path}`);
const read = (path: string): string => readFileSync(benchmark(path), "utf8");

/** The map of the granules that another lists, in the order of the catalog. */
async function rebuilt(listed: ShardMap, config: string, params: object = {}): Promise<ShardMap> {
  const { output } = parseYaml(read(`configs/${config}`)) as ZaggConfig;
  const { store_layout: _layout, ...grid } = output.grid as Record<string, unknown>;
  const ids = new Set(listed.granules.flat().map(({ id }) => id));
  const catalog = await openCatalog(benchmark("catalogs/cat_neon.parquet"));
  async function* granules(): AsyncGenerator<readonly GranuleFootprint[]> {
    for await (const batch of catalog.footprints()) yield batch.filter(({ record }) => ids.has(record.id));
  }
  const { map } = await buildShardMap({
    grid: createGrid(createRegistry([healpix, rectilinear]), {
      output: { grid: { ...grid, ...params } },
      aggregation: { variables: {} },
    } as unknown as ZaggConfig),
    granules: granules(),
    region: regionFromGeoJson(JSON.parse(read("AOP_NEON.geojson"))),
    metadata: catalog.metadata,
  });
  return map;
}

const idsOf = (map: ShardMap): string[][] => map.granules.map((list) => list.map(({ id }) => id));

/** Keys of the map before the original's latitude became authalic (zagg-compat 2.10). */
const geodeticKeys =
  `5347394812217655307 5347395361973469195 5347395911729283083 5347396186607190027 5347396461485096971
5347396736363003915 5347397011240910859 5347397286118817803 5347397560996724747 5347397835874631691
5347398110752538635 5347398385630445579 5347398660508352523 5347398935386259467 5347399210264166411
5347399485142073355 5347399760019980299 5347404432944398347 5347404707822305291 5347405532456026123
5347409380746723339 5347411030014165003`.split(/\s/);

describe.runIf(hasShared)("the catalog of the NEON site (only where ../shared stands)", () => {
  const listed = hasShared ? parseShardMap(read("shardmaps/sm_healpix_o11.json")) : (undefined as never);

  it("gives the original's HEALPix map exactly: keys, granules, and their order", async () => {
    const map = await rebuilt(listed, "atl03_tdigest_healpix_o11.yaml");
    expect(map.shardKeys).toEqual(listed.shardKeys);
    expect(map.shardKeys).toHaveLength(22);
    expect(idsOf(map)).toEqual(idsOf(listed));
    expect(idsOf(map).flat()).toHaveLength(741);
    const [record] = map.granules[0]!;
    expect(record).toMatchObject({ s3: listed.granules[0]![0]!.s3, https: listed.granules[0]![0]!.https });
  });

  it("carries the catalog's metadata first", async () => {
    const keys = Object.keys((await rebuilt(listed, "atl03_tdigest_healpix_o11.yaml")).metadata);
    expect(keys.slice(0, 5)).toEqual(["source", "provider", "collection", "short_name", "version"]);
  });

  it("gives the original's older map under geodetic latitudes: its keys, and as many pairs", async () => {
    const map = await rebuilt(listed, "atl03_tdigest_healpix_o11.yaml", { latitude: "geodetic" });
    expect(Array.from(map.shardKeys, String)).toEqual(geodeticKeys);
    expect(idsOf(map).flat()).toHaveLength(737);
  });

  it("gives the original's rectilinear map exactly: keys, granules, and their order", async () => {
    const rectangular = parseShardMap(read("shardmaps/sm_rect_6km.json"));
    const map = await rebuilt(rectangular, "atl03_tdigest_rect_6km.yaml");
    expect(map.shardKeys).toEqual(rectangular.shardKeys);
    expect(idsOf(map)).toEqual(idsOf(rectangular));
    expect(idsOf(map).map(({ length }) => length)).toEqual([47, 29, 47, 28]);
  });
});
