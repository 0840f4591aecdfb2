/** Many footprints inside one region. */
import type { Region, ShardCoverer } from "@zagg/core";
import type { Crs } from "../crs/crs.js";
import type { Lattice } from "../lattice.js";
import { coverRegion, everywhere, rootSize, type Descent } from "./cover.js";
import type { BlockProbe } from "./tile-probe.js";

/** A coverer whose footprints look only into blocks with shards of the region. @throws GeometryError */
export function createCoverer(region: Region, crs: Crs, lattice: Lattice): ShardCoverer {
  const keys = coverRegion(region, crs, lattice, everywhere);
  const descent = withinShards(keys, lattice);
  return Object.freeze({
    shardKeys: toKeys(keys),
    cover: (footprint: Region) =>
      Uint32Array.from(coverRegion(footprint, crs, lattice, descent), (key) => indexOf(keys, key)),
  });
}

/** Index of a key in an ascending list; -1 when it is not there. */
function indexOf(keys: Float64Array, key: number): number {
  let from = 0;
  let to = keys.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (keys[middle]! < key) from = middle + 1;
    else to = middle;
  }
  return keys[from] === key ? from : -1;
}

/** A descent into the ancestors of some shards only, which remembers their probes. */
function withinShards(keys: Float64Array, lattice: Lattice): Descent {
  const { shardColumns } = lattice;
  const root = rootSize(lattice);
  const blocks = new Map<number, ReadonlySet<number>>();
  const probes = new Map<number, Map<number, BlockProbe>>([[1, new Map()]]);
  let finer: Iterable<number> = keys;
  for (let size = 2; size <= root; size *= 2) {
    const level = new Set<number>();
    for (const id of finer) {
      const column = id % shardColumns;
      level.add(Math.floor((id - column) / shardColumns / 2) * shardColumns + (column >> 1));
    }
    blocks.set(size, level);
    probes.set(size, new Map());
    finer = level;
  }
  /** Row and column of a block, in blocks of its size, as one number. */
  function blockId(size: number, row: number, column: number): number {
    return Math.floor(row / size) * shardColumns + Math.floor(column / size);
  }
  return {
    admits: (size, row, column) =>
      size === 1
        ? indexOf(keys, row * shardColumns + column) >= 0
        : blocks.get(size)?.has(blockId(size, row, column)) === true,
    probe: (size, row, column, compute) => {
      const level = probes.get(size)!;
      const id = blockId(size, row, column);
      const known = level.get(id);
      if (known !== undefined) return known;
      const probe = compute();
      level.set(id, probe);
      return probe;
    },
  };
}

function toKeys(keys: Float64Array): BigUint64Array {
  const out = new BigUint64Array(keys.length);
  const lanes = new Uint32Array(out.buffer);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    const high = Math.floor(key / 2 ** 32);
    lanes[2 * i] = key - high * 2 ** 32;
    lanes[2 * i + 1] = high;
  }
  return out;
}
