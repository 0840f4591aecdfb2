/** The aggregator contract: segmented kernels over columns that are sorted by cell. */
import type { Column, DType, TypedArray } from "./dtype.js";
import type { FieldKind, OutputField } from "./fields.js";
import type { JsonObject, JsonSchema } from "./json.js";

/**
 * What partial results give beside one pass: the same, the same within a tolerance relative to the sum of |v| + v² over the
 * cell's numbers and to the value, or nothing, for there are none.
 */
export type MergeLaw =
  | { readonly law: "exact" }
  | { readonly law: "approximate"; readonly tolerance: number }
  | { readonly law: "none" };

/** The rows of one chunk, sorted by cell; rows keep the order in which they were read within a cell. */
export interface CellSegments {
  /** Cells of the chunk. */
  readonly cells: number;
  /** Rows of the chunk. */
  readonly rows: number;
  /** Length cells + 1, first 0, last `rows`: rows of cell c are offsets[c] … offsets[c+1]−1. */
  readonly offsets: Int32Array;
  /**
   * A column, length `rows`. Read only. 64-bit integers are doubles: the nearest ones for an aggregator that takes them exactly;
   * for others, a column with one beyond ±2^53 is refused.
   * @throws PluginError `COLUMN_UNKNOWN`; a coded error for a column that is refused
   */
  column(name: string): Column;
  /**
   * What the doubles of a column of 64-bit integers lack to these, length `rows`: an integer is its double plus its rest, exactly,
   * and of integers with one double the order is that of the rests. Read only. Null when no integer is beyond ±2^53, and for other
   * columns. Called by aggregators alone that take integers exactly; left out where no column has any.
   */
  rest?(name: string): Int16Array | null;
  /**
   * A copy of a column whose values a kernel may permute within each cell. The kernels of one chunk share it, so a
   * quantile after a quantile finds it partly ordered.
   */
  scratch(name: string): Float32Array | Float64Array;
  /** What `chunk_precompute` made for this chunk. @throws PluginError `COLUMN_UNKNOWN` */
  chunkValue(name: string): ChunkValue;
}

/** A value that was computed once for a chunk: a number, or an array in row-major order. Read only. */
export interface ChunkValue {
  readonly dtype: DType;
  /** Empty for a number. */
  readonly shape: readonly number[];
  /** 64-bit integers are held as doubles, none beyond ±2^53; bool as 0 and 1. */
  readonly data: Column;
}

/** Payloads of variable length, one for each cell. */
export interface RaggedCells {
  /** Length cells + 1, first 0: cell c holds elements offsets[c] … offsets[c+1]−1. */
  readonly offsets: Int32Array;
  /** Elements back to back, each of the field's inner shape in row-major order; rounded to the field's dtype afterwards. */
  readonly values: Column;
}

/** What a config asks of an aggregator for one output field. */
export interface FieldRequest<P = JsonObject> {
  readonly field: OutputField;
  /** Column of values, when the config names one. */
  readonly source: string | undefined;
  /** Parameters, checked against `paramsSchema` and defaulted. */
  readonly params: P;
  /** Names of the columns there are. */
  readonly columns: readonly string[];
  /** Names of what `chunk_precompute` makes; disjoint from `columns`. */
  readonly chunkValues: readonly string[];
}

/** One field ready to be computed, chunk by chunk. Holds no state between calls. */
export type BoundField = BoundDense | BoundRagged;

interface BoundInputs {
  /** Columns it reads. */
  readonly inputs: readonly string[];
  /** Chunk values it reads; none when left out. */
  readonly chunkInputs?: readonly string[];
}

/** A scalar or vector field ready to be computed. */
export interface BoundDense extends BoundInputs {
  /**
   * Computes every cell that has rows; other cells are left as they are and get the field's fill value.
   * @param out length cells × product of the field's trailing shape; rounded to the field's dtype afterwards
   * @param rest as long as `out`, zeros; what the numbers in `out` lack to 64-bit integers. Given to an aggregator that takes integers
   * exactly, for a field of such integers
   */
  aggregate(segments: CellSegments, out: Float64Array, rest?: Int16Array): void;
  /** The same in pieces; present exactly when the aggregator's merge law is not `none`. */
  readonly partial?: PartialDense;
}

