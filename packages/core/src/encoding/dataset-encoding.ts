/** How the numbers that a dataset stores stand for values. JSON, and of no file format. */
import type { FillValue } from "../fill-value.js";

/**
 * What turns the stored numbers of a dataset into values, in this order: `sign`, then what is `missing` or not `valid`, then
 * `packing`.
 */
export interface DatasetEncoding {
  /** Stored numbers that stand for a missing value, beside `fillValue`: none of them twice, as `readMany` gives them. */
  readonly missing: readonly FillValue[];
  /** What integers are when not of the sign that their dtype says: the same bits, read the other way. Null for those that are. */
  readonly sign: "signed" | "unsigned" | null;
  /** Null when the stored numbers are the values. */
  readonly packing: Packing | null;
  /** Which stored numbers are valid, of the sign that `sign` says; null when the granule does not say. */
  readonly valid: ValidRange | null;
  /** What the granule says of all this and cannot be meant. */
  readonly problems: readonly EncodingProblem[];
}

/** A value is its stored number × scale + offset. */
export interface Packing {
  /** Finite, and not 0. */
  readonly scale: number;
  /** Finite. */
  readonly offset: number;
  /** The type in which values are computed, and that they have. */
  readonly dtype: "float32" | "float64";
}

/** Both ends belong to it; null is no limit. */
export interface ValidRange {
  readonly min: number | null;
  readonly max: number | null;
}

export interface EncodingProblem {
  /** Name of the attribute, or of what the format has in its place. */
  readonly attribute: string;
  /** What it holds and why that cannot be meant, to follow its name: `is the text "0.01"`. */
  readonly what: string;
  /** Whether values cannot be told without it, so that they must not be read; else it counts as not there. */
  readonly fatal: boolean;
}
