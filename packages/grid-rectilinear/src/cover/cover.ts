/** Which shards a region touches. */
import { GeometryError, type Region } from "@zagg/core";
import { indexRegion, type RegionIndex } from "@zagg/sphere";
import type { Crs } from "../crs/crs.js";
import type { Lattice } from "../lattice.js";
import { segmentMeets } from "./segment.js";
import { blockExtent, probeBlock, type BlockProbe, type Extent, type ShardBlock } from "./tile-probe.js";
import { createTouchTest } from "./touch.js";
import { traceRings, type Trace } from "./trace.js";

/** What a descent may be limited to: blocks of a quadtree, and what is known of them. */
export interface Descent {
  /** Whether to look into a block: `size` shards on a side, at shard row and column. */
  admits(size: number, row: number, column: number): boolean;
  /** Remembers the probe of a block for the next descent. */
  probe(size: number, row: number, column: number, compute: () => BlockProbe): BlockProbe;
}

/** A descent through the whole grid. */
export const everywhere: Descent = {
  admits: () => true,
  probe: (_size, _row, _column, compute) => compute(),
};

const MAX_SHARDS = 10_000_000;

/**
 * Keys of the shards that a region touches, ascending.
 *
 * A shard is one that the region's edge touches, to within 2^-17 of its side, or one that the edge leaves alone and whose
 * middle is inside. Blocks of shards are halved until the edge leaves them alone; a block with positions that the
 * CRS does not have is halved down to single shards, which count when any of 81 positions is inside.
 *
 * Cost: edge pieces × levels, plus a point-in-region test for each block that the edge leaves alone.
 *
 * @throws GeometryError for a malformed region
 * @throws GeometryError `GRID_COVERAGE_LIMIT` for more than ten million shards
 */
export function coverRegion(region: Region, crs: Crs, lattice: Lattice, descent: Descent): Float64Array {
  const index = indexRegion(region);
  if (index.rings.length === 0) return new Float64Array(0);
  const trace = traceRings(index.rings, crs, lattice);
  const touches = createTouchTest(trace, crs, lattice);
  const keys: number[] = [];
  const root = rootSize(lattice);
  const all = Int32Array.from({ length: trace.pieces.length / 4 }, (_, i) => i);
  visit(root, 0, 0, all);
  return Float64Array.from(keys).sort();

  function visit(size: number, row: number, column: number, pieces: Int32Array): void {
    if (row >= lattice.shardRows || column >= lattice.shardColumns) return;
    if (!descent.admits(size, row, column)) return;
    const block: ShardBlock = {
      row0: row,
      row1: Math.min(row + size, lattice.shardRows),
      column0: column,
      column1: Math.min(column + size, lattice.shardColumns),
    };
    const extent = blockExtent(block, crs, lattice);
    if (extent === undefined) return;
    const touching = piecesIn(trace, pieces, extent);
    if (size === 1 && touching.some((piece) => touches(piece, extent))) {
      addBlock(block);
      return;
    }
    if (size === 1 || touching.length === 0) {
      const answer = decide(size, row, column, extent, index);
      if (answer === "inside") addBlock(block);
      if (answer !== "unsure") return;
    }
    const half = size / 2;
    visit(half, row, column, touching);
    visit(half, row, column + half, touching);
    visit(half, row + half, column, touching);
    visit(half, row + half, column + half, touching);
  }

  function decide(size: number, row: number, column: number, extent: Extent, region: RegionIndex) {
    const probe = descent.probe(size, row, column, () => {
      const coarse = probeBlock(extent, crs, lattice, false);
      return size > 1 || coarse.whole ? coarse : probeBlock(extent, crs, lattice, true);
    });
    if (probe.whole) return containsAt(region, probe, 0) ? "inside" : "outside";
    if (size > 1) return "unsure";
    for (let at = 0; at < probe.vectors.length; at += 3) if (containsAt(region, probe, at)) return "inside";
    return "outside";
  }

  function addBlock({ row0, row1, column0, column1 }: ShardBlock): void {
    for (let row = row0; row < row1; row++) {
      if (blockExtent({ row0: row, row1: row + 1, column0, column1 }, crs, lattice) === undefined) continue;
      for (let column = column0; column < column1; column++) {
        if (descent.admits(1, row, column)) keys.push(row * lattice.shardColumns + column);
      }
      if (keys.length > MAX_SHARDS) throw tooManyShards();
    }
  }
}

/** Side of the smallest quadtree root that holds the grid, in shards: a power of two. */
export function rootSize({ shardRows, shardColumns }: Lattice): number {
  let size = 1;
  while (size < Math.max(shardRows, shardColumns)) size *= 2;
  return size;
}

function containsAt(region: RegionIndex, { vectors }: BlockProbe, at: number): boolean {
  return region.contains(vectors[at]!, vectors[at + 1]!, vectors[at + 2]!);
}

/** The pieces that come within the tolerance of a rectangle. */
function piecesIn({ pieces, tolerance }: Trace, among: Int32Array, extent: Extent): Int32Array {
  return among.filter((piece) =>
    segmentMeets(
      pieces[4 * piece]!,
      pieces[4 * piece + 1]!,
      pieces[4 * piece + 2]!,
      pieces[4 * piece + 3]!,
      extent,
      tolerance,
    ),
  );
}

function tooManyShards(): GeometryError {
  return new GeometryError("GRID_COVERAGE_LIMIT", {
    what: `the region touches more than ${MAX_SHARDS} shards`,
    why: "a shard is a unit of work and a stored object: so many are not practical",
    mend: "use a larger chunk_shape or a smaller region",
  });
}
