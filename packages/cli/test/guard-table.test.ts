/** The reuse guard's verdict on every pair of a configuration and a map that we ship or are given. */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { loadConfig, type GridPlugin } from "@zagg/core";
import { regionFromBbox } from "@zagg/sphere";
import {
  buildShardMap,
  checkShardMap,
  parseShardMap,
  serializeShardMap,
  type ShardMap,
} from "@zagg/shardmap";
import { describe, expect, it } from "vitest";
import { demoConfigs } from "../src/demo.js";
import { createZaggRegistry } from "../src/index.js";
import { builtInConfigs } from "../src/inputs/built-in-configs.js";
import { hasShared, sharedNames, sharedPath } from "./shared-files.js";

/** The grids of all configurations. */
const configsOf = {
  geographic: ["atl03", "atl03_waveform_chunk", "atl03_waveform_counts"],
  polar: ["atl06_polar"],
  utm: ["benchmark/atl03_tdigest_rect_6km"],
  "healpix 11/19": [
    "atl03_gain_bias_healpix",
    "atl03_tdigest_healpix",
    "benchmark/atl03_gain_bias_healpix_o11",
    "benchmark/atl03_scalar_healpix_o11",
    "benchmark/atl03_tdigest_healpix_o11",
  ],
  "healpix 9/19": ["benchmark/atl03_tdigest_healpix_o9"],
  "healpix 6/12": ["atl06"],
  "healpix 6/12 dense": ["demo/elevation", "demo/roughness"],
} as const;
type Grid = keyof typeof configsOf;

const NESTED = "type indexing_scheme parent_order child_order layout latitude";
const PLANAR = "type crs affine shape chunk_shape";

/** The keys that differ, by the grid of the configuration and then that of the map; none where the map fits. */
const differences: Readonly<
  Record<Grid, Readonly<Record<Grid | "sm_healpix_o11.json" | "sm_rect_6km.json", string>>>
> = {
  geographic: {
    geographic: "",
    polar: "crs affine shape",
    utm: "crs affine shape chunk_shape",
    "healpix 11/19": PLANAR,
    "healpix 9/19": PLANAR,
    "healpix 6/12": PLANAR,
    "healpix 6/12 dense": PLANAR,
    "sm_healpix_o11.json": PLANAR,
    "sm_rect_6km.json": "crs affine shape chunk_shape",
  },
  polar: {
    geographic: "crs affine shape",
    polar: "",
    utm: "crs affine shape chunk_shape",
    "healpix 11/19": PLANAR,
    "healpix 9/19": PLANAR,
    "healpix 6/12": PLANAR,
    "healpix 6/12 dense": PLANAR,
    "sm_healpix_o11.json": PLANAR,
    "sm_rect_6km.json": "crs affine shape chunk_shape",
  },
  utm: {
    geographic: "crs affine shape chunk_shape",
    polar: "crs affine shape chunk_shape",
    utm: "",
    "healpix 11/19": PLANAR,
    "healpix 9/19": PLANAR,
    "healpix 6/12": PLANAR,
    "healpix 6/12 dense": PLANAR,
    "sm_healpix_o11.json": PLANAR,
    "sm_rect_6km.json": "",
  },
  "healpix 11/19": {
    geographic: NESTED,
    polar: NESTED,
    utm: NESTED,
    "healpix 11/19": "",
    "healpix 9/19": "parent_order",
    "healpix 6/12": "parent_order child_order",
    "healpix 6/12 dense": "parent_order child_order layout",
    "sm_healpix_o11.json": "",
    "sm_rect_6km.json": NESTED,
  },
  "healpix 9/19": {
    geographic: NESTED,
    polar: NESTED,
    utm: NESTED,
    "healpix 11/19": "parent_order",
    "healpix 9/19": "",
    "healpix 6/12": "parent_order child_order",
    "healpix 6/12 dense": "parent_order child_order layout",
    "sm_healpix_o11.json": "parent_order",
    "sm_rect_6km.json": NESTED,
  },
  "healpix 6/12": {
    geographic: NESTED,
    polar: NESTED,
    utm: NESTED,
    "healpix 11/19": "parent_order child_order",
    "healpix 9/19": "parent_order child_order",
    "healpix 6/12": "",
    "healpix 6/12 dense": "layout",
    "sm_healpix_o11.json": "parent_order child_order",
    "sm_rect_6km.json": NESTED,
  },
  "healpix 6/12 dense": {
    geographic: NESTED,
    polar: NESTED,
    utm: NESTED,
    "healpix 11/19": "parent_order child_order layout",
    "healpix 9/19": "parent_order child_order layout",
    "healpix 6/12": "layout",
    "healpix 6/12 dense": "",
    "sm_healpix_o11.json": "parent_order child_order layout",
    "sm_rect_6km.json": NESTED,
  },
};

