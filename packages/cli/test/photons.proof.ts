/** Photon granules through the command line, every kind of field, against a plain reckoning cell by cell. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { loadConfig, type GridPlugin } from "@zagg/core";
import { parseShardMap } from "@zagg/shardmap";
import { openRagged } from "@zagg/zarr";
import { fileStore } from "@zagg/zarr/fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as zarrita from "zarrita";
import { createZaggRegistry } from "../src/index.js";
import { builtInConfigText } from "../src/inputs/built-in-configs.js";
import { makeFolder, testFolder, writeText, zaggBuild, zaggDone } from "./command.js";
import { keptPhotons, photonBeam, writePhotonGranule, type PhotonBeam } from "./photon-granules.js";
import { some } from "../../../vitest.effort.mjs";

const BINS = 128;
const shared = makeFolder();
const pattern = join(shared.path, "granules", "*.h5");
const beams: PhotonBeam[] = [];
beforeAll(async () => {
  for (const granule of [0, 1]) {
    const named = Object.fromEntries(
      ["gt1l", "gt2r"].map((name, i) => [
        name,
        photonBeam({
          startLat: 41.52 + 0.004 * granule,
          startLon: -106.56 + 0.0006 * i,
          stepLat: 1.8e-4,
          stepLon: granule === 0 ? -2.2e-5 : 2.2e-5,
          segments: 220,
          photonsPerSegment: 90,
          seed: 1 + 2 * granule + i,
        }),
      ]),
    );
    beams.push(...Object.values(named));
    await writePhotonGranule(join(shared.path, "granules", `ATL03_${granule}.h5`), named);
  }
});
afterAll(shared.remove);

interface Summary {
  completed: boolean;
  total_obs: number;
  cells_with_data: number;
  read: { rows: number; rows_held: number; bytes: number; bytes_held: number };
}

/** The kept photons of one shard by canonical position. */
interface ShardPhotons {
  readonly key: bigint;
  readonly cells: BigUint64Array;
  readonly heights: ReadonlyMap<number, readonly number[]>;
  /** Reference elevations of the photons, parallel to `heights`. */
  readonly dems: ReadonlyMap<number, readonly number[]>;
}

/** The photons of every shard of a map, found with the grid alone. */
function reckon(grid: GridPlugin, mapPath: string): ShardPhotons[] {
  return [...parseShardMap(readFileSync(mapPath, "utf8")).shardKeys].map((key) => {
    const heights = new Map<number, number[]>();
    const dems = new Map<number, number[]>();
    for (const beam of beams) {
      const positions = new Int32Array(beam.lat.length);
      grid.locate(key, beam.lon, beam.lat, positions);
      const dem = demOfPhotons(beam);
      for (const [i, position] of positions.entries()) {
        if (position < 0 || beam.confidence[5 * i] === -2) continue;
        heights.set(position, [...(heights.get(position) ?? []), beam.height[i]!]);
        dems.set(position, [...(dems.get(position) ?? []), dem[i]!]);
      }
    }
    return { key, cells: grid.cellCoordinate!("cell_ids", key) as BigUint64Array, heights, dems };
  });
}

function demOfPhotons(beam: PhotonBeam): Float32Array {
  const dem = new Float32Array(beam.lat.length);
  for (const [segment, first] of beam.first.entries()) {
    if (first > 0) dem.fill(beam.dem[segment]!, first - 1, first - 1 + beam.count[segment]!);
  }
  return dem;
}

async function build(config: string): Promise<string> {
  const map = join(testFolder(), "map.json");
  const outcome = await zaggBuild(config, [pattern], map);
  expect(outcome).toMatchObject({ status: 0 });
  return map;
}

async function run(config: string, map: string, ...flags: string[]) {
  const store = join(testFolder(), "out.zarr");
  const argv = ["run", "--executor", "inline", "--config", config, "--catalog", map, "--store", store];
  const { stdout, stderr } = await zaggDone(...argv, "--json", ...flags);
  return { store, summary: JSON.parse(stdout) as Summary, stderr };
}

async function gridOf(name: string): Promise<GridPlugin> {
  return loadConfig(await builtInConfigText(name), createZaggRegistry(), { file: name, scope: "grid" }).grid;
}

function dense(store: string, path: string) {
  const read = (key: string) =>
    existsSync(join(store, key)) ? new Uint8Array(readFileSync(join(store, key))) : undefined;
  const root = zarrita.root({
    get: async (key: string) => read(key),
    getRange: async (key: string, range: { offset: number; length: number } | { suffixLength: number }) =>
      "suffixLength" in range
        ? read(key)?.subarray(-range.suffixLength)
        : read(key)?.subarray(range.offset, range.offset + range.length),
  });
  return zarrita.open.v3(root.resolve(path), { kind: "array" });
}

