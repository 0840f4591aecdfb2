/** The aggregator contract: segmented kernels over columns that are sorted by cell. */
import type { Column } from "./dtype.js";
import type { FieldKind, OutputField } from "./fields.js";
import type { JsonObject, JsonSchema } from "./json.js";

/** How two partial results combine: the same as one pass, within a relative tolerance, or not at all. */
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
  /** A column, length `rows`. Read only. @throws PluginError `COLUMN_UNKNOWN` */
  column(name: string): Column;
  /**
   * A copy of a column whose values a kernel may permute within each cell. The kernels of one chunk share it, so a
   * quantile after a quantile finds it partly ordered.
   */
  scratch(name: string): Float32Array | Float64Array;
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
}

/** One field ready to be computed, chunk by chunk. Holds no state between calls. */
export interface BoundField {
  /** Columns it reads. */
  readonly inputs: readonly string[];
  /**
   * Computes every cell that has rows; other cells are left as they are and get the field's fill value.
   * @param out length cells × product of the field's trailing shape; rounded to the field's dtype afterwards
   */
  aggregate(segments: CellSegments, out: Float64Array): void;
}

/** A named way to compute an output field. */
export interface AggregatorPlugin<P = never> {
  readonly kind: "aggregator";
  readonly apiVersion: 1;
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
  /** @throws ConfigError when the request does not fit */
  bind(request: FieldRequest<P>): BoundField;
}

/** What {@link perCell} needs to know of a plain function. */
export interface PerCellSpec {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly description: string;
  readonly mergeLaw?: MergeLaw;
}

/**
 * Lifts a plain function of one cell's values (never empty, read only) to an aggregator of scalar fields.
 *
 * @example
 * export const range = perCell({ name: "range", description: "Largest less smallest." }, (values) => {
 *   let low = Infinity, high = -Infinity;
 *   for (const value of values) { if (value < low) low = value; if (value > high) high = value; }
 *   return high - low;
 * });
 */
export function perCell(
  spec: PerCellSpec,
  compute: (values: Column) => number,
): AggregatorPlugin<JsonObject> {
  return {
    kind: "aggregator",
    apiVersion: 1,
    name: spec.name,
    aliases: spec.aliases ?? [],
    description: spec.description,
    paramsSchema: { type: "object", additionalProperties: false, properties: {} },
    kinds: ["scalar"],
    needsSource: true,
    mergeLaw: spec.mergeLaw ?? { law: "none" },
    bind({ source }) {
      if (source === undefined) throw new TypeError(`${spec.name} needs a source column`);
      return {
        inputs: [source],
        aggregate({ cells, offsets, column }, out) {
          const values = column(source);
          for (let cell = 0; cell < cells; cell++) {
            const start = offsets[cell] as number;
            const stop = offsets[cell + 1] as number;
            if (stop > start) out[cell] = compute(values.subarray(start, stop));
          }
        },
      };
    },
  };
}
