/** The synthetic granules of the demo, and its configurations. */
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { builtins } from "@zagg/aggregators";
import {
  createRegistry,
  loadConfig,
  openGranule,
  type Column,
  type DatasetInfo,
  type Granule,
} from "@zagg/core";
import { healpix } from "@zagg/grid-healpix";
import { hdf5 } from "@zagg/reader-hdf5";
import { fileSource } from "@zagg/sources/file";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { demoConfigs } from "../src/demo/config.js";
import { makeDemoGranules, type DemoGranules } from "../src/demo/granules.js";
import { createRandom, nearlyNormal } from "../src/demo/random.js";
import { flyPass } from "../src/demo/track.js";

const SEGMENTS = 12_000;
const BEAMS = ["gt1l", "gt1r", "gt2l", "gt2r", "gt3l", "gt3r"];
const EARTH_RADIUS_METERS = 6_371_000;
/** The spacing is kept on a sphere; the ellipsoid and the turning Earth change it by a few per cent. */
const SPACING_METERS = [19, 21] as const;
/** Likewise, of the 90 m between the beams of a pair. */
const PAIR_METERS = 1;

const folder = mkdtempSync(join(tmpdir(), "zagg-demo-"));
afterAll(() => rmSync(folder, { recursive: true }));

let demo: DemoGranules;
beforeAll(async () => {
  demo = await makeDemoGranules(join(folder, "one"), { segmentsPerBeam: SEGMENTS });
});

async function withGranule<T>(path: string, use: (granule: Granule) => Promise<T>): Promise<T> {
  const granule = await openGranule({ source: () => fileSource }, hdf5, path);
  try {
    return await use(granule);
  } finally {
    await granule.close();
  }
}

async function column(granule: Granule, beam: string, name: string, rows = SEGMENTS): Promise<Column> {
  const path = `/${beam}/land_ice_segments/${name}`;
  return (await granule.readMany([{ path, start: 0, stop: rows }]))[0]!;
}

async function described(granule: Granule, beam: string, name: string): Promise<DatasetInfo | null> {
  return (await granule.describeMany([`/${beam}/land_ice_segments/${name}`]))[0]!;
}

function metersBetween(lonA: number, latA: number, lonB: number, latB: number): number {
  const radians = Math.PI / 180;
  const [a, b] = [Math.sin(((latB - latA) / 2) * radians), Math.sin(((lonB - lonA) / 2) * radians)];
  const h = a * a + Math.cos(latA * radians) * Math.cos(latB * radians) * b * b;
  return 2 * EARTH_RADIUS_METERS * Math.asin(Math.sqrt(h));
}

/** Of every value; the file holds the time at which it was made, too. */
function digest(path: string, rows: number): Promise<string> {
  return withGranule(path, async (granule) => {
    const hash = createHash("sha256");
    for (const beam of BEAMS) {
      for (const name of [
        "latitude",
        "longitude",
        "delta_time",
        "atl06_quality_summary",
        "h_li",
        "h_li_sigma",
      ]) {
        const values = await column(granule, beam, name, rows);
        hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
      }
    }
    return hash.digest("hex");
  });
}

