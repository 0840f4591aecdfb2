// The same work with one worker thread and with two: the kernels alone, and a whole run.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { main } from "@zagg/cli";
import { makeBenchGranules } from "./granules.mjs";
import { heights } from "./samples.mjs";

const SHARDS = 8;
const CELLS = 4_096;

export async function benchThreads({ points, rounds, folder }) {
  await benchKernels(points, rounds);
  await benchRun(rounds, folder);
}

/** Group-and-aggregate of eight shards in shared memory. */
async function benchKernels(points, rounds) {
  const shards = Array.from({ length: SHARDS }, (_, i) => {
    const { cell, h } = heights(Math.floor(points / SHARDS), CELLS, i + 1);
    return { cell: shared(cell), h: shared(h) };
  });
  const workers = [0, 1].map(
    () => new Worker(new URL("threads-worker.mjs", import.meta.url), { workerData: { cells: CELLS } }),
  );
  const work = (worker, own) =>
    new Promise((resolve, reject) => {
      worker.once("message", resolve);
      worker.once("error", reject);
      worker.postMessage(own);
    });
  const timed = async (count) => {
    const start = performance.now();
    const share = Math.ceil(SHARDS / count);
    await Promise.all(
      workers.slice(0, count).map((worker, i) => work(worker, shards.slice(i * share, (i + 1) * share))),
    );
    return (performance.now() - start) / 1000;
  };
  report("group and aggregate, eight shards", points, await inTurn(timed, rounds));
  await Promise.all(workers.map((worker) => worker.terminate()));
}

/** HDF5 granules to a Zarr store, through the command. */
async function benchRun(rounds, folder) {
  const { config, patterns } = await makeBenchGranules(join(folder, "threads"));
  const map = join(folder, "threads", "map.json");
  await zagg("shardmap", "build", "--quiet", "--config", config, "--granules", ...patterns, "--out", map);
  let observations = 0;
  const timed = async (workers) => {
    const store = join(folder, "threads", "out.zarr");
    rmSync(store, { recursive: true, force: true });
    const flags = ["--quiet", "--json", "--workers", String(workers)];
    const summary = JSON.parse(
      await zagg("run", ...flags, "--config", config, "--catalog", map, "--store", store),
    );
    observations = summary.total_obs;
    return summary.wall_time_s;
  };
  const times = await inTurn(timed, Math.min(rounds, 3));
  report("a whole run, HDF5 to Zarr, workers started anew", observations, times);
  console.log();
}

async function zagg(...argv) {
  let text = "";
  const status = await main(argv, { stdout: { write: (part) => (text += part) }, stderr: process.stderr });
  if (status !== 0) throw new Error(`zagg ${argv.join(" ")} exits ${status}`);
  return text;
}

/** Best times of one and of two, taken in turn after a warm round. */
async function inTurn(timed, rounds) {
  const best = { 1: Infinity, 2: Infinity };
  for (let round = -1; round < rounds; round++) {
    for (const count of [1, 2]) {
      const took = await timed(count);
      if (round >= 0) best[count] = Math.min(best[count], took);
    }
  }
  return best;
}

function report(label, points, { 1: one, 2: two }) {
  const rate = (seconds) => `${(points / seconds / 1e6).toFixed(1)} M/s`;
  console.log(`threads: ${label}: one ${rate(one)}, two ${rate(two)}: ${(one / two).toFixed(2)}x`);
}

function shared(values) {
  const copy = new values.constructor(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
}
