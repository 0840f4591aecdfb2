/** The command as a user calls it, and small inputs for it. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { makeDemoGranules, type DemoGranules } from "../src/demo.js";
import { main } from "../src/index.js";

export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Calls the command with a plain terminal. */
export async function zagg(...argv: readonly string[]): Promise<Outcome> {
  let stdout = "";
  let stderr = "";
  const status = await main(argv, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    env: {},
  });
  return { status, stdout, stderr };
}

/** Calls the command and fails unless it exits 0. */
export async function zaggDone(...argv: readonly string[]): Promise<Outcome> {
  const outcome = await zagg(...argv);
  if (outcome.status !== 0)
    throw new Error(`zagg ${argv.join(" ")} exits ${outcome.status}\n${outcome.stderr}`);
  return outcome;
}

/** Calls `zagg run`, in this thread. */
export function zaggRun(
  config: string,
  map: string,
  store: string,
  ...flags: readonly string[]
): Promise<Outcome> {
  const inline = ["run", "--executor", "inline"];
  return zagg(...inline, "--config", config, "--catalog", map, "--store", store, ...flags);
}

/** Calls `zagg shardmap build` for granules that patterns name. */
export function zaggBuild(
  config: string,
  granules: readonly string[],
  out: string,
  ...flags: readonly string[]
): Promise<Outcome> {
  return zagg("shardmap", "build", "--config", config, "--granules", ...granules, "--out", out, ...flags);
}

/** A folder that is removed when the test or the suite's setup that asked for it is over. */
export function makeFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "zagg-cli-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** A folder for one test. */
export function testFolder(): string {
  const { path, remove } = makeFolder();
  onTestFinished(remove);
  return path;
}

/** Two short granules, six beams each less one, that cross near 123° E 75.6° S. */
export function smallGranules(folder: string): Promise<DemoGranules> {
  return makeDemoGranules(join(folder, "granules"), { granules: 2, segmentsPerBeam: 3_000 });
}

export const gridTypes = ["healpix", "rectilinear"] as const;
export type GridType = (typeof gridTypes)[number];

const grids: Readonly<Record<GridType, string>> = {
  healpix: "{type: healpix, parent_order: 8, child_order: 12, latitude: authalic}",
  rectilinear:
    "{type: rectilinear, crs: EPSG:3031, resolution: 5000, bounds: [1000000, -1400000, 1800000, -600000], chunk_shape: [40, 40]}",
};

/** A change of each grid that moves cells, and the keys of the spatial signature that it changes. */
export const spatialChanges: Readonly<
  Record<GridType, readonly (readonly [change: string, from: string, to: string, keys: readonly string[]])[]>
> = {
  healpix: [
    ["parent order", "parent_order: 8", "parent_order: 7", ["parent_order"]],
    ["child order", "child_order: 12", "child_order: 13", ["child_order"]],
    ["layout", "child_order: 12", "child_order: 12, layout: dense", ["layout"]],
    ["latitude", "latitude: authalic", "latitude: geodetic", ["latitude"]],
  ],
  rectilinear: [
    ["resolution", "resolution: 5000", "resolution: 2500", ["affine", "shape"]],
    ["chunk shape", "[40, 40]", "[20, 20]", ["chunk_shape"]],
    ["origin", "[1000000,", "[1200000,", ["affine", "shape"]],
    ["extent", "1800000, -600000]", "2000000, -600000]", ["shape"]],
    ["CRS", "EPSG:3031", "EPSG:3412", ["crs"]],
  ],
};

/** Two aggregations without a field in common but the count. */
export const fieldSets = {
  heights: `
    count: {function: len, source: h_li, dtype: int32, fill_value: 0}
    h_mean: {function: average, source: h_li, params: {weights: "1.0 / s_li**2"}, dtype: float32}`,
  spread: `
    count: {function: len, source: h_li, dtype: int32, fill_value: 0}
    h_std: {function: std, source: h_li, dtype: float32}
    h_q90: {function: quantile, source: h_li, params: {q: 0.9}, dtype: float64}`,
} as const;

/** A configuration of a grid and a field set. */
export function configText(type: GridType, fields: string = fieldSets.heights): string {
  return `data_source:
  driver: s3
  groups: [gt1l, gt1r, gt2l, gt2r, gt3l, gt3r]
  coordinates:
    latitude: "/{group}/land_ice_segments/latitude"
    longitude: "/{group}/land_ice_segments/longitude"
  variables:
    h_li: "/{group}/land_ice_segments/h_li"
    s_li: "/{group}/land_ice_segments/h_li_sigma"
  quality_filter:
    dataset: "/{group}/land_ice_segments/atl06_quality_summary"
    value: 0
aggregation:
  variables:${fields}
output:
  grid: ${grids[type]}
`;
}

/** Writes a file and returns its path. */
export function writeText(folder: string, name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}
