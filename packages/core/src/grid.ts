/** The grid contract: what the engine needs of a grid, and no more. */
import type { DType, TypedArray } from "./dtype.js";
import type { FillValue } from "./fill-value.js";
import type { OutputFieldSet, OutputFieldSignature } from "./fields.js";
import type { Region } from "./geometry.js";
import type { Json, JsonObject, JsonSchema } from "./json.js";

/** Shard keys and cell ids are unsigned 64-bit; this one, the largest, means "none": a point outside the grid. */
export const NO_ID = 2n ** 64n - 1n;

/** Canonical fingerprint of what places cells in space; keys in a fixed order, `type` first. */
export interface SpatialSignature extends JsonObject {
  readonly type: string;
}

/** The spatial signature plus `output_fields`, its last key. */
export type GridSignature = SpatialSignature & { readonly output_fields: readonly OutputFieldSignature[] };

/** A spatial key that is younger than the shard map format: a map may lack it, which warns instead of refusing. */
export interface YoungerKey {
  /** Code of the warning, such as `LATITUDE_UNSTATED`. */
  readonly code: string;
  readonly why: string;
  readonly mend: string;
}

/** How the reuse guard compares this grid's spatial keys, where deep equality is not enough. */
export interface SignatureRules {
  readonly youngerKeys: Readonly<Record<string, YoungerKey>>;
  /** Whether a stored value of `key` means the same as this grid's own; deep equality is tried before. */
  equal(key: string, stored: Json, own: Json): boolean;
}

/** Every spatial key is compared exactly, and none is younger than the format. */
export const NO_SIGNATURE_RULES: SignatureRules = Object.freeze({
  youngerKeys: Object.freeze({}),
  equal: () => false,
});

/** A coordinate array that is written whole, once (a rectilinear `x`, a grid mapping). Row-major. */
export interface CoordinateArray {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly dimensions: readonly string[];
  readonly values: TypedArray;
  readonly attributes: JsonObject;
}

/** A coordinate array with a value per cell, written shard by shard (HEALPix `cell_ids`, `morton`). */
export interface CellCoordinate {
  readonly name: string;
  readonly dtype: DType;
  readonly fillValue: FillValue;
  /** Written even when the config does not declare it, because the layout means nothing without it. */
  readonly always: boolean;
  readonly attributes: JsonObject;
}

/** Where the shards of one run stand in the stored arrays. */
export interface Placement {
  /** Shape of a cell-resolution array. */
  readonly arrayShape: readonly number[];
  /** Index of a shard's block in the grid of shard-shaped blocks, one number per dimension. */
  blockIndex(shardKey: bigint): readonly number[];
}

/**
 * How cells are stored. Canonical order is chunk-major: chunk j of a shard holds positions j·m … (j+1)·m−1, chunks
 * row-major within the shard and cells row-major within the chunk, so that a chunk is one contiguous slice.
 */
export interface GridStorage {
  /** Group of the arrays, such as `12` or `rectilinear`. */
  readonly groupPath: string;
  /** Dimension names of a cell-resolution array, slowest first. */
  readonly dimensions: readonly string[];
  /** Dimension names of a chunk-resolution array, slowest first. */
  readonly chunkDimensions: readonly string[];
  /** Cells of a shard along each dimension; their product is the number of canonical positions. */
  readonly shardShape: readonly number[];
  /** Cells of a chunk along each dimension; divides `shardShape`. */
  readonly chunkShape: readonly number[];
  /** Attributes of the group: DGGS, GeoZarr, CF conventions. */
  readonly attributes: JsonObject;
  /** Attributes of every cell-resolution data array, such as a CF `grid_mapping`. */
  readonly arrayAttributes: JsonObject;
  readonly coordinates: readonly CoordinateArray[];
  readonly cellCoordinates: readonly CellCoordinate[];
  /** @param shardKeys every shard of the shard map, ascending; a packed layout numbers its blocks by them */
  placement(shardKeys: BigUint64Array): Placement;
}

/** The shards of a region, and those of many footprints inside it. */
export interface ShardCoverer {
  /** Every shard that the region touches, ascending. */
  readonly shardKeys: BigUint64Array;
  /** The shards among them that a footprint touches: ascending indices into `shardKeys`. @throws GeometryError */
  cover(footprint: Region): Uint32Array;
}

