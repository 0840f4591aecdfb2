/** The contract kit of aggregators. */
import type { AnyAggregator } from "../../registry.js";
import type { OutputField } from "../../fields.js";
import type { JsonObject } from "../../json.js";
import { descriptorLaws } from "./descriptor.js";
import { integerLaws } from "./integers.js";
import { kernelLaws } from "./kernel.js";
import { mergeLaws } from "./merge.js";
import { orderLaws } from "./order.js";
import { createSubject } from "./subject.js";
import { declareLaw, type Law, type TestFramework } from "../framework.js";
import type { PropertyOptions } from "../properties.js";
import { show } from "../values.js";

export interface AggregatorContractOptions extends TestFramework, PropertyOptions {
  readonly aggregator: AnyAggregator;
  /** Parameters as a config writes them; defaults are filled in. Run the kit once for each set that matters. */
  readonly params?: JsonObject;
  /** Parameters that the schema must refuse, besides an unknown key. */
  readonly wrongParams?: readonly JsonObject[];
  /** Names of the columns there are; the first is the source. `value` and `weight` unless told. */
  readonly columns?: readonly string[];
  /** What the field is besides a float64 scalar. */
  readonly field?: Partial<OutputField>;
  /**
   * Whether a cell's value depends on the order of its rows, as that of a `first` does. False unless told; when true,
   * the kit looks for rows whose order matters, and fails when there are none.
   */
  readonly ordered?: boolean;
  /**
   * How far the value may move with the order of rows, as a part of the sum of |v| + v² over the cell's numbers and of the
   * value itself; 1e-12 unless told.
   */
  readonly orderTolerance?: number;
  /**
   * How far the value may move, as a part of itself, when a whole number is added to all values: of one that takes 64-bit integers
   * exactly and estimates; 0 unless told.
   */
  readonly integerTolerance?: number;
  /**
   * Numbers that are read from a payload, for one that is a sketch: these are compared where results may differ by rounding
   * or by the tolerance of the merge law. The payload itself unless told.
   */
  readonly read?: (payload: Float64Array) => readonly number[];
}

/**
 * Declares a test for each law of the aggregator contract.
 *
 * @example
 * aggregatorContract({ describe, it, expect, aggregator: range });
 */
export function aggregatorContract(options: AggregatorContractOptions): void {
  const { aggregator, params = {} } = options;
  options.describe(`the aggregator contract: ${aggregator.name} ${show(params)}`, () => {
    const subject = createSubject(options);
    const law: Law = (name, body) => declareLaw(options, name, body);
    descriptorLaws(subject, law);
    kernelLaws(subject, law);
    orderLaws(subject, law);
    mergeLaws(subject, law);
    integerLaws(subject, law);
  });
}
