// The same run with one worker thread and with two.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { main } from "@zagg/cli";
import { makeBenchGranules } from "./granules.mjs";

const silent = { write: () => true };

export async function benchThreads({ rounds, folder }) {
  console.log("a whole run: HDF5 granules to a Zarr store");
  const { config, patterns } = await makeBenchGranules(join(folder, "threads"));
  const map = join(folder, "threads", "map.json");
  const zagg = async (...argv) => {
    const status = await main(argv, { stdout: silent, stderr: process.stderr });
    if (status !== 0) throw new Error(`zagg ${argv.join(" ")} exits ${status}`);
  };
  await zagg("shardmap", "build", "--quiet", "--config", config, "--granules", ...patterns, "--out", map);
  const observations = [];
  const timed = async (workers) => {
    const store = join(folder, "threads", "out.zarr");
    rmSync(store, { recursive: true, force: true });
    let summary = "";
    const stdout = { write: (text) => (summary += text) };
    const status = await main(
      [
        "run",
        "--quiet",
        "--config",
        config,
        "--catalog",
        map,
        "--store",
        store,
        "--workers",
        String(workers),
        "--json",
      ],
      { stdout, stderr: process.stderr },
    );
    if (status !== 0) throw new Error(`zagg run exits ${status}`);
    const { wall_time_s, total_obs } = JSON.parse(summary);
    observations.push(total_obs);
    return wall_time_s;
  };
  const times = { 1: [], 2: [] };
  for (let round = -1; round < Math.min(rounds, 3); round++) {
    for (const workers of [1, 2]) {
      const took = await timed(workers);
      if (round >= 0) times[workers].push(took);
    }
  }
  const [one, two] = [times[1], times[2]].map((all) => Math.min(...all));
  const rate = (seconds) => `${(observations[0] / seconds / 1e6).toFixed(2)} M/s`;
  console.log(
    `  ${observations[0].toLocaleString("en-US")} observations: one ${rate(one)}, two ${rate(two)}: ${(one / two).toFixed(2)}x\n`,
  );
}