/** A ragged field ready to be computed. */
export interface BoundRagged extends BoundInputs {
  /** The payload of every cell; a cell without rows has none. */
  gather(segments: CellSegments): RaggedCells;
  /** The same in pieces; present exactly when the aggregator's merge law is not `none`. */
  readonly partial?: PartialRagged;
}

/**
 * A field computed from blocks of rows of one chunk: what is known of the rows so far is its state.
 *
 * Nobody but its aggregator looks into a state. A call **mutates** the state that it takes first only where it says so, and
 * shares no memory with what it is given or gives: no state holds on to rows, to another state or to encoded arrays.
 */
export interface PartialField<S = unknown> {
  /** The state of a chunk of so many cells, without rows. */
  init(cells: number): S;
  /** **Mutates** the state: adds the rows of a block, sorted by cell. */
  update(state: S, segments: CellSegments): void;
  /** **Mutates** the first state: adds what another state of the same chunk holds, whose rows came later. */
  merge(state: S, later: S): void;
  /** The state as named arrays, to be stored or sent. The same state gives the same bytes. */
  encode(state: S): EncodedState;
  /**
   * The state that was encoded: everything done with it gives what the state itself would.
   * @param cells cells of the chunk
   * @throws a coded error (`STATE_INVALID` by the means of core) when names, types or lengths of the arrays do not fit each
   * other, the number of cells or the field's parameters
   */
  decode(cells: number, encoded: EncodedState): S;
  /**
   * The state of coarser cells. Cells of one parent merge in ascending order, as if their rows had come in that order.
   * @param parents the coarser cell of each cell, from 0 to `cells` − 1; −1 leaves the cell out
   * @param cells how many coarser cells there are
   * @throws RangeError when there are more or fewer parents than cells, or one is out of range
   */
  regroup(state: S, parents: Int32Array, cells: number): S;
  /** Bytes of memory that the state takes, about; no less than its encoded arrays. */
  bytes(state: S): number;
}

/** A scalar or vector field computed in pieces. */
export interface PartialDense<S = unknown> extends PartialField<S> {
  /** Writes what {@link BoundDense.aggregate} would for all rows at once. */
  finish(state: S, out: Float64Array, rest?: Int16Array): void;
}

/** A ragged field computed in pieces. */
export interface PartialRagged<S = unknown> extends PartialField<S> {
  /** What {@link BoundRagged.gather} would give for all rows at once. */
  finish(state: S): RaggedCells;
}

/** A state as it is stored or sent: arrays by name. The cells without rows take no space where states are sparse. */
export type EncodedState = Readonly<Record<string, TypedArray>>;

/** What a config asks for under `chunk_precompute`. */
export interface ChunkValueRequest<P = JsonObject> {
  readonly name: string;
  readonly source: string | undefined;
  readonly params: P;
  readonly columns: readonly string[];
}

/** A chunk value ready to be computed. */
export interface BoundChunkValue {
  readonly inputs: readonly string[];
  /** @param rows all rows of a chunk, as one cell; at least one */
  compute(rows: CellSegments): ChunkValue;
}

/** A named way to compute an output field. */
export interface AggregatorPlugin<P = never> {
  readonly kind: "aggregator";
  readonly apiVersion: 2;
  /** What `function:` says, after a leading `np.` or `numpy.` is dropped. */
  readonly name: string;
  readonly aliases: readonly string[];
  readonly description: string;
  readonly paramsSchema: JsonSchema;
  /** Kinds of field it can fill. */
  readonly kinds: readonly FieldKind[];
  /** Whether it needs `source`. */
  readonly needsSource: boolean;
  readonly mergeLaw: MergeLaw;
  /**
   * `exact`: it takes 64-bit integers beyond ±2^53 in any column it reads. A field of `int64` or `uint64` gets the exact result, one of
   * another dtype the nearest double, rounded to it. Left out, such columns are refused before it sees them.
   */
  readonly integers?: "exact";
  /** @throws ConfigError when the request does not fit */
  bind(request: FieldRequest<P>): BoundField;
  /**
   * Makes chunk values of any shape. Without it, the engine makes them from {@link bind}: a scalar field's number, or a
   * ragged field's elements.
   */
  bindChunkValue?(request: ChunkValueRequest<P>): BoundChunkValue;
}
