/** Places of the cells of a shard, and a grid of cells twice as wide and high. */
import type { Region, ShardCells } from "@zagg/core";
import type { Extent } from "./cover/tile-probe.js";
import type { Crs } from "./crs/crs.js";
import { outline } from "./footprint.js";
import type { Lattice } from "./lattice.js";
import type { RectilinearParams } from "./params.js";

/** Pieces of a side of a cell's outline. */
const PIECES = 8;
/** Where a place of a cell is looked for, along and down, in parts of the cell: its middle, and around it. */
const PLACES = [0.5, 0.125, 0.375, 0.625, 0.875];

/**
 * Centres and outlines of the cells whose first is in this row and column. Geographic cells are cut off at the poles; a
 * cell whose middle the CRS does not have gets another place in it, NaN where it has none.
 */
export function cellsFrom(row0: number, column0: number, crs: Crs, lattice: Lattice): ShardCells {
  const count = lattice.shardHeight * lattice.shardWidth;
  const lonDeg = new Float64Array(count).fill(NaN);
  const latDeg = new Float64Array(count).fill(NaN);
  const at = new Float64Array(2);
  const extentAt = (position: number): Extent | undefined => {
    const [row, column] = cellAt(position, lattice);
    return cellExtent(row0 + row, column0 + column, crs, lattice);
  };
  for (let position = 0; position < count; position++) {
    const extent = extentAt(position);
    if (extent === undefined || !placeIn(extent, crs, at)) continue;
    lonDeg[position] = at[0]!;
    latDeg[position] = at[1]!;
  }
  return {
    lonDeg,
    latDeg,
    outline(position): Region {
      const extent = Number.isNaN(lonDeg[position]) ? undefined : extentAt(position);
      if (extent === undefined) return [];
      const side = Math.max(extent.xmax - extent.xmin, extent.ymax - extent.ymin);
      return [outline(extent, side / PIECES, crs)];
    },
  };
}

/** Row and column in its shard of the cell at a canonical position. */
export function cellAt(position: number, lattice: Lattice): readonly [row: number, column: number] {
  const { shardWidth, chunkHeight, chunkWidth } = lattice;
  const within = position % (chunkHeight * chunkWidth);
  const chunk = (position - within) / (chunkHeight * chunkWidth);
  const abreast = shardWidth / chunkWidth;
  const column = within % chunkWidth;
  return [
    Math.floor(chunk / abreast) * chunkHeight + (within - column) / chunkWidth,
    (chunk % abreast) * chunkWidth + column,
  ];
}

/** Parameters of the grid whose cells are two by two of this one's; undefined when shards or chunks are odd. */
export function coarserParams(params: RectilinearParams, lattice: Lattice): RectilinearParams | undefined {
  const { xmin, ymin, xmax, ymax, rx, ry, shardHeight, shardWidth, chunkHeight, chunkWidth } = lattice;
  if ([shardHeight, shardWidth, chunkHeight, chunkWidth].some((extent) => extent % 2 !== 0)) return undefined;
  return {
    ...params,
    bounds: [xmin, ymin, xmax, ymax],
    resolution: [2 * rx, 2 * ry],
    chunk_shape: [shardHeight / 2, shardWidth / 2],
    chunk_inner: [chunkHeight / 2, chunkWidth / 2],
  };
}

/** The position of each cell's parent among coarser cells: chunks are in the same order, and so are rows within. */
export function parentsOfCells(lattice: Lattice): Int32Array {
  const { shardHeight, shardWidth, chunkHeight, chunkWidth } = lattice;
  const [cells, width] = [chunkHeight * chunkWidth, chunkWidth / 2];
  const parents = new Int32Array(shardHeight * shardWidth);
  for (let position = 0; position < parents.length; position++) {
    const within = position % cells;
    const column = within % chunkWidth;
    const row = (within - column) / chunkWidth;
    parents[position] = (position - within) / 4 + (row >> 1) * width + (column >> 1);
  }
  return parents;
}

function cellExtent(row: number, column: number, crs: Crs, lattice: Lattice): Extent | undefined {
  const { xmin, ymax, rx, ry } = lattice;
  const [top, bottom] = [ymax - row * ry, ymax - (row + 1) * ry];
  if (crs.geographic && (bottom >= 90 || top <= -90)) return undefined;
  return {
    xmin: xmin + column * rx,
    xmax: xmin + (column + 1) * rx,
    ymin: crs.geographic ? Math.max(-90, bottom) : bottom,
    ymax: crs.geographic ? Math.min(90, top) : top,
  };
}

/** Writes the first place that the CRS has in a rectangle; false when it has none. */
function placeIn({ xmin, ymin, xmax, ymax }: Extent, crs: Crs, out: Float64Array): boolean {
  return PLACES.some((down) =>
    PLACES.some((along) => crs.inverse(xmin + along * (xmax - xmin), ymin + down * (ymax - ymin), out)),
  );
}
