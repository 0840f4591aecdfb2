/** The contract kit of readers. */
import type { DType, TypedArray } from "../../dtype.js";
import type { DatasetEncoding } from "../../encoding/dataset-encoding.js";
import type { GranuleReader } from "../../reader.js";
import type { ByteSource } from "../../source.js";
import { declareLaw, type Law, type TestFramework } from "../framework.js";
import { blockLaws } from "./blocks.js";
import { datasetLaws } from "./datasets.js";
import { distanceLaws } from "./distance.js";
import { encodingLaws } from "./encodings.js";
import { exactLaws } from "./exact.js";
import { fileLaws } from "./files.js";
import { createGranules } from "./granules.js";
import { listLaws } from "./list.js";
import { manyLaws } from "./many.js";

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
  /** How its numbers stand for values, to be stored where `format.encodings` says that formats can; else they are the values. */
  readonly encoding?: DatasetEncoding;
}

/** What a granule can say of how its numbers are stored. */
export type EncodingPart = "missing" | "sign" | "packing" | "valid";

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
  /** What it can say of how numbers are stored; nothing unless told. What is not told must not be described. */
  readonly encodings?: readonly EncodingPart[];
}

export interface ReaderContractOptions extends TestFramework {
  readonly reader: GranuleReader;
  /** The bytes of a granule that holds these datasets, and nothing else; rejects what the format cannot hold. */
  make(datasets: readonly ContractDataset[]): Promise<Uint8Array>;
  /** A source over bytes, such as a file of them; in memory unless told. */
  source?(bytes: Uint8Array): Promise<ByteSource>;
  readonly format?: ReaderFormat;
}

/**
 * Declares a test for each law of the reader contract.
 *
 * @example
 * readerContract({ describe, it, expect, reader: hdf5, make });
 */
export function readerContract(options: ReaderContractOptions): void {
  options.describe(`the reader contract: ${options.reader.name}`, () => {
    const granules = createGranules(options);
    const law: Law = (name, body) => declareLaw(options, name, body);
    fileLaws(granules, law);
    datasetLaws(granules, law);
    manyLaws(granules, law);
    encodingLaws(granules, law);
    exactLaws(granules, law);
    blockLaws(granules, law);
    listLaws(granules, law);
    distanceLaws(granules, law);
  });
}