describe("the granules", () => {
  it("are named as real ones, and nothing else is left in the folder", () => {
    const names = demo.granules.map(({ path }) => basename(path));
    expect(names).toHaveLength(6);
    for (const name of names) expect(name).toMatch(/^ATL06_2026\d{10}_\d{6}(10|12)_007_01\.h5$/);
    expect(readdirSync(demo.folder).sort()).toEqual([...names].sort());
  });

  it("hold the columns that the configurations read, chunked and with fill values", async () => {
    const [first] = demo.granules;
    await withGranule(first?.path ?? "", async (granule) => {
      for (const [name, dtype] of [
        ["latitude", "float64"],
        ["longitude", "float64"],
        ["delta_time", "float64"],
        ["h_li", "float32"],
        ["h_li_sigma", "float32"],
        ["atl06_quality_summary", "int8"],
      ] as const) {
        const fillValue = name.startsWith("h_li") ? Math.fround(3.4028234663852886e38) : null;
        expect(await described(granule, "gt2l", name)).toEqual({
          shape: [SEGMENTS],
          dtype,
          fillValue,
          chunkRows: 10_000,
        });
      }
    });
  });

  it("hold the beams and the counts that are told", async () => {
    let [filled, good, segments] = [0, 0, 0];
    for (const { path, beams } of demo.granules) {
      await withGranule(path, async (granule) => {
        for (const beam of BEAMS) {
          const info = await described(granule, beam, "h_li");
          expect(info !== null).toBe(beams.includes(beam));
          if (info === null) continue;
          const heights = await column(granule, beam, "h_li");
          const sigmas = await column(granule, beam, "h_li_sigma");
          const flags = await column(granule, beam, "atl06_quality_summary");
          const isFilled = (value: number) => value === info.fillValue;
          expect(Array.from(sigmas, isFilled)).toEqual(Array.from(heights, isFilled));
          segments += heights.length;
          filled += heights.filter(isFilled).length;
          good += heights.filter((height, i) => !isFilled(height) && flags[i] === 0).length;
        }
      });
    }
    expect({ segments, filled, good }).toEqual({
      segments: demo.segments,
      filled: demo.filled,
      good: demo.good,
    });
    expect(segments).toBe(35 * SEGMENTS);
    expect(filled).toBeGreaterThan(0);
    expect(good).toBeLessThan(segments - filled);
    expect(good).toBeGreaterThan(0.9 * segments);
  });

  it("fly south and north by turns, over heights of an ice sheet", async () => {
    for (const [number, { path, ascending }] of demo.granules.entries()) {
      expect(ascending).toBe(number % 2 === 1);
      await withGranule(path, async (granule) => {
        const latitudes = await column(granule, "gt2l", "latitude");
        expect(latitudes[SEGMENTS - 1]! > latitudes[0]!).toBe(ascending);
        const times = await column(granule, "gt2l", "delta_time");
        expect(times[SEGMENTS - 1]! - times[0]!).toBeGreaterThan(0);
        const heights = (await column(granule, "gt2l", "h_li")).filter((height) => height < 1e30);
        expect(Math.min(...heights)).toBeGreaterThan(2500);
        expect(Math.max(...heights)).toBeLessThan(3400);
      });
    }
  });

  it("lie inside the region, which is a closed counter-clockwise ring", async () => {
    const ring = demo.region.coordinates[0] ?? [];
    expect(ring[0]).toEqual(ring.at(-1));
    const [lons, lats] = [ring.map(([lon]) => lon), ring.map(([, lat]) => lat)];
    let doubledArea = 0;
    for (let i = 1; i < ring.length; i++) {
      const [before, here] = [ring[i - 1], ring[i]];
      if (before && here) doubledArea += before[0] * here[1] - here[0] * before[1];
    }
    expect(doubledArea).toBeGreaterThan(0);
    for (const { path } of demo.granules) {
      await withGranule(path, async (granule) => {
        for (const beam of ["gt1l", "gt3r"]) {
          const longitudes = await column(granule, beam, "longitude");
          const latitudes = await column(granule, beam, "latitude");
          expect(Math.min(...longitudes)).toBeGreaterThan(Math.min(...lons));
          expect(Math.max(...longitudes)).toBeLessThan(Math.max(...lons));
          expect(Math.min(...latitudes)).toBeGreaterThan(Math.min(...lats));
          expect(Math.max(...latitudes)).toBeLessThan(Math.max(...lats));
        }
      });
    }
  });

  it("hold the same values for the same seed, and others for another", async () => {
    const small = { granules: 2, segmentsPerBeam: 50 };
    const digests = async (name: string, seed: number) => {
      const { granules } = await makeDemoGranules(join(folder, name), { ...small, seed });
      return Promise.all(granules.map(({ path }) => digest(path, small.segmentsPerBeam)));
    };
    const [one, again, other] = [await digests("a", 7), await digests("b", 7), await digests("c", 8)];
    expect(again).toEqual(one);
    expect(other[0]).not.toBe(one[0]);
    expect(one[0]).not.toBe(one[1]);
  });

  it("replace those of an earlier demo", async () => {
    const again = await makeDemoGranules(join(folder, "a"), { granules: 2, segmentsPerBeam: 60 });
    await withGranule(again.granules[0]?.path ?? "", async (granule) => {
      expect((await described(granule, "gt1l", "h_li"))?.shape).toEqual([60]);
    });
  });

  it("are refused where a file stands in the way of the folder", async () => {
    const inTheWay = join(folder, "file");
    writeFileSync(inTheWay, "x");
    await expect(makeDemoGranules(inTheWay)).rejects.toMatchObject({ code: "CLI_FILE_UNWRITABLE" });
    await expect(makeDemoGranules(join(inTheWay, "below"))).rejects.toMatchObject({
      code: "CLI_FILE_UNWRITABLE",
    });
  });

  it.each([
    { granules: 0 },
    { granules: 100 },
    { granules: 1.5 },
    { segmentsPerBeam: 1 },
    { segmentsPerBeam: 100_001 },
  ])("are refused for %o", async (options) => {
    await expect(makeDemoGranules(join(folder, "none"), options)).rejects.toBeInstanceOf(RangeError);
    expect(existsSync(join(folder, "none"))).toBe(false);
  });
});

