/** The filter contract: which rows a condition over columns keeps. */
import type { Column } from "./dtype.js";

/** What a config asks of a filter. */
export interface FilterRequest {
  /** The condition, as the config writes it. */
  readonly text: string;
  /** Names of the columns there are. */
  readonly columns: readonly string[];
  /** JSON pointer into the config, for errors. */
  readonly path: string;
}

/** A condition ready to be tested. Holds no state between calls. */
export interface BoundFilter {
  /** Columns it reads. */
  readonly inputs: readonly string[];
  /**
   * Tests rows, each by its own values alone.
   * @param column columns of length `rows`, read only
   * @returns length `rows`: 1 where a row is kept, else 0
   */
  mask(column: (name: string) => Column, rows: number): Uint8Array;
}

/** A language of conditions. */
export interface FilterPlugin {
  readonly kind: "filter";
  readonly apiVersion: 2;
  /** The key of a filter that holds its text: `expression`. */
  readonly name: string;
  readonly description: string;
  /** @throws ConfigError when the text is no condition over the columns */
  bind(request: FilterRequest): BoundFilter;
}
