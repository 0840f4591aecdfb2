/** Granules of NASA's and a synthetic one, where the sample data lie beside the repository; else nothing runs here. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

import { opened } from "./opened.js";

const shared = new URL("../../../../shared/", import.meta.url);
const stats = new URL("data/golden/granule_stats.json", shared);
const mini = new URL("fixtures/index/atl03_mini.h5", shared);

/** Sums of up to 1e5 doubles, taken pairwise there and one by one here. */
const MEAN_RELATIVE = 1e-12;
const BEAMS = ["gt1l", "gt1r", "gt2l", "gt2r", "gt3l", "gt3r"];

interface BeamStats {
  readonly file: string;
  readonly beam: string;
  readonly n: number;
  readonly n_valid: number;
  readonly n_quality0: number | null;
  readonly lat: readonly [string, string];
  readonly lon: readonly [string, string];
  readonly mean: string;
  readonly min: string;
  readonly max: string;
  readonly quantiles: Readonly<Record<string, string>>;
}

function paths(file: string, beam: string) {
  return file.includes("ATL03")
    ? { height: `/${beam}/heights/h_ph`, lat: `/${beam}/heights/lat_ph`, lon: `/${beam}/heights/lon_ph` }
    : {
        height: `/${beam}/land_ice_segments/h_li`,
        lat: `/${beam}/land_ice_segments/latitude`,
        lon: `/${beam}/land_ice_segments/longitude`,
        quality: `/${beam}/land_ice_segments/atl06_quality_summary`,
      };
}

/** Quantile by linear interpolation between closest ranks (Hyndman and Fan 1996, type 7). */
function quantile(sorted: Float64Array, q: number): number {
  const position = q * (sorted.length - 1);
  const below = sorted[Math.floor(position)]!;
  const above = sorted[Math.ceil(position)]!;
  return below + (above - below) * (position - Math.floor(position));
}

describe.runIf(existsSync(stats))("the sample granules", () => {
  const golden = existsSync(stats) ? (JSON.parse(readFileSync(stats, "utf8")) as BeamStats[]) : [];
  const files = [...new Set(golden.map(({ file }) => file))];
  const hrefOf = (file: string) => new URL(`data/granules/${file}`, shared).href;

  it.each(files)("finds the beams of %s, and no other", async (file) => {
    const granule = await opened(hrefOf(file));
    const found: string[] = [];
    for (const beam of BEAMS)
      if ((await granule.describe(paths(file, beam).height)) !== null) found.push(beam);
    await granule.close();
    expect(found).toEqual(golden.filter((row) => row.file === file).map(({ beam }) => beam));
  });

  it.each(golden.map((row) => [row.file, row.beam, row] as const))("reads %s %s", async (file, beam, row) => {
    const granule = await opened(hrefOf(file));
    const { height, lat, lon, quality } = paths(file, beam);
    const info = await granule.describe(height);
    if (info === null) throw new Error(`${height} is absent`);
    expect(info).toMatchObject({ shape: [row.n], dtype: "float32" });
    const rows = { start: 0, stop: row.n };
    const heights = await granule.read(height, rows);
    const valid = Float64Array.from(heights.filter((value) => value !== info.fillValue)).sort();
    expect(valid).toHaveLength(row.n_valid);
    const mean = valid.reduce((sum, value) => sum + value, 0) / valid.length;
    expect(Math.abs(mean / Number(row.mean) - 1)).toBeLessThan(MEAN_RELATIVE);
    expect(valid[0]).toBe(Number(row.min));
    expect(valid.at(-1)).toBe(Number(row.max));
    for (const [q, value] of Object.entries(row.quantiles)) {
      expect(Math.abs(quantile(valid, Number(q)) / Number(value) - 1)).toBeLessThan(MEAN_RELATIVE);
    }
    for (const [path, extent] of [[lat, row.lat] as const, [lon, row.lon] as const]) {
      const degrees = await granule.read(path, rows);
      expect([Math.min(...degrees), Math.max(...degrees)]).toEqual(extent.map(Number));
    }
    if (quality !== undefined) {
      const flags = await granule.read(quality, rows);
      const good = flags.filter((flag, i) => flag === 0 && heights[i] !== info.fillValue);
      expect(good).toHaveLength(row.n_quality0 ?? -1);
    }
    await granule.close();
  });
});

describe.runIf(existsSync(mini))("the small ATL03-like granule", () => {
  it("holds what its description says", async () => {
    const granule = await opened(fileURLToPath(mini));
    const photons = 2432;
    const rows = { start: 0, stop: photons };
    expect(await granule.describe("/gt1l/heights/signal_conf_ph")).toMatchObject({
      shape: [photons, 5],
      dtype: "int8",
      chunkRows: 256,
    });
    const land = await granule.read("/gt2l/heights/signal_conf_ph", { ...rows, column: 0 });
    expect(Array.from(land)).toEqual(Array.from(land, (_, i) => (i % 7 === 0 ? -2 : 9)));
    const ocean = await granule.read("/gt2l/heights/signal_conf_ph", { ...rows, column: 1 });
    expect(ocean.every((value) => value === 9)).toBe(true);
    const heights = await granule.read("/gt1l/heights/h_ph", rows);
    expect(heights).toEqual(Float32Array.from(heights, (_, i) => (i % 50) + 0.25));
    const first = await granule.read("/gt1l/geolocation/ph_index_beg", { start: 0, stop: 20 });
    expect(first).toBeInstanceOf(Float64Array);
    expect(Array.from(first.subarray(0, 3))).toEqual([1, 129, 257]);
    expect(first[8]).toBe(0);
    expect(await granule.describe("/ancillary_data/data_start_utc")).toBeNull();
    expect(await granule.describe("/gt3r/heights/h_ph")).toBeNull();
    await granule.close();
  });
});
