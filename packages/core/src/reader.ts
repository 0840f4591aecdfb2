/** The reader contract: datasets of a granule, by path, range by range. */
import type { Column, DType, TypedArray } from "./dtype.js";
import type { DatasetEncoding } from "./encoding/dataset-encoding.js";
import type { JsonObject } from "./json.js";
import type { ByteSource } from "./source.js";

/** One dataset of a granule. Its numbers are those that are stored: whoever reads decodes them, the granule never does. */
export interface DatasetInfo {
  /** Extent of each dimension; the first one is rows. */
  readonly shape: readonly number[];
  readonly dtype: DType;
  /** The stored number that stands for a missing value, such as `_FillValue`; null when there is none, or more than one. */
  readonly fillValue: number | null;
  /** `fillValue` digit by digit: given exactly where it is that of 64-bit integers and no double. */
  readonly exactFill?: `${bigint}`;
  /** Rows of one stored chunk; null when the dataset is not chunked. */
  readonly chunkRows: number | null;
  /** How stored numbers stand for values; left out when they are the values, but for `fillValue`. */
  readonly encoding?: DatasetEncoding;
}

/** Which part of a dataset to read. Rows are half-open: start … stop−1, within the dataset. */
export interface ReadRange {
  readonly start: number;
  readonly stop: number;
  /** Which column of a two-dimensional dataset; absent for a one-dimensional one. */
  readonly column?: number;
}

/** A part of the dataset at a path. */
export interface ReadRequest extends ReadRange {
  readonly path: string;
}

/** The datasets that say where the rows of a group are, in degrees. */
export interface CoordinatePaths {
  readonly latitude: string;
  readonly longitude: string;
}

/** Rows that are stored together: start … stop−1. */
export interface RowBlock {
  readonly start: number;
  readonly stop: number;
  /**
   * A box that holds the point of each row: west, south, east, north, in degrees. West is greater than east when it crosses the
   * antimeridian. Rows without a place count for nothing: a coordinate that is not finite, is missing, or is out of range.
   * Degrees are decoded values.
   * Null when the granule does not know.
   */
  readonly bbox: readonly [west: number, south: number, east: number, north: number] | null;
}

/** A group or a dataset, as a granule lists what it holds. */
export interface GranuleEntry {
  /** Absolute, with single slashes; `/` is the root. */
  readonly path: string;
  /** Null for a group, and for what cannot be told: then `problem` says why. */
  readonly dataset: ListedDataset | null;
  /** What it says of itself, by name. Numbers that JSON lacks are spelled as fill values are. */
  readonly attributes: JsonObject;
  /** The path at which the same group is listed with what it holds; only of a group that is listed a second time. */
  readonly sameAs?: string;
  /** Why it cannot be read; left out when it can. */
  readonly problem?: string;
}

/** How a dataset of any type is stored. */
export interface ListedDataset {
  /** As `describeMany` has it; null for one that is not read as numbers. */
  readonly info: DatasetInfo | null;
  /** Extent of each dimension; none for a single value. */
  readonly shape: readonly number[];
  /** The type of its elements in a word or two, such as `int16`, `text`, `record`. */
  readonly type: string;
  /** Extents of a stored chunk; null when it is stored in one piece. */
  readonly chunkShape: readonly number[] | null;
  /** What was done to its chunks before they were stored, in that order, such as `shuffle`, `gzip 6`. */
  readonly filters: readonly string[];
  /** For each dimension the dataset that holds its coordinates, by path; null for one without. */
  readonly dimensions: readonly (string | null)[];
}

/** An open granule. Its members ask the source as seldom as they can: many datasets may cost one round trip. */
export interface Granule {
  /**
   * Describes numeric datasets, in the order of their paths; null for a path at which there is none.
   * @throws ReaderError; the signal's reason when it is aborted; TypeError when the granule is closed
   */
  describeMany(paths: readonly string[], signal?: AbortSignal): Promise<readonly (DatasetInfo | null)[]>;
  /**
   * Reads rows of datasets as they are stored, in the order in which they are asked: each column is the caller's own. 64-bit
   * integers come as Float64Array.
   * @throws ReaderError `DATASET_MISSING`, `DATASET_SHAPE`, `DATASET_PRECISION` (an integer beyond 2^53), `GRANULE_CORRUPT`, or as
   * the source does; the signal's reason when it is aborted; TypeError when the granule is closed
   */
  readMany(requests: readonly ReadRequest[], signal?: AbortSignal): Promise<readonly Column[]>;
  /**
   * Reads as `readMany` does, but for 64-bit integers: these come as BigInt64Array or BigUint64Array, as their dtype says, whatever
   * they are. Left out by a granule that has none, or cannot tell them.
   * @throws as `readMany`, without `DATASET_PRECISION`
   */
  readExact?(requests: readonly ReadRequest[], signal?: AbortSignal): Promise<readonly TypedArray[]>;
  /**
   * Where the rows of a group lie, told without reading their coordinates: blocks in order, which hold each row once. Null when the
   * granule cannot tell of these datasets. With it, only the coordinates of blocks near a shard are read.
   * @throws as `describeMany`
   */
  blocks?(coordinates: CoordinatePaths, signal?: AbortSignal): Promise<readonly RowBlock[] | null>;
  /**
   * What the granule holds: each group before what is in it, each dataset once by each of its paths. Left out by a granule that
   * cannot tell.
   * @throws as `describeMany`; what is wrong with a part of the granule is told with that part
   */
  list?(signal?: AbortSignal): Promise<readonly GranuleEntry[]>;
  /** Leaves the source open: it is closed by who opened it. Twice is no error. */
  close(): Promise<void>;
}

/** A file format that granules come in. */
export interface GranuleReader {
  readonly kind: "reader";
  readonly apiVersion: 2;
  /** What `data_source.reader` says. */
  readonly name: string;
  readonly aliases: readonly string[];
  readonly description: string;
  /**
   * @param source open until the granule is closed
   * @throws ReaderError `GRANULE_FORMAT` (not of this format, empty or truncated), or as the source does
   */
  open(source: ByteSource, signal?: AbortSignal): Promise<Granule>;
}