/** The same shards with coarser cells. */
export interface CoarserGrid {
  /** Its shards have the keys of this grid's, and its spatial signature differs. */
  readonly grid: GridPlugin;
  /**
   * For each canonical position of a shard of this grid, the position of its parent in the same shard of `grid`; -1 at
   * a hole. @throws GridError `GRID_SHARD_UNKNOWN`
   */
  parentPositions(shardKey: bigint): Int32Array;
}

/** Places of the cells of one shard, by canonical position. */
export interface ShardCells {
  /** Longitudes and latitudes of the cells' centres, degrees: a place of each cell about its middle; NaN at a hole. */
  readonly lonDeg: Float64Array;
  readonly latDeg: Float64Array;
  /** Outline of one cell; empty where its centre is NaN. */
  outline(position: number): Region;
}

/**
 * One grid. Immutable, no per-run state: identity, space, storage, and the hot path. `defineGrid` makes one from seven
 * answers: `type`, `storage`, `spatialSignature`, `coverer`, `shardFootprint`, `shardsOf` and `locate`.
 *
 * Angles are degrees, longitude before latitude, any finite longitude. A point is outside the grid when a coordinate
 * is not finite or its latitude is not within [-90, 90]; such points are never an error here.
 */
export interface GridPlugin {
  readonly type: string;
  readonly storage: GridStorage;
  readonly signatureRules: SignatureRules;

  spatialSignature(): SpatialSignature;
  /** `{ ...spatialSignature(), output_fields }`, always composed from it. */
  signature(): GridSignature;
  /** Whether the two co-aggregate: one family, aligned, equal output-field sets. Symmetric. */
  nestsWith(other: GridPlugin): boolean;

  /**
   * The shards of a region, and a coverer for many footprints inside it. May hold shards that the region nearly
   * touches, never too few. @throws GeometryError
   */
  coverer(region: Region): ShardCoverer;
  /** Outline of a shard: holds its cells, and may reach beyond them. @throws GridError `GRID_SHARD_UNKNOWN` */
  shardFootprint(shardKey: bigint): Region;
  /** A shard's name for people, unique in the grid: a HEALPix decimal word, a row and column. */
  shardLabel(shardKey: bigint): string;

  /** Shard key of each point, {@link NO_ID} outside. Arrays of one length n; `out` is written in full. */
  shardsOf(lonDeg: Float64Array, latDeg: Float64Array, out: BigUint64Array): void;
  /**
   * The hot path: position of each point in the shard's canonical cell order, -1 outside the shard.
   * Arrays of one length n; `out` is written in full.
   * @returns how many points are inside
   * @throws GridError `GRID_SHARD_UNKNOWN`
   */
  locate(shardKey: bigint, lonDeg: Float64Array, latDeg: Float64Array, out: Int32Array): number;

  /** Values of one of `storage.cellCoordinates` by canonical position; there exactly when any is declared. */
  cellCoordinate?(name: string, shardKey: bigint): TypedArray;
  /** Centres and outlines of a shard's cells: for pictures, exports, and rasters weighted by area. */
  cells?(shardKey: bigint): ShardCells;
  /** The next coarser grid of the same shards, for overviews; absent when there is none. */
  coarser?(): CoarserGrid;
}

/** A family of grids: what a package exports and an application registers. */
export interface GridFactory<P = never> {
  readonly kind: "grid";
  /** What `output.grid.type` and the metadata say. */
  readonly type: string;
  /** Version of the contract, not of the package. */
  readonly apiVersion: 2;
  readonly description: string;
  /** The only description of `P`; `type` and `sharded` are the engine's own and are not listed. */
  readonly paramsSchema: JsonSchema;
  /** @throws GridError when parameters that fit the schema do not fit together */
  create(params: P, fields: OutputFieldSet): GridPlugin;
}

/** The number of canonical positions of a shard. */
export function shardCells(storage: GridStorage): number {
  return storage.shardShape.reduce((product, extent) => product * extent, 1);
}

/** The number of cells of a chunk. */
export function chunkCells(storage: GridStorage): number {
  return storage.chunkShape.reduce((product, extent) => product * extent, 1);
}
