// Runs the command on granules of its own: a store of every kind of field for each grid. Usage: write-run-stores.mjs FOLDER
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { main } from "@zagg/cli";
import { makeDemoGranules } from "@zagg/cli/demo";

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("usage: write-run-stores.mjs FOLDER");

/** The granules cross near 123° E 75.6° S. */
const zone = (name, west, east) => ({
  type: "Feature",
  properties: { name },
  geometry: {
    type: "Polygon",
    coordinates: [
      [
        [west, -78],
        [east, -78],
        [east, -74],
        [west, -74],
        [west, -78],
      ],
    ],
  },
});
const zones = {
  type: "FeatureCollection",
  features: [zone("東の氷", 118, 123), zone("l'étendue 🧊", 123, 128)],
};
const polar =
  "crs: EPSG:3031, resolution: 5000, bounds: [1000000, -1400000, 1800000, -600000], chunk_shape: [40, 40]";
const grids = {
  healpix_dense:
    "{type: healpix, parent_order: 6, child_order: 10, chunk_inner: 8, layout: dense, latitude: geodetic}",
  healpix_fullsphere: "{type: healpix, parent_order: 4, child_order: 6}",
  rectilinear: `{type: rectilinear, ${polar}}`,
  h3: "{type: h3, parent_res: 4, child_res: 6}",
  zones: `{type: zones, id: name, zones_per_shard: 1, geojson: ${JSON.stringify(zones)}}`,
};

const config = (grid) => `
data_source:
  groups: [gt1l, gt1r, gt2l, gt2r, gt3l, gt3r]
  coordinates: {latitude: "/{group}/land_ice_segments/latitude", longitude: "/{group}/land_ice_segments/longitude"}
  variables: {h_li: "/{group}/land_ice_segments/h_li"}
aggregation:
  coordinates:
    cell_ids: {dtype: uint64, fill_value: 0}
    morton: {dtype: uint64, fill_value: 0}
  chunk_precompute:
    middle: {function: median, source: h_li}
  variables:
    count: {function: len, source: h_li, dtype: int32, fill_value: 0, attrs: {units: "1", long_name: "nombre d'échos 🛰"}}
    h_mean: {function: mean, source: h_li, attrs: {units: m, valid_range: [-100.0, 9000.0], "häufig": "oft: ${"ü".repeat(300)}"}}
    h_q: {function: quantile, source: h_li, params: {q: 0.9}, dtype: float64}
    h_bins: {kind: vector, trailing_shape: 4, expression: "np.histogram(h_li, 4, (0.0, 4000.0))[0]", dtype: int32, fill_value: 0}
    h_middle: {resolution: chunk, expression: "middle", dtype: float32}
    h_digest: {kind: ragged, function: tdigest, source: h_li, inner_shape: [2], params: {delta: 20}, dtype: float32, fill_value: 0}
    h_all: {kind: ragged, expression: "h_li", inner_shape: 1, dtype: float64, fill_value: 0}
output:
  grid: ${grid}
`;

async function zagg(...argv) {
  const status = await main(argv, { stdout: { write: () => true } });
  if (status !== 0) throw new Error(`zagg ${argv.join(" ")} exits ${status}`);
}

await makeDemoGranules(join(folder, "granules"), { granules: 2, segmentsPerBeam: 3_000 });
for (const [name, grid] of Object.entries(grids)) {
  const path = (suffix) => join(folder, `${name}.${suffix}`);
  writeFileSync(path("yaml"), config(grid));
  const quiet = ["--quiet", "--config", path("yaml")];
  await zagg(
    "shardmap",
    "build",
    ...quiet,
    "--granules",
    join(folder, "granules", "*.h5"),
    "--out",
    path("json"),
  );
  await zagg("run", ...quiet, "--executor", "inline", "--catalog", path("json"), "--store", path("zarr"));
}
