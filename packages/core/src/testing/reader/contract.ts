/** The contract kit of readers. */
import type { DType, TypedArray } from "../../dtype.js";
import type { GranuleReader } from "../../reader.js";
import { declareLaw, type Law, type TestFramework } from "../framework.js";
import { datasetLaws } from "./datasets.js";
import { fileLaws } from "./files.js";
import { createGranules } from "./granules.js";

/** A dataset that a granule of the test is to hold. */
export interface ContractDataset {
  /** Absolute: `/group/name`, or deeper. */
  readonly path: string;
  readonly dtype: DType;
  /** One or two extents. */
  readonly shape: readonly number[];
  /** Row-major. */
  readonly values: TypedArray;
  /** To be stored as the `_FillValue` attribute, where formats have one. */
  readonly fillValue: number | bigint | null;
  /** Rows of a stored chunk; null to store it in one piece. */
  readonly chunkRows: number | null;
}

/** What a file format can hold. The kit tests that what it is said not to hold is not read. */
export interface ReaderFormat {
  /** Dtypes of datasets, float64 among them; all but bool unless told. */
  readonly dtypes?: readonly DType[];
  /** Datasets of two dimensions; true unless told. */
  readonly columns?: boolean;
  /** Fill values; true unless told. When false, `fillValue` is null whatever is stored. */
  readonly fillValues?: boolean;
  /** Chunks; true unless told. When false, `chunkRows` is null whatever is stored. */
  readonly chunks?: boolean;
}

/** Files as bytes, so that the kit can damage them. */
export interface ContractFiles {
  /** The bytes of a granule that `make` made. */
  bytes(href: string): Promise<Uint8Array>;
  /** Puts bytes at a new place that looks like a granule's. */
  write(bytes: Uint8Array): Promise<string>;
  /** A place that looks like a granule's, where nothing is. */
  missing(): Promise<string>;
}

export interface ReaderContractOptions extends TestFramework {
  readonly reader: GranuleReader;
  /**
   * Makes a granule at a new place that holds these datasets, and nothing else; rejects what the format cannot hold.
   * @returns its href
   */
  make(datasets: readonly ContractDataset[]): Promise<string>;
  readonly files: ContractFiles;
  readonly format?: ReaderFormat;
}

/**
 * Declares a test for each law of the reader contract.
 *
 * @example
 * readerContract({ describe, it, expect, reader: hdf5, make, files });
 */
export function readerContract(options: ReaderContractOptions): void {
  options.describe(`the reader contract: ${options.reader.name}`, () => {
    const granules = createGranules(options);
    const law: Law = (name, body) => declareLaw(options, name, body);
    fileLaws(granules, law);
    datasetLaws(granules, law);
  });
}
