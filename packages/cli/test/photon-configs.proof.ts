/** The configurations that users have, as they are, on real and generated photon granules. */
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeFolder, testFolder, zagg, zaggBuild } from "./command.js";
import { keptPhotons, photonBeam, writePhotonGranule, type PhotonBeam } from "./photon-granules.js";
import { hasShared, sharedNames, sharedPath } from "./shared-files.js";
import { some } from "../../../vitest.effort.mjs";

const shared = makeFolder();
const generated = join(shared.path, "ATL03_generated.h5");
const wyoming = sharedPath("data/granules/ATL03_20220401_clip_wyoming.h5");
const mini = sharedPath("fixtures/index/atl03_mini.h5");
/** Photons of the clip that are no transmitter echoes; h5py counts the same. */
const WYOMING_PHOTONS = 6809;
/** Photons of beam gt1l less one in seven; beam gt2l lies beyond the pole. */
const MINI_PHOTONS = 2084;

let beams: PhotonBeam[] = [];
beforeAll(async () => {
  const track = { startLat: 38.88, startLon: -76.56, stepLat: 1.8e-4, stepLon: -2e-5, segments: 60 };
  beams = [0, 1, 2].map((i) =>
    photonBeam({ ...track, startLon: track.startLon + 0.0006 * i, photonsPerSegment: 60, seed: 7 + i }),
  );
  const named = Object.fromEntries(["gt1l", "gt1r", "gt3r"].map((name, i) => [name, beams[i]!]));
  await writePhotonGranule(generated, named);
});
afterAll(shared.remove);

interface Summary {
  completed: boolean;
  total_obs: number;
  dropped: { invalid: number; fill: number; filtered: number };
  read: { rows: number; rows_held: number };
}

/** Every file of a folder with its bytes. */
function filesOf(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path): [string, string] => [path.slice(folder.length), readFileSync(path, "hex")])
      .sort(),
  );
}

async function buildAndRun(config: string, granule: string) {
  const folder = testFolder();
  const [map, store] = [join(folder, "map.json"), join(folder, "out.zarr")];
  const built = await zaggBuild(config, [granule], map);
  expect(built.stderr).not.toContain("error");
  const argv = ["run", "--executor", "inline", "--config", config, "--catalog", map, "--store", store];
  const { status, stdout, stderr } = await zagg(...argv, "--json");
  return { status, stderr, store, summary: (stdout === "" ? undefined : JSON.parse(stdout)) as Summary };
}

/** Configurations of photons, by path from the shared folder. */
const configs = ["fixtures/configs", "fixtures/benchmark/configs"].flatMap((folder) =>
  sharedNames(folder)
    .filter((name) => name.startsWith("atl03"))
    .map((name) => `${folder}/${name}`),
);
const needsElevation = /gain_bias|waveform_chunk/;
/** A grid of the 12 km about one site, where the clip is not. */
const isLocal = (config: string) => config.includes("rect_6km");
/** Keys younger than the founding revision, each named in the one note of keys that change nothing; absent: honoured. */
const youngerKeys = { index: "data_source.index", granule_workers: "data_source.granule_workers" } as const;

describe.runIf(hasShared)("every photon configuration, unmodified", () => {
  it("is one of ten", () => {
    expect(configs).toHaveLength(10);
  });

  it.each(some(configs, 2))("%s aggregates every photon of a generated granule", async (config) => {
    const { status, summary, stderr } = await buildAndRun(sharedPath(config), generated);
    expect(stderr).not.toContain("error");
    expect(status).toBe(0);
    const kept = beams.reduce((sum, beam) => sum + keptPhotons(beam), 0);
    const all = beams.reduce((sum, beam) => sum + beam.lat.length, 0);
    expect(summary).toMatchObject({ completed: true, total_obs: kept });
    expect(summary.dropped).toEqual({ invalid: 0, fill: 0, filtered: all - kept });
    const text = readFileSync(sharedPath(config), "utf8");
    for (const [key, name] of Object.entries(youngerKeys)) {
      const answers = stderr.split("\n").filter((line) => /nothing here: /.test(line) && line.includes(name));
      expect(answers).toHaveLength(new RegExp(`^  ${key}:`, "m").test(text) ? 1 : 0);
    }
  });

  it.each(
    some(
      configs.filter((config) => !isLocal(config)),
      1,
    ),
  )("%s aggregates every photon of the real clip", async (config) => {
    const { status, summary } = await buildAndRun(sharedPath(config), wyoming);
    expect(status).toBe(0);
    // Its segments leave the last photon out, which so has no elevation.
    const without = needsElevation.test(config) ? 1 : 0;
    expect(summary).toMatchObject({ completed: true, total_obs: WYOMING_PHOTONS - without });
  });

  it.each(
    some(
      configs.filter((config) => /configs\/atl03(_tdigest_healpix)?\.yaml|scalar/.test(config)),
      1,
    ),
  )("%s aggregates every photon of the small fixture that lies on Earth", async (config) => {
    const { status, summary } = await buildAndRun(sharedPath(config), mini);
    expect(status).toBe(0);
    expect(summary).toMatchObject({ completed: true, total_obs: MINI_PHOTONS });
  });

  it("a read plan gives every byte of a full read of the real clip, from fewer rows", async () => {
    const text = readFileSync(sharedPath("fixtures/configs/atl03_gain_bias_healpix.yaml"), "utf8")
      .replace("parent_order: 11", "parent_order: 15")
      .replace(/chunk_inner: .*/, "layout: dense");
    const folder = testFolder();
    const [planned, full] = [join(folder, "planned.yaml"), join(folder, "full.yaml")];
    writeFileSync(planned, text);
    writeFileSync(full, text.replace(/ {2}read_plan:\n( {4}.*\n)+/, ""));
    const [a, b] = [await buildAndRun(planned, wyoming), await buildAndRun(full, wyoming)];
    expect(a.summary).toMatchObject({ completed: true, total_obs: WYOMING_PHOTONS - 1 });
    expect(filesOf(a.store)).toEqual(filesOf(b.store));
    expect(a.summary.read.rows).toBeLessThan(0.7 * a.summary.read.rows_held);
  });

  it("a granule without a column of the segments is refused by name", async () => {
    const config = sharedPath("fixtures/configs/atl03_gain_bias_healpix.yaml");
    const { status, stderr } = await buildAndRun(config, mini);
    expect(status).toBe(4);
    expect(stderr).toContain("GRANULE_WRONG_PRODUCT");
    expect(stderr).toContain("geophys_corr/dem_h");
  });
});
