/** Threads that cover footprints: the same map as without them, and what comes of their failures. */
import { existsSync } from "node:fs";
import { createZaggRegistry } from "@zagg/cli";
import {
  GeometryError,
  createGrid,
  errorToJson,
  validateConfig,
  type Json,
  type ZaggConfig,
} from "@zagg/core";
import { regionFromBbox } from "@zagg/sphere";
import { buildShardMap, serializeShardMap, type GranuleFootprint } from "@zagg/shardmap";
import { threadedCovering } from "@zagg/shardmap/threads";
import { describe, expect, it } from "vitest";
import { ringRegion, swathGranule } from "../bench/swath-archive.mjs";
import { isProof, some } from "../../vitest.effort.mjs";

const registry = createZaggRegistry();
const module = new URL("./fixtures/threads/compositions.mjs", import.meta.url).href;
/** The worker is a built file, so that threads need no loader. */
const isBuilt = existsSync(new URL("../../packages/shardmap/dist/worker.js", import.meta.url));

const configOf = (grid: Json): ZaggConfig =>
  validateConfig(
    {
      data_source: {
        reader: "hdf5",
        groups: ["gt1l"],
        coordinates: { latitude: "/{group}/lat", longitude: "/{group}/lon" },
        variables: { h: "/{group}/h" },
      },
      aggregation: { variables: { h: { function: "mean", source: "h" } } },
      output: { grid },
    },
    registry,
  ).config;

const healpixConfig = configOf({ type: "healpix", parent_order: 8, child_order: 10 });
const grids: Readonly<Record<string, ZaggConfig>> = {
  healpix: healpixConfig,
  rectilinear: configOf({
    type: "rectilinear",
    crs: "EPSG:3031",
    resolution: 1000,
    bounds: [-320000, -320000, 320000, 320000],
    chunk_shape: [20, 20],
  }),
};
/** A whole number of fifties: each has the same kinds of granules. */
const GRANULES = isProof ? 2100 : 300;
const region = ringRegion();

/** Swaths, and between them granules without a footprint, with a malformed one, far away, and of several polygons. */
function granuleAt(i: number): GranuleFootprint {
  const swath = swathGranule(i);
  const { record } = swath;
  switch (i % 50) {
    case 3:
      return { record, footprint: null };
    case 17:
      return { record, footprint: [[{ lonDeg: Float64Array.of(1, NaN, 3), latDeg: Float64Array.of(1, 2) }]] };
    case 18:
      return {
        record,
        footprint: null,
        problem: errorToJson(new GeometryError("GEOMETRY_X", { what: "w", why: "y", mend: "m" })),
      };
    case 29:
      return { record, footprint: regionFromBbox([10, 50, 11, 51]) };
    case 31:
      return { record, footprint: [...swath.footprint!, ...regionFromBbox([10, -89, 200, -87])] };
    default:
      return swath;
  }
}

async function* batchesOf(count: number, size: number): AsyncGenerator<readonly GranuleFootprint[]> {
  for (let start = 0; start < count; start += size) {
    const length = Math.min(size, count - start);
    yield await Promise.resolve(Array.from({ length }, (_, i) => granuleAt(start + i)));
  }
}

/** Threads of this process, besides its first. */
const threadsNow = (): number =>
  process.getActiveResourcesInfo().filter((name) => name === "MessagePort" || name === "Worker").length;

function build(
  config: ZaggConfig,
  options: {
    threads: number;
    composition?: string;
    signal?: AbortSignal;
    granules?: number;
    size?: number;
    aloneMs?: number;
  },
) {
  const {
    threads,
    composition = "composeCommand",
    signal,
    granules = GRANULES,
    size = 1000,
    aloneMs = 0,
  } = options;
  const covering = threadedCovering({
    threads,
    composition: { specifier: module, version: null, sharedDisk: true, export: composition },
    config,
    aloneMs,
  });
  const grid = createGrid(registry, config);
  const batches = batchesOf(granules, size);
  return buildShardMap({ grid, granules: batches, region, covering, signal, reproducible: true });
}

describe.runIf(isBuilt)("threads that cover footprints", () => {
  it.each(some(Object.entries(grids), 1))(
    "give the same bytes as this thread, however many and in whatever batches granules come: %s",
    async (_name, config) => {
      const alone = await build(config, { threads: 1 });
      expect(alone.report.pairs).toBeGreaterThan(5 * GRANULES);
      expect(alone.report.granulesOutside).toBe(GRANULES / 50);
      expect(new Set(alone.report.skipped.map(({ error }) => error.code))).toEqual(
        new Set(["SHARDMAP_FOOTPRINT", "GEOMETRY_X", alone.report.skipped[1]!.error.code]),
      );
      const before = threadsNow();
      for (const [threads, size] of [
        [2, GRANULES / 3],
        [3, 1],
      ] as const) {
        const threaded = await build(config, { threads, size });
        expect(serializeShardMap(threaded.map)).toBe(serializeShardMap(alone.map));
        expect(threaded.report.skipped).toEqual(alone.report.skipped);
      }
      expect(threadsNow()).toBe(before);
    },
  );

  it.each([
    ["composeEnding", "SHARDMAP_WORKER", /ended/],
    ["composeFaulty", "SHARDMAP_WORKER", /a bug of the grid/],
    ["composeOther", "SHARDMAP_WORKER", /a thread finds \d+ shards/],
    ["composeNothing", "COMPOSITION_INVALID", /exports no function composeNothing/],
  ])("fail the build with a code, and none is left: %s", async (composition, code, message) => {
    const before = threadsNow();
    await expect(build(healpixConfig, { threads: 2, composition })).rejects.toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) as string }),
    );
    expect(threadsNow()).toBe(before);
  });

  it("are ended when the build is told to stop, also in the midst of a footprint", async () => {
    const before = threadsNow();
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 500);
    await expect(
      build(healpixConfig, { threads: 2, composition: "composeEndless", signal: abort.signal }),
    ).rejects.toThrow(expect.objectContaining({ code: "SHARDMAP_INTERRUPTED" }));
    // A thread that is ended in the midst of its work takes a moment.
    await expect.poll(threadsNow, { timeout: 10_000 }).toBe(before);
  });

  it("are not started for the work of a moment", async () => {
    const moment = { threads: 2, composition: "composeEnding", granules: 1500, aloneMs: 60_000 };
    const { report } = await build(healpixConfig, moment);
    expect(report.granulesConsidered).toBe(1500);
  });
});
