// The headline numbers as ratios in one run: point assignment, group-and-aggregate, threads and memory, beside a plain
// JavaScript baseline and, where they are installed, healpy, mortie, pandas, polars and duckdb (one thread each).
//
//   npm run bench [-- --points 5000000 --rounds 5 --python /path/to/python3]
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { benchAggregation } from "./aggregation.mjs";
import { benchAssignment } from "./assignment.mjs";
import { benchCellStatistics } from "./cell-statistics.mjs";
import { benchMemory } from "./memory.mjs";
import { benchShardMap } from "./shardmap.mjs";
import { benchSketches } from "./sketches.mjs";
import { startPython } from "./python.mjs";
import { benchThreads } from "./threads.mjs";

const { values } = parseArgs({
  options: {
    points: { type: "string", default: "5000000" },
    rounds: { type: "string", default: "5" },
    python: { type: "string", default: process.env.ZAGG_BENCH_PYTHON ?? "python3" },
    only: { type: "string", default: "assignment,aggregation,statistics,sketches,threads,memory,shardmap" },
  },
});
const benches = {
  assignment: benchAssignment,
  aggregation: benchAggregation,
  statistics: benchCellStatistics,
  sketches: benchSketches,
  threads: benchThreads,
  memory: benchMemory,
  shardmap: benchShardMap,
};
const chosen = values.only.split(",");
const unknown = chosen.filter((name) => !(name in benches));
const wrong = [
  ...unknown.map((name) => `--only ${name}: there are ${Object.keys(benches).join(", ")}`),
  ...["points", "rounds"]
    .filter((name) => !/^[1-9]\d*$/.test(values[name]))
    .map((name) => `--${name} ${values[name]}: give a whole number, at least 1`),
];
if (wrong.length > 0) {
  console.error(wrong.join("\n"));
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), "zagg-bench-"));
const python = await startPython(values.python);
const setup = { points: Number(values.points), rounds: Number(values.rounds), folder, python };
console.log(
  `${setup.points.toLocaleString("en-US")} points, medians of ${setup.rounds} warm rounds taken in turn, one thread each`,
);
console.log(`beside: plain JavaScript${python.modules.map((name) => `, ${name}`).join("")}\n`);
try {
  for (const name of chosen) await benches[name](setup);
} finally {
  await python.stop();
  rmSync(folder, { recursive: true, force: true });
}
