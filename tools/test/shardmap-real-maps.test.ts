/** Maps, configs and granules of the original, when the folder `shared` stands beside the repository. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createGrid, createRegistry, NO_ID, type ZaggConfig } from "@zagg/core";
import { regionFromGeoJson } from "@zagg/sphere";
import { healpix, nestedFromMorton } from "@zagg/grid-healpix";
import { rectilinear } from "@zagg/grid-rectilinear";
import { hdf5 } from "@zagg/reader-hdf5";
import { fileSource } from "@zagg/sources/file";
import { buildShardMapFromPoints, checkShardMap, parseShardMap, serializeShardMap } from "@zagg/shardmap";
import { describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";

const shared = new URL("../../../shared/", import.meta.url);
const pathOf = (path: string): string => fileURLToPath(new URL(path, shared));
const read = (path: string): string => readFileSync(pathOf(path), "utf8");
const registry = createRegistry([healpix, rectilinear, fileSource, hdf5]);

/** The grid of a config, whatever it aggregates. */
function gridOf(file: string) {
  const { output } = parseYaml(read(`fixtures/benchmark/configs/${file}`)) as ZaggConfig;
  const { store_layout: _layout, ...grid } = output.grid as Record<string, unknown>;
  return createGrid(registry, { output: { grid }, aggregation: { variables: {} } } as unknown as ZaggConfig);
}

const healpixMap = "sm_healpix_o11.json";
const rectangularMap = "sm_rect_6km.json";
const fits: Record<string, readonly string[]> = {
  "atl03_tdigest_healpix_o9.yaml": [],
  "atl03_tdigest_healpix_o11.yaml": [healpixMap],
  "atl03_gain_bias_healpix_o11.yaml": [healpixMap],
  "atl03_scalar_healpix_o11.yaml": [healpixMap],
  "atl03_tdigest_rect_6km.yaml": [rectangularMap],
};

describe.runIf(existsSync(fileURLToPath(shared)))("real inputs (only where ../shared stands)", () => {
  it.each(
    Object.entries(fits).flatMap(([config, maps]) =>
      [healpixMap, rectangularMap].map((map) => ({ config, map, isFit: maps.includes(map) })),
    ),
  )("$map fits $config: $isFit", ({ config, map, isFit }) => {
    const check = checkShardMap(parseShardMap(read(`fixtures/benchmark/shardmaps/${map}`)), gridOf(config));
    expect(check.verdict).toBe(isFit ? "fits" : "refused");
    const warnings = map === healpixMap ? ["LATITUDE_UNSTATED"] : [];
    if (isFit) expect(check.warnings.map(({ code }) => code)).toEqual(warnings);
  });

  it("finds the shards of the HEALPix map from its area of interest", () => {
    const region = regionFromGeoJson(JSON.parse(read("fixtures/benchmark/AOP_NEON.geojson")));
    const { shardKeys } = parseShardMap(read(`fixtures/benchmark/shardmaps/${healpixMap}`));
    expect(gridOf("atl03_tdigest_healpix_o11.yaml").coverer(region).shardKeys).toEqual(shardKeys);
  });

  // Cells of order 11 with a point, counted with healpy 1.20 and h5py 3.16 from the same granules.
  it.each([
    { latitude: "authalic", shards: 248 },
    { latitude: "geodetic", shards: 244 },
  ])(
    "assigns real ATL06 granules to $shards shards, all golden cells among them ($latitude latitude)",
    async ({ latitude, shards }) => {
      const names = [
        "ATL06_20230816234629_08822013_006_01.h5",
        "processed_ATL06_20181023144337_03810112_001_01.h5",
      ];
      const grid = registry
        .grid("healpix")
        .create({ parent_order: 11, child_order: 11, latitude } as never, []);
      const { data_source: dataSource } = parseYaml(read("fixtures/configs/atl06.yaml")) as ZaggConfig;
      const { map, report } = await buildShardMapFromPoints({
        grid,
        sources: registry,
        reader: hdf5,
        dataSource,
        files: [...names, "ATL03_20220401_clip_wyoming.h5"].map((name) => ({
          id: name,
          href: pathOf(`data/granules/${name}`),
          recordHref: name,
        })),
        now: () => 0,
      });
      expect(report).toMatchObject({
        granulesAssigned: 2,
        groupsMissing: 4,
        points: { read: 1610 + 38309, invalid: 0, outsideGrid: 0 },
      });
      expect(report.skipped.map(({ id, error }) => [id, error.code])).toEqual([
        ["ATL03_20220401_clip_wyoming.h5", "SHARDMAP_WRONG_PRODUCT"],
      ]);

      const listed = new Set(
        Array.from(map.shardKeys, (key, shard) =>
          map.granules[shard]!.map(({ id }) => `${id} ${nestedFromMorton(key).nested}`),
        ).flat(),
      );
      const convention = latitude === "authalic" ? "authalic" : "geodetic_as_spherical";
      const golden = new Set(
        read("data/golden/granule_cells.csv")
          .split("\n")
          .map((line) => line.split(","))
          .filter(([name = "", used, order]) => names.includes(name) && used === convention && order === "11")
          .map(([name, , , pixel]) => `${name} ${pixel}`),
      );
      expect(map.shardKeys).toHaveLength(shards);
      expect(golden.size).toBeGreaterThan(200);
      // Golden cells leave out points without a height, so the map may list more, never less.
      expect([...golden].filter((pair) => !listed.has(pair))).toEqual([]);
      expect(map.shardKeys.includes(NO_ID)).toBe(false);
      expect(serializeShardMap(parseShardMap(serializeShardMap(map)))).toBe(serializeShardMap(map));
    },
  );
});
