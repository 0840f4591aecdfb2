/** The reader contract: datasets of a granule, by path, range by range. */
import type { Column, DType } from "./dtype.js";

/** One dataset of a granule. */
export interface DatasetInfo {
  /** Extent of each dimension; the first one is rows. */
  readonly shape: readonly number[];
  readonly dtype: DType;
  /** The `_FillValue` attribute; null when there is none. */
  readonly fillValue: number | null;
  /** Rows of one stored chunk; null when the dataset is not chunked. */
  readonly chunkRows: number | null;
}

/** Which part of a dataset to read. Rows are half-open: start … stop−1, within the dataset. */
export interface ReadRange {
  readonly start: number;
  readonly stop: number;
  /** Which column of a two-dimensional dataset; absent for a one-dimensional one. */
  readonly column?: number;
}

/** An open granule. */
export interface Granule {
  /** Describes a numeric dataset; null when the granule has none at that path. @throws ReaderError */
  describe(path: string): Promise<DatasetInfo | null>;
  /**
   * Reads rows of a dataset. 64-bit integers come as Float64Array.
   * @throws ReaderError `DATASET_MISSING`, `DATASET_SHAPE`, `DATASET_PRECISION` (an integer beyond 2^53), `GRANULE_CORRUPT`
   */
  read(path: string, range: ReadRange): Promise<Column>;
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
  /** URI schemes it opens; a plain path has the scheme `file`. */
  readonly schemes: readonly string[];
  /** @throws ReaderError `GRANULE_MISSING`, `GRANULE_UNREADABLE`, `GRANULE_FORMAT` (not of this format, empty or truncated) */
  open(href: string): Promise<Granule>;
}
