/** The output format contract: arrays in a hierarchy, written block by block. */
import type { DType, TypedArray } from "./dtype.js";
import type { FillValue } from "./fill-value.js";
import type { JsonObject } from "./json.js";
import type { NamedObject, ObjectStore } from "./store.js";

/** One stored array. */
export interface ArraySpec {
  /** Path from the root of the store, such as `12/h_mean`. */
  readonly path: string;
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** Extent of one block: what one worker writes at once. */
  readonly blockShape: readonly number[];
  /** Extent of one chunk; divides `blockShape`. */
  readonly chunkShape: readonly number[];
  /** One object per block that holds its chunks (true), or one object per chunk. */
  readonly sharded: boolean;
  readonly compression: "zstd" | "none";
  readonly dimensions: readonly string[];
  readonly fillValue: FillValue;
  /**
   * Present for an array of payloads of variable length, stored as bytes: `dtype` is that of their elements, and an empty
   * cell holds no bytes, whatever `fillValue` is.
   */
  readonly ragged?: {
    /** Shape of one element. */
    readonly innerShape: readonly number[];
  };
  readonly attributes: JsonObject;
}

/** The payloads of one block of a ragged array, cell by cell in the block's order. */
export interface RaggedBlock {
  /** Length cells + 1, first 0: cell c holds elements offsets[c] … offsets[c+1]−1. */
  readonly offsets: Int32Array;
  /** Elements back to back, each of the array's inner shape, of the array's dtype. */
  readonly values: TypedArray;
}

export interface GroupSpec {
  /** Path from the root; empty for the root itself. */
  readonly path: string;
  readonly attributes: JsonObject;
}

/** Everything a store holds, as data. Groups parents first; arrays in the order they are listed to readers. */
export interface HierarchySpec {
  readonly groups: readonly GroupSpec[];
  readonly arrays: readonly ArraySpec[];
}

/** A way to lay arrays out in an object store. */
export interface OutputFormat {
  readonly kind: "format";
  readonly apiVersion: 2;
  readonly name: string;
  readonly description: string;
  /** Whether the store holds something of this format. */
  recognizes(store: ObjectStore): Promise<boolean>;
  /** Writes the metadata of groups and arrays, the root excepted: until that is put, the store does not open. */
  begin(store: ObjectStore, hierarchy: HierarchySpec): Promise<void>;
  /**
   * Writes one block of an array; a repeat writes the same bytes. A block that holds nothing but the fill value is
   * not stored.
   * @param values the block's chunks back to back, chunks row-major within the block, elements row-major within the
   * chunk; for a ragged array its payloads in that order
   * @returns bytes stored
   */
  writeBlock(
    store: ObjectStore,
    array: ArraySpec,
    block: readonly number[],
    values: TypedArray | RaggedBlock,
  ): Promise<number>;
  /**
   * The objects that make the store open, in the order in which the commit puts them after all others. The same
   * hierarchy gives the same bytes.
   */
  root(hierarchy: HierarchySpec): readonly NamedObject[];
}
