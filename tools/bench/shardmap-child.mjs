// One build of a shard map in a process of its own, so that its memory is its own: node shardmap-child.mjs GRANULES THREADS ROUNDS
import { createZaggRegistry, zaggComposition } from "@zagg/cli";
import { createGrid, validateConfig } from "@zagg/core";
import { buildShardMap } from "@zagg/shardmap";
import { threadedCovering } from "@zagg/shardmap/threads";
import { RING_GRID, ringRegion, swathBatches, swathGranule } from "./swath-archive.mjs";

const [granules, threads, rounds] = process.argv.slice(2).map(Number);
const registry = createZaggRegistry();
const { config } = validateConfig(
  {
    data_source: {
      reader: "hdf5",
      groups: ["gt1l"],
      coordinates: { latitude: "/{group}/latitude", longitude: "/{group}/longitude" },
      variables: { h: "/{group}/h" },
    },
    aggregation: { variables: { h: { function: "mean", source: "h" } } },
    output: { grid: RING_GRID },
  },
  registry,
);
const grid = createGrid(registry, config);
const region = ringRegion();
// A large archive is made as it is read; of a smaller one only the build is measured.
const held = granules <= 50_000 ? Array.from({ length: granules }, (_, i) => swathGranule(i)) : null;

let best;
for (let round = 0; round < rounds; round++) {
  const covering = threadedCovering({ threads, composition: zaggComposition(), config });
  const before = process.cpuUsage();
  const start = performance.now();
  const { report } = await buildShardMap({
    grid,
    granules: held ?? swathBatches(granules),
    region,
    covering,
  });
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  const { shards, pairs } = report;
  if (best === undefined || seconds < best.seconds)
    best = { seconds, cpu: (user + system) / 1e6, shards, pairs };
}
console.log(JSON.stringify({ ...best, peak: process.resourceUsage().maxRSS * 1024 }));
