/** Positions within a block of shards, as points of the sphere. */
import { writeUnitVector } from "@zagg/sphere";
import type { Crs } from "../crs/crs.js";
import type { Lattice } from "../lattice.js";

/** A rectangle of shards: rows and columns half-open. */
export interface ShardBlock {
  readonly row0: number;
  readonly row1: number;
  readonly column0: number;
  readonly column1: number;
}

/** What is known of the positions within a block. */
export interface BlockProbe {
  /** Unit vectors x y z of the positions that exist, the one nearest the middle first. */
  readonly vectors: Float64Array;
  /** Every position looked at exists. */
  readonly whole: boolean;
}

/** A rectangle in CRS units. */
export interface Extent {
  readonly xmin: number;
  readonly ymin: number;
  readonly xmax: number;
  readonly ymax: number;
}

/** Positions off the edge of a block, as parts of its side. */
const COARSE = [0.5, 1 / 64, 63 / 64] as const;
const FINE = [0.5, 1 / 256, 0.125, 0.25, 0.375, 0.625, 0.75, 0.875, 255 / 256] as const;
/** A position exists when projecting its longitude and latitude comes back this near to it, as a part of a shard. */
const RETURN_TOLERANCE = 0.01;

/** Extent of a block in CRS units, geographic ones cut off at the poles; undefined when nothing is left. */
export function blockExtent(block: ShardBlock, crs: Crs, lattice: Lattice): Extent | undefined {
  const { xmin, ymax, rx, ry, shardWidth, shardHeight } = lattice;
  const top = ymax - block.row0 * shardHeight * ry;
  const bottom = ymax - block.row1 * shardHeight * ry;
  if (crs.geographic && (bottom >= 90 || top <= -90)) return undefined;
  return {
    xmin: xmin + block.column0 * shardWidth * rx,
    xmax: xmin + block.column1 * shardWidth * rx,
    ymin: crs.geographic ? Math.max(-90, bottom) : bottom,
    ymax: crs.geographic ? Math.min(90, top) : top,
  };
}

/** Looks at nine positions of a block, or at eighty-one when `fine`. */
export function probeBlock(extent: Extent, crs: Crs, lattice: Lattice, fine: boolean): BlockProbe {
  const parts = fine ? FINE : COARSE;
  const vectors = new Float64Array(3 * parts.length ** 2);
  const tolerance =
    RETURN_TOLERANCE * Math.min(lattice.shardWidth * lattice.rx, lattice.shardHeight * lattice.ry);
  const position = createPosition(crs, tolerance);
  let length = 0;
  for (const down of parts) {
    for (const along of parts) {
      const x = extent.xmin + along * (extent.xmax - extent.xmin);
      const y = extent.ymin + down * (extent.ymax - extent.ymin);
      if (position(x, y, vectors, length)) length += 3;
    }
  }
  return { vectors: vectors.slice(0, length), whole: length === vectors.length };
}

function createPosition(crs: Crs, tolerance: number) {
  const lonLat = new Float64Array(2);
  const [lonDeg, latDeg, backX, backY] = [0, 1, 2, 3].map(() => new Float64Array(1)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  return (x: number, y: number, out: Float64Array, at: number): boolean => {
    if (!crs.inverse(x, y, lonLat)) return false;
    lonDeg[0] = lonLat[0]!;
    latDeg[0] = lonLat[1]!;
    crs.forward(lonDeg, latDeg, 1, backX, backY);
    const offX = Math.abs(backX[0]! - x);
    const offY = Math.abs(backY[0]! - y);
    const turned = crs.geographic ? Math.abs(offX - 360 * Math.round(offX / 360)) : offX;
    if (!(turned <= tolerance && offY <= tolerance)) return false;
    writeUnitVector(lonDeg[0], latDeg[0], out, at);
    return true;
  };
}
