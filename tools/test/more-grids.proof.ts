/** Grids that the engine does not know by name, on real granules: every point that is kept is counted in one cell. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "@zagg/cli";
import { afterAll, describe, expect, it } from "vitest";
import * as zarrita from "zarrita";
import { hasShared, sharedPath } from "./shared.js";

/** Segments of good quality in the two ATL06 granules: data/README.md. */
const GOOD_SEGMENTS = 28_647 + 851;

const folder = mkdtempSync(join(tmpdir(), "zagg-grids-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const box = (name: string, [west, south, east, north]: readonly [number, number, number, number]) => ({
  type: "Feature",
  properties: { name },
  geometry: {
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
  },
});

/** The Antarctic basin, and a box around each granule. */
function zones(): object {
  const basin = JSON.parse(readFileSync(sharedPath("data/polygons/Antarctica_IMBIE27.geojson"), "utf8")) as {
    features: { geometry: object }[];
  };
  const [feature] = basin.features;
  return {
    type: "FeatureCollection",
    features: [
      { type: "Feature", properties: { name: "IMBIE27" }, geometry: feature?.geometry },
      box("Queen Maud Land", [8, -73, 14, -69]),
      box("Indian Ocean", [50, -48, 55, -45]),
    ],
  };
}

const grids: Readonly<Record<string, () => object>> = {
  h3: () => ({ type: "h3", parent_res: 3, child_res: 7 }),
  zones: () => ({ type: "zones", id: "name", geojson: zones() }),
};

async function zagg(...argv: string[]): Promise<string> {
  let [stdout, stderr] = ["", ""];
  const status = await main(argv, {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
    env: {},
  });
  if (status !== 0) throw new Error(`zagg ${argv.join(" ")} exits ${status}\n${stderr}`);
  return stdout;
}

describe.runIf(hasShared)("real ATL06 granules", () => {
  it.each(Object.entries(grids))("are counted whole on the %s grid", async (type, grid) => {
    const config = join(folder, `${type}.yaml`);
    const [map, store] = [join(folder, `${type}.json`), join(folder, `${type}.zarr`)];
    const text = readFileSync(sharedPath("fixtures/configs/atl06.yaml"), "utf8")
      .replace(/ {2}coordinates:\n {4}cell_ids:[\s\S]*?(?= {2}variables:\n {4}count)/, "")
      .replace(/ {2}grid:[\s\S]*$/, `  grid: ${JSON.stringify(grid())}\n`);
    writeFileSync(config, text);
    await zagg(
      "shardmap",
      "build",
      "--config",
      config,
      "--granules",
      sharedPath("data/granules/*ATL06*.h5"),
      "--out",
      map,
    );
    const summary = await zagg(
      "run",
      "--json",
      "--executor",
      "inline",
      "--config",
      config,
      "--catalog",
      map,
      "--store",
      store,
    );
    expect((JSON.parse(summary) as { total_obs: number }).total_obs).toBe(GOOD_SEGMENTS);

    const { arrays } = JSON.parse(await zagg("inspect", store, "--json")) as { arrays: { path: string }[] };
    const path = arrays.map((array) => array.path).find((name) => name.endsWith("/count"));
    const root = zarrita.root({
      get: async (key: string) =>
        existsSync(store + key) ? new Uint8Array(readFileSync(store + key)) : undefined,
    });
    const counts = (await zarrita.get(await zarrita.open.v3(root.resolve(path as string), { kind: "array" })))
      .data as Int32Array;
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(GOOD_SEGMENTS);
  });
});

it.runIf(!hasShared)("says that the shared sample data is absent", () => {
  console.log("the shared sample data is absent: the H3 and zones grids are not run on real granules");
  expect(hasShared).toBe(false);
});
