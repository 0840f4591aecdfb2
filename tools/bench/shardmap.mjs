// Shard maps at archive scale: swaths that turn at 88° south over a ring of shards, built with one thread and with two,
// beside two plain ways to find the same pairs. Each build is a process of its own.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { healpix, nestedFromMorton } from "@zagg/grid-healpix";
import { capCells, plainlyMet } from "./plain-intersection.mjs";
import { countByPoints, shardPoints } from "./plain-points.mjs";
import { seconds } from "./rounds.mjs";
import { RING_GRID, ringRegion, swathFootprint } from "./swath-archive.mjs";

const ARCHIVE = 35_639;
const LARGE_ARCHIVE = 500_000;
/** Footprints that the plain ways are given; their times are scaled to the archive. */
const SAMPLE = 2_000;

const child = fileURLToPath(new URL("shardmap-child.mjs", import.meta.url));

export async function benchShardMap({ rounds }) {
  const one = build(ARCHIVE, 1, rounds);
  tell(`${count(ARCHIVE)} swaths, ${one.shards} shards, one thread`, one);
  besidePlainWays(one);
  tell(`${count(ARCHIVE)} swaths, two threads`, build(ARCHIVE, 2, rounds));
  tell(`${count(LARGE_ARCHIVE)} swaths, made as they are read, two threads`, build(LARGE_ARCHIVE, 2, 1));
  console.log();
}

function build(granules, threads, rounds) {
  const argv = [child, granules, threads, rounds].map(String);
  return JSON.parse(execFileSync(process.execPath, argv, { encoding: "utf8" }));
}

function besidePlainWays(one) {
  const { type: _type, ...params } = RING_GRID;
  const grid = healpix.create(params, []);
  const coverer = grid.coverer(ringRegion());
  const footprints = Array.from({ length: SAMPLE }, (_, i) => swathFootprint(i));
  const ids = Array.from(coverer.shardKeys, (key) => nestedFromMorton(key).nested);
  const cells = capCells(params.parent_order, ids);
  const points = shardPoints(Array.from(coverer.shardKeys, (key) => grid.shardFootprint(key)));
  const ours = footprints.map((footprint) => coverer.cover(footprint));
  const pairs = ours.reduce((sum, { length }) => sum + length, 0);

  let differing = 0;
  const plain = seconds(() => {
    footprints.forEach((footprint, i) => {
      const met = new Set(plainlyMet(footprint, cells));
      differing += ours[i].filter((index) => !met.has(index)).length;
      differing += met.size - ours[i].filter((index) => met.has(index)).length;
    });
  });
  let found = 0;
  const byPoints = seconds(() => {
    for (const footprint of footprints) found += countByPoints(footprint, points);
  });
  const scaled = (time) => (time * ARCHIVE) / SAMPLE;
  const ratio = (time) => `${(scaled(time) / one.seconds).toFixed(1)}x the time`;
  console.log(
    `  plain intersection: ${scaled(plain).toFixed(1)} s, ${ratio(plain)}; of ${count(pairs)} pairs of ${count(SAMPLE)} swaths ${differing} differ`,
  );
  console.log(
    `  plain point in polygon: ${scaled(byPoints).toFixed(1)} s, ${ratio(byPoints)}; finds ${((100 * found) / pairs).toFixed(0)}% of the pairs`,
  );
}

function tell(label, { seconds: took, cpu, pairs, peak }) {
  const facts = [
    `${took.toFixed(2)} s (${cpu.toFixed(2)} s of CPU)`,
    `${count(pairs)} pairs`,
    `${(pairs / took / 1e6).toFixed(2)} M pairs/s`,
    `peak ${(peak / 2 ** 20).toFixed(0)} MiB`,
  ];
  console.log(`shardmap: ${label}: ${facts.join(", ")}`);
}

function count(number) {
  return number.toLocaleString("en-US");
}