describe("the ground track", () => {
  const pass = { lonDeg: 123, latDeg: -76, ascending: true };

  it("passes through its middle", () => {
    for (const ascending of [true, false]) {
      const { lonDeg, latDeg, seconds } = flyPass({ ...pass, ascending }, 0, 3, 20);
      expect(lonDeg[1]).toBeCloseTo(123, 9);
      expect(latDeg[1]).toBeCloseTo(-76, 9);
      expect(seconds[1]).toBe(0);
      expect(latDeg[2]! > latDeg[0]!).toBe(ascending);
    }
  });

  it("goes some 20 m from point to point", () => {
    const { lonDeg, latDeg } = flyPass(pass, 0, 40_000, 20);
    for (let i = 1; i < lonDeg.length; i += 500) {
      const meters = metersBetween(lonDeg[i - 1]!, latDeg[i - 1]!, lonDeg[i]!, latDeg[i]!);
      expect(meters).toBeGreaterThan(SPACING_METERS[0]);
      expect(meters).toBeLessThan(SPACING_METERS[1]);
    }
  });

  it("keeps the beams of a pair 90 m apart, the first to the left", () => {
    const left = flyPass(pass, 45, 3, 20);
    const right = flyPass(pass, -45, 3, 20);
    const at = [left.lonDeg[1], left.latDeg[1], right.lonDeg[1], right.latDeg[1]] as number[];
    const meters = metersBetween(...(at as [number, number, number, number]));
    expect(Math.abs(meters - 90)).toBeLessThan(PAIR_METERS);
    // Flying north, left is west.
    expect(left.lonDeg[1]).toBeLessThan(right.lonDeg[1]!);
  });

  it("keeps longitudes below 180 across the antimeridian", () => {
    const { lonDeg } = flyPass({ lonDeg: 180, latDeg: -60, ascending: false }, 0, 20_001, 20);
    expect(Math.min(...lonDeg)).toBeLessThan(-179);
    expect(Math.max(...lonDeg)).toBeGreaterThan(179);
    expect(Math.min(...lonDeg)).toBeGreaterThanOrEqual(-180);
    expect(Math.max(...lonDeg)).toBeLessThan(180);
  });
});

describe("the random numbers", () => {
  const DRAWS = 20_000;
  /** Five standard errors of the mean of that many draws. */
  const MEAN_TOLERANCE = 5 / Math.sqrt(DRAWS);
  /** Five standard errors of their variance. */
  const VARIANCE_TOLERANCE = 5 * Math.sqrt(2 / DRAWS);

  it("have mean 0 and variance 1, and depend on every seed", () => {
    const random = createRandom(1, 2);
    const draws = Array.from({ length: DRAWS }, () => nearlyNormal(random));
    const mean = draws.reduce((sum, draw) => sum + draw, 0) / DRAWS;
    const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / DRAWS;
    expect(Math.abs(mean)).toBeLessThan(MEAN_TOLERANCE);
    expect(Math.abs(variance - 1)).toBeLessThan(VARIANCE_TOLERANCE);
    const firsts = [createRandom(1, 2)(), createRandom(2, 1)(), createRandom(1)(), createRandom(1, 3)()];
    expect(new Set(firsts).size).toBe(4);
  });
});

describe("the configurations", () => {
  const registry = createRegistry([healpix, ...builtins, hdf5]);
  const loaded = () => demoConfigs().map(({ name, text }) => loadConfig(text, registry, { file: name }));

  it("load without a warning, under names of their own", () => {
    expect(loaded().map(({ warnings }) => warnings)).toEqual([[], []]);
    expect(new Set(demoConfigs().map(({ name }) => name)).size).toBe(2);
  });

  it("share the points and the grid's space, and differ in their fields", () => {
    const [one, other] = loaded();
    expect(one?.config.data_source).toEqual(other?.config.data_source);
    expect(one?.grid.spatialSignature()).toEqual(other?.grid.spatialSignature());
    expect(one?.grid.signature()).not.toEqual(other?.grid.signature());
  });
});