const kept = () => beams.reduce((sum, beam) => sum + keptPhotons(beam), 0);

const CHUNK = 4096;
/** Window of a chunk of spec: a power of two of at least half a metre that spans the heights, anchored at the lowest elevation. */
function windowOf(heights: readonly number[], dems: readonly number[]) {
  const range = Math.fround(Math.max(...heights) - Math.min(...heights));
  const gain = Math.max(0.5, 2 ** Math.ceil(Math.log2(Math.max(1e-6, range) / BINS)));
  return { gain, offset: Math.floor(Math.min(...dems)) };
}

describe("one shard map for a t-digest run and a gain/bias run", () => {
  const orders = [
    ["atl03_tdigest_healpix", "atl03_gain_bias_healpix"],
    ["atl03_gain_bias_healpix", "atl03_tdigest_healpix"],
  ] as const;
  it.each(some(orders, 1))(
    "built under %s, it serves %s, and both stores are complete",
    async (first, second) => {
      const map = await build(first);
      const stores = new Map<string, string>();
      for (const name of [first, second]) {
        const { summary, store, stderr } = await run(name, map);
        expect(summary).toMatchObject({ completed: true, total_obs: kept() });
        expect(stderr).not.toContain("warning");
        stores.set(name, store);
      }
      const shards = reckon(await gridOf(first), map);
      await expectDigests(stores.get("atl03_tdigest_healpix")!, shards);
      await expectWaveforms(stores.get("atl03_gain_bias_healpix")!, shards);
    },
  );
});

/** Chunk by chunk of each shard: its stored number, and the positions of its cells. */
function* chunksOf(shard: ShardPhotons): Generator<{ number: number; start: number }> {
  for (let start = 0; start < shard.cells.length; start += CHUNK) {
    yield { number: Number(shard.cells[start]! / BigInt(CHUNK)), start };
  }
}

async function expectDigests(store: string, shards: readonly ShardPhotons[]): Promise<void> {
  const counts = await dense(store, "19/count");
  const digests = await openRagged(fileStore.open(store), "19/h_tdigest");
  expect(digests).toMatchObject({ dtype: "float32", innerShape: [2] });
  let cells = 0;
  for (const shard of shards) {
    for (const { number, start } of chunksOf(shard)) {
      const { data } = await counts.getChunk([number]);
      const { offsets, values } = await digests.readChunk([number]);
      for (let i = 0; i < CHUNK; i++) {
        const heights = shard.heights.get(start + i) ?? [];
        const [from, to] = [offsets[i]!, offsets[i + 1]!];
        let weight = 0;
        for (let centroid = from; centroid < to; centroid++) weight += Number(values[2 * centroid + 1]);
        // An expectation of every one of the empty cells would take most of the time.
        const stored = [(data as Int32Array)[i], weight];
        if (stored.some((count) => count !== heights.length))
          expect(stored).toEqual([heights.length, heights.length]);
        if (heights.length === 0) continue;
        cells++;
        // At most delta values: a centroid each, in order.
        const means = Array.from({ length: to - from }, (_, k) => Number(values[2 * (from + k)]));
        expect(means).toEqual(heights.toSorted((a, b) => a - b));
      }
    }
  }
  expect(cells).toBeGreaterThan(100);
}

async function expectWaveforms(store: string, shards: readonly ShardPhotons[]): Promise<void> {
  const counts = await dense(store, "19/waveform_counts");
  const [offsets, gains] = [await dense(store, "19/offset_h"), await dense(store, "19/gain_h")];
  const perShard = offsets.chunks[0]!;
  let photons = 0;
  for (const shard of shards) {
    for (const { number, start } of chunksOf(shard)) {
      const own = [...shard.heights.keys()].filter(
        (position) => position >= start && position < start + CHUNK,
      );
      const at = async (array: typeof offsets) =>
        ((await array.getChunk([Math.floor(number / perShard)])).data as Float32Array)[number % perShard];
      if (own.length === 0) {
        expect(await at(offsets)).toBeNaN();
        continue;
      }
      const { gain, offset } = windowOf(
        own.flatMap((position) => shard.heights.get(position) ?? []),
        own.flatMap((position) => shard.dems.get(position) ?? []),
      );
      expect([await at(offsets), await at(gains)]).toEqual([offset, gain]);
      const { data } = await counts.getChunk([number, 0]);
      for (let i = 0; i < CHUNK; i++) {
        const expected = new Uint32Array(BINS);
        for (const height of shard.heights.get(start + i) ?? []) {
          const bin = Math.floor((height - (offset - 27 * gain)) / gain);
          if (bin >= 0 && bin < BINS) {
            expected[bin]!++;
            photons++;
          }
        }
        const stored = (data as Uint32Array).subarray(BINS * i, BINS * (i + 1));
        if (stored.some((count, bin) => count !== expected[bin])) expect(stored).toEqual(expected);
      }
    }
  }
  expect(photons).toBeGreaterThan(0.9 * kept());
}