const registry = createZaggRegistry();
const gridOf = (text: string): GridPlugin => loadConfig(text, registry, { scope: "grid" }).grid;
const read = (path: string): string => readFileSync(path, "utf8");
const builtIn = (name: string): string =>
  read(fileURLToPath(new URL(`../configs/${name}.yaml`, import.meta.url)));

/** The grid of each configuration that is here, by its name in the table. */
const grids = new Map<string, GridPlugin>([
  ...builtInConfigs.map(({ name }) => [name, gridOf(builtIn(name))] as const),
  ...demoConfigs().map(
    (config, i) => [`demo/${["elevation", "roughness"][i]!}`, gridOf(config.text)] as const,
  ),
  ...sharedNames("fixtures/benchmark/configs").map(
    (name) =>
      [
        `benchmark/${basename(name, ".yaml")}`,
        gridOf(read(sharedPath(`fixtures/benchmark/configs/${name}`))),
      ] as const,
  ),
]);

/** A small map of a grid: one granule over a place that all grids have, or Antarctica. */
async function smallMap(name: string, grid: GridPlugin): Promise<ShardMap> {
  const box = name === "atl06_polar" ? [100, -75.01, 100.01, -75] : [-76.56, 38.89, -76.55, 38.9];
  const footprint = regionFromBbox(box as [number, number, number, number]);
  const record = { id: "granule.h5", s3: null, https: "https://data.example.org/granule.h5" };
  const { map } = await buildShardMap({ grid, granules: [{ record, footprint }], region: footprint });
  return parseShardMap(serializeShardMap(map));
}

/** Configurations that are here, with the grid that the table has for them. */
const listed = (Object.entries(configsOf) as [Grid, readonly string[]][]).flatMap(([grid, names]) =>
  names.filter((name) => grids.has(name)).map((name) => [name, grid] as const),
);

describe("the guard", () => {
  it("has a row for every configuration", () => {
    expect([...grids.keys()].sort()).toEqual(listed.map(([name]) => name).sort());
  });

  it.each(listed)("judges maps of every grid by the configuration %s (%s)", async (name, grid) => {
    for (const [other, otherGrid] of listed) {
      const check = checkShardMap(await smallMap(other, grids.get(other)!), grids.get(name)!);
      const keys = differences[grid][otherGrid];
      expect(check.differences.map(({ key }) => key).join(" "), `map of ${other}`).toBe(keys);
      expect(check.verdict, `map of ${other}`).toBe(keys === "" ? "fits" : "refused");
      expect(check.warnings, `map of ${other}`).toEqual([]);
    }
  });
});

describe.runIf(hasShared)("the guard, on maps of the original (only where ../shared stands)", () => {
  it.each(
    (["sm_healpix_o11.json", "sm_rect_6km.json"] as const).flatMap((map) =>
      listed.map(([name, grid]) => [map, name, differences[grid][map]] as const),
    ),
  )("judges %s by the configuration %s: differing keys '%s'", (map, name, keys) => {
    const shardMap = parseShardMap(read(sharedPath(`fixtures/benchmark/shardmaps/${map}`)));
    const check = checkShardMap(shardMap, grids.get(name)!);
    expect(check.differences.map(({ key }) => key).join(" ")).toBe(keys);
    expect(check.verdict).toBe(keys === "" ? "fits" : "refused");
    const isNested = grids.get(name)!.type === "healpix" && map === "sm_healpix_o11.json";
    expect(check.warnings.map(({ code }) => code)).toEqual(isNested ? ["LATITUDE_UNSTATED"] : []);
  });

  it("judges by the original's configurations as by the built-in ones of the same names", () => {
    const names = sharedNames("fixtures/configs").map((file) => basename(file, ".yaml"));
    expect(names).toEqual(builtInConfigs.map(({ name }) => name));
    for (const name of names) {
      const theirs = gridOf(read(sharedPath(`fixtures/configs/${name}.yaml`)));
      expect(theirs.spatialSignature(), name).toEqual(grids.get(name)!.spatialSignature());
    }
  });
});
