/** The lattice of a grid: its extent, cells, shard tiles and chunk tiles, as numbers. */
import { GridError, type JsonObject } from "@zagg/core";
import type { RectilinearParams } from "./params.js";

/** Row 0 is at the top; the origin is the upper left corner (xmin, ymax). Extents in CRS units. */
export interface Lattice {
  readonly xmin: number;
  readonly ymin: number;
  readonly xmax: number;
  readonly ymax: number;
  readonly rx: number;
  readonly ry: number;
  /** Cells, padded to whole shards. */
  readonly width: number;
  readonly height: number;
  /** Cells of a shard. */
  readonly shardWidth: number;
  readonly shardHeight: number;
  /** Cells of a chunk. */
  readonly chunkWidth: number;
  readonly chunkHeight: number;
  /** Shards. */
  readonly shardRows: number;
  readonly shardColumns: number;
}

/** A span this little above a whole number of cells does not open another one. */
const SPAN_TOLERANCE = 1e-9;
const MAX_SHARD_CELLS = 2 ** 31 - 1;
const MAX_CELLS = 2 ** 53;

/**
 * Derives the lattice. Checks in this order: bounds, chunk_shape, chunk_inner, span, resolution, size.
 * @throws GridError `GRID_BOUNDS`, `GRID_CHUNK_SHAPE`, `GRID_CHUNK_INNER`, `GRID_BOUNDS_EMPTY`, `GRID_RESOLUTION`, `GRID_TOO_LARGE`
 */
export function createLattice(params: RectilinearParams): Lattice {
  const [xmin, ymin, xmax, ymax] = checkedBounds(params.bounds);
  const [shardHeight, shardWidth] = checkedShard(params.chunk_shape ?? [256, 256]);
  const [chunkHeight, chunkWidth] = checkedChunk(params.chunk_inner ?? null, shardHeight, shardWidth);
  if (!(xmax > xmin && ymax > ymin)) {
    throw fault("GRID_BOUNDS_EMPTY", "bounds", [xmin, ymin, xmax, ymax], {
      why: "bounds are [xmin, ymin, xmax, ymax] with xmax > xmin and ymax > ymin",
      mend: "put the smaller x and the smaller y first; an extent that crosses the antimeridian needs another CRS",
    });
  }
  const [rx, ry] = checkedResolution(params.resolution);
  const rawWidth = Math.ceil((xmax - xmin) / rx - SPAN_TOLERANCE);
  const rawHeight = Math.ceil((ymax - ymin) / ry - SPAN_TOLERANCE);
  if (rawWidth < 1 || rawHeight < 1) {
    throw fault("GRID_RESOLUTION", "resolution", [rx, ry], {
      why: "the resolution is larger than the span of the bounds",
      mend: "use smaller cells or larger bounds; both are in CRS units (degrees for EPSG:4326, mostly metres else)",
    });
  }
  const shardColumns = Math.ceil(rawWidth / shardWidth);
  const shardRows = Math.ceil(rawHeight / shardHeight);
  const width = shardColumns * shardWidth;
  const height = shardRows * shardHeight;
  if (!(width * height <= MAX_CELLS)) {
    throw fault("GRID_TOO_LARGE", "resolution", [rx, ry], {
      why: `the grid would have ${height} by ${width} cells, and cell ids are exact up to 2^53`,
      mend: "use larger cells or smaller bounds",
    });
  }
  return Object.freeze({
    xmin,
    ymin: ymax - height * ry,
    xmax: xmin + width * rx,
    ymax,
    rx,
    ry,
    width,
    height,
    shardWidth,
    shardHeight,
    chunkWidth,
    chunkHeight,
    shardRows,
    shardColumns,
  });
}

/** The six numbers a b c d e f: x = a·col + b·row + c, y = d·col + e·row + f. */
export function affineOf(lattice: Lattice): readonly [number, number, number, number, number, number] {
  return [lattice.rx, 0, lattice.xmin, 0, -lattice.ry, lattice.ymax];
}

function checkedBounds(bounds: readonly number[]): readonly [number, number, number, number] {
  if (!Array.isArray(bounds) || bounds.length !== 4 || !bounds.every((value) => Number.isFinite(value))) {
    throw fault("GRID_BOUNDS", "bounds", bounds, {
      why: "bounds are four finite numbers",
      mend: "write [xmin, ymin, xmax, ymax] in CRS units",
    });
  }
  return bounds as unknown as readonly [number, number, number, number];
}

function checkedShard(shape: readonly number[]): readonly [number, number] {
  if (!isTile(shape)) {
    throw fault("GRID_CHUNK_SHAPE", "chunk_shape", shape, {
      why: "a shard tile is two positive whole numbers of cells",
      mend: "write [height, width], such as [256, 256]",
    });
  }
  if (shape[0] * shape[1] > MAX_SHARD_CELLS) {
    throw fault("GRID_CHUNK_SHAPE", "chunk_shape", shape, {
      why: "a shard has at most 2^31 - 1 cells",
      mend: "use a smaller tile",
    });
  }
  return shape;
}

function checkedChunk(
  inner: readonly number[] | null,
  height: number,
  width: number,
): readonly [number, number] {
  if (inner === null) return [height, width];
  if (!isTile(inner) || height % inner[0] !== 0 || width % inner[1] !== 0) {
    throw fault("GRID_CHUNK_INNER", "chunk_inner", inner, {
      why: `chunk_inner must evenly divide the shard tile [${height}, ${width}]`,
      mend: "use [height, width] that divide chunk_shape, or null for one chunk per shard",
    });
  }
  return inner;
}

function checkedResolution(resolution: number | readonly number[]): readonly [number, number] {
  const pair: readonly unknown[] = Array.isArray(resolution) ? resolution : [resolution, resolution];
  const positive = pair.every((size) => typeof size === "number" && Number.isFinite(size) && size > 0);
  if (pair.length !== 2 || !positive) {
    throw fault("GRID_RESOLUTION", "resolution", pair, {
      why: "a cell size is positive and finite",
      mend: "write a number or [rx, ry] in CRS units; in YAML write 1.0e-4, since 1e-4 is text",
    });
  }
  return pair as readonly [number, number];
}

function isTile(shape: readonly number[]): shape is readonly [number, number] {
  return Array.isArray(shape) && shape.length === 2 && shape.every((n) => Number.isSafeInteger(n) && n > 0);
}

function fault(
  code: string,
  key: string,
  value: unknown,
  { why, mend }: { why: string; mend: string },
): GridError {
  const shown = JSON.stringify(value ?? null, nameNonFinite);
  const details: JsonObject = { key, value: JSON.parse(shown) };
  return new GridError(code, {
    path: `/output/grid/${key}`,
    what: `grid.${key} is ${shown}`,
    why,
    mend,
    details,
  });
}

/** JSON has no NaN and no infinities, and would show them as null. */
function nameNonFinite(_key: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}
