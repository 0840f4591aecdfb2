/** Granules whose numbers are packed, or stand for missing ones, from the file to the store. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadLibrary } from "@zagg/reader-hdf5/internal";
import * as zarrita from "zarrita";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeFolder, writeText, zagg, zaggBuild, zaggDone, zaggRun } from "./command.js";

const shared = makeFolder();
const packed = join(shared.path, "packed.h5");
const marked = join(shared.path, "marked.h5");

beforeAll(async () => {
  const { library } = await loadLibrary();
  const write = (path: string, fill: (file: InstanceType<typeof library.File>) => void): void => {
    const file = new library.File(path, "w");
    file.create_group("g");
    fill(file);
    file.close();
  };
  write(packed, (file) => {
    const dataset = (name: string, data: number[]) =>
      file.create_dataset({ name: `g/${name}`, data: Int16Array.from(data) });
    const lat = dataset("lat", [45, -30, 50]);
    const lon = dataset("lon", [120, -60, 50]);
    for (const one of [lat, lon]) one.create_attribute("scale_factor", 0.01, [], "<d");
    const height = dataset("h", [1000, 2000, -32_768]);
    height.create_attribute("scale_factor", 1e-3, [], "<d");
    height.create_attribute("add_offset", 1300, [], "<d");
    height.create_attribute("_FillValue", -32_768, [], "<h");
  });
  write(marked, (file) => {
    file.create_dataset({ name: "g/lat", data: new Float64Array(6).fill(0.5) });
    file.create_dataset({ name: "g/lon", data: new Float64Array(6).fill(0.5) });
    const marks = file.create_dataset({ name: "g/h", data: Float32Array.of(1, 2, 3, 4, -9999, 5) });
    marks.create_attribute("missing_value", -9999, [], "<f");
  });
});
afterAll(shared.remove);

function configText(source: string): string {
  return `data_source:
  groups: [g]
  coordinates: {latitude: "/{group}/lat", longitude: "/{group}/lon"}
  variables: {h: "/{group}/h"}
${source}
aggregation:
  chunk_precompute: {top: {function: max, source: h}}
  variables:
    n: {function: count, dtype: float64, fill_value: 0}
    sum: {function: sum, source: h, dtype: float64}
    top: {expression: "top + 0 * np.max(h)", dtype: float64}
output:
  grid: {type: rectilinear, crs: EPSG:4326, resolution: 1, bounds: [-180, -90, 180, 90], chunk_shape: [60, 60]}
`;
}

let runs = 0;
/** Cells that hold data: row and column from 60 N 120 W… with count, sum, and greatest of the chunk. */
async function cellsOf(granule: string, source = "") {
  const name = `run-${runs++}`;
  const config = writeText(shared.path, `${name}.yaml`, configText(source));
  const [map, store] = [join(shared.path, `${name}.json`), join(shared.path, `${name}.zarr`)];
  const built = await zaggBuild(config, [granule], map);
  const ran = await zaggRun(config, map, store);
  expect([built.status, ran.status]).toEqual([0, 0]);
  const root = zarrita.root({
    get: async (key: string) =>
      existsSync(join(store, key)) ? new Uint8Array(readFileSync(join(store, key))) : undefined,
  });
  const all = await Promise.all(
    ["n", "sum", "top"].map(async (field) => {
      const array = await zarrita.open.v3(root.resolve(`rectilinear/${field}`), { kind: "array" });
      return (await zarrita.get(array)).data as Float64Array;
    }),
  );
  const [count = new Float64Array()] = all;
  const cells = [...count.keys()].filter((cell) => count[cell]! > 0);
  return {
    cells: cells.map((cell) => [Math.floor(cell / 360), cell % 360, ...all.map((field) => field[cell])]),
    warned: [built.stderr, ran.stderr].map((text) =>
      [...text.matchAll(/warning (\w+) at (\S+)/g)].map(([, code, path]) => `${code} ${path}`),
    ),
  };
}

describe("packed coordinates and heights", () => {
  it("are unpacked, the fill value in packed units, and each dataset is told of once", async () => {
    const { cells, warned } = await cellsOf(packed);
    expect(cells).toEqual([
      [89, 181, 1, 1301, 1301],
      [90, 179, 1, 1302, 1302],
    ]);
    const coordinates = ["DATASET_DECODED /{group}/lat", "DATASET_DECODED /{group}/lon"];
    expect(warned).toEqual([coordinates, [...coordinates, "DATASET_DECODED /{group}/h"]]);
  });

  it("are taken as they are stored with decode: raw", async () => {
    const { cells, warned } = await cellsOf(packed, "  decode: raw");
    expect(cells).toEqual([
      [45, 300, 1, 1000, 1000],
      [120, 120, 1, 2000, 2000],
    ]);
    expect(warned).toEqual([[], []]);
  });

  it("are where a catalog of them has their footprint", async () => {
    const config = writeText(shared.path, "import.yaml", configText(""));
    const out = join(shared.path, "items.parquet");
    const { stderr } = await zaggDone("catalog", "import", packed, "--config", config, "--out", out);
    expect(stderr.match(/DATASET_DECODED/g)).toHaveLength(2);
    const { bbox } = JSON.parse((await zagg("catalog", "info", out, "--json")).stdout) as { bbox: number[] };
    expect(bbox.every((degrees) => Math.abs(degrees) < 2)).toBe(true);
  });
});

describe("missing_value", () => {
  it("is a missing value, whose row is dropped", async () => {
    const { cells, warned } = await cellsOf(marked);
    expect(cells).toEqual([[89, 180, 5, 15, 5]]);
    expect(warned).toEqual([[], ["DATASET_DECODED /{group}/h"]]);
  });

  it("is NaN where missing rows are kept", async () => {
    expect((await cellsOf(marked, "  fill: keep")).cells).toEqual([[89, 180, 6, NaN, NaN]]);
  });
});