describe("a read plan", () => {
  const healpix = (change: string) => `{type: healpix, parent_order: 11, child_order: 15, ${change}}`;
  const rectilinear = (crs: string, resolution: number, bounds: string) =>
    `{type: rectilinear, crs: "${crs}", resolution: ${resolution}, bounds: ${bounds}, chunk_shape: [64, 64]}`;
  /** Grids, and where a track of 900 segments begins and goes. */
  const places = [
    ["HEALPix, authalic", healpix("latitude: authalic, layout: dense"), 41.5, -106.5, 1.8e-4, -2e-5],
    ["HEALPix, geodetic", healpix("latitude: geodetic, layout: dense"), -71.2, 11, -1.8e-4, 2e-4],
    ["HEALPix over the antimeridian", healpix("layout: dense"), 65, 179.95, 1e-6, 4e-4],
    ["HEALPix over the pole", healpix("layout: dense"), 89.93, 30, 1.7e-4, 0],
    ["degrees", rectilinear("EPSG:4326", 0.001, "[-107, 41, -106, 42]"), 41.5, -106.5, 1.8e-4, -2e-5],
    [
      "polar stereographic",
      rectilinear("EPSG:3031", 100, "[-40000, -40000, 40000, 40000]"),
      -89.93,
      30,
      -1.7e-4,
      0,
    ],
    ["UTM", rectilinear("EPSG:32613", 50, "[300000, 4590000, 420000, 4620000]"), 41.5, -106.5, 1.8e-4, -2e-5],
    ["H3", "{type: h3, parent_res: 6, child_res: 9}", 41.5, -106.5, 1.8e-4, -2e-5],
  ] as const;

  it.each(places)(
    "on %s gives every byte of a full read, from fewer rows",
    async (_name, grid, lat, lon, dLat, dLon) => {
      const folder = testFolder();
      const track = {
        startLat: lat,
        startLon: lon,
        stepLat: dLat,
        stepLon: dLon,
        segments: 900,
        photonsPerSegment: 12,
        seed: 11,
      };
      const beam = onSphere(photonBeam(track));
      const granule = join(folder, "ATL03_track.h5");
      await writePhotonGranule(granule, { gt1l: beam });
      const text = (await builtInConfigText("atl03_waveform_chunk"))
        .replace(/ {2}grid:[\s\S]*/, `  grid: ${grid}\n`)
        .replace(
          / {2}variables:\n {4}waveform[\s\S]*?(?=output:)/,
          `  variables:
    count: {function: len, source: h_ph, dtype: int32, fill_value: 0}
    h: {function: tdigest, source: h_ph, kind: ragged, inner_shape: [2]}
    gain: {expression: chunk_gain, resolution: chunk}
    dem: {function: median, source: dem_h}
\n`,
        );
      const planned = writeText(folder, "planned.yaml", text);
      const full = writeText(folder, "full.yaml", text.replace(/ {2}read_plan:\n( {4}.*\n)+/, ""));
      const map = join(folder, "map.json");
      expect(await zaggBuild(planned, [granule], map)).toMatchObject({ status: 0 });
      const [a, b] = [await run(planned, map), await run(full, map)];
      expect(a.summary).toMatchObject({ completed: true, total_obs: keptPhotons(beam) });
      expect(snapshot(a.store)).toEqual(snapshot(b.store));
      const share = ({ read }: Summary) => read.rows / read.rows_held;
      expect(share(a.summary)).toBeLessThan(0.8 * share(b.summary));
      expect(a.summary.read.bytes).toBeLessThan(b.summary.read.bytes);
    },
  );
});

/** A track that runs over a pole goes on along the opposite meridian. */
function onSphere(beam: PhotonBeam): PhotonBeam {
  for (const [lat, lon] of [
    [beam.lat, beam.lon],
    [beam.segmentLat, beam.segmentLon],
  ] as const) {
    for (let i = 0; i < lat.length; i++) {
      const over = Math.abs(lat[i]!) > 90;
      if (over) lat[i] = Math.sign(lat[i]!) * 180 - lat[i]!;
      const east = lon[i]! + (over ? 180 : 0);
      lon[i] = east > 180 ? east - 360 : east;
    }
  }
  return beam;
}

/** Every file of a folder with its bytes. */
function snapshot(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry): [string, string] => {
        const path = join(entry.parentPath, entry.name);
        return [path.slice(folder.length), readFileSync(path, "hex")];
      })
      .sort(),
  );
}
