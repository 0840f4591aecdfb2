/** Every built-in aggregator keeps the contract. */
import { aggregatorContract, type AggregatorContractOptions } from "@zagg/core/testing";
import { describe, expect, it } from "vitest";
import { builtins } from "../src/index.js";
import { quantile, totalWeight } from "../src/tdigest/index.js";
import { runs, some } from "../../../vitest.effort.mjs";

type Case = Partial<
  Pick<
    AggregatorContractOptions,
    "params" | "wrongParams" | "columns" | "field" | "read" | "integerTolerance"
  >
>;

const fraction: readonly Case[] = [
  { params: { q: 0.3 }, wrongParams: [{}, { q: 1.5 }, { q: "0.5" }] },
  { params: { q: 1 } },
];
const percent: readonly Case[] = [
  { params: { q: 30 }, wrongParams: [{}, { q: -1 }, { q: 101 }] },
  { params: { q: 0 } },
];
const spread: readonly Case[] = [{ wrongParams: [{ ddof: -1 }, { ddof: "1" }] }, { params: { ddof: 1 } }];

const raggedOf = (...innerShape: number[]): NonNullable<Case["field"]> => ({ kind: "ragged", innerShape });
/** The values of a digest that are not finite count for nothing; weights are exact, means within the tolerance. */
const readDigest = (payload: Float64Array): readonly number[] => {
  const digests = { offsets: Int32Array.of(0, payload.length / 2), values: payload };
  const quantiles = [0, 0.25, 0.5, 0.75, 1].map((q) => quantile(digests, q)[0]!);
  return [totalWeight(digests)[0]!, ...quantiles];
};

const vectorOf = (...trailingShape: number[]): NonNullable<Case["field"]> => ({
  kind: "vector",
  trailingShape,
});

const int64: NonNullable<Case["field"]> = { dtype: "int64", declaredDtype: "int64", fillValue: 0 };
/** Extremes have other states for fields of 64-bit integers. */
const extreme: readonly Case[] = [{}, { field: int64 }];

/** Parameters of those that take some. */
const cases: Readonly<Record<string, readonly Case[]>> = {
  min: extreme,
  max: extreme,
  nanmin: extreme,
  nanmax: extreme,
  average: [
    { wrongParams: [{ weights: 1 }] },
    { params: { weights: "weight" } },
    { params: { weights: "1.0 / sigma**2" }, columns: ["h_li", "sigma"] },
  ],
  var: spread,
  std: spread,
  nanvar: spread,
  nanstd: spread,
  quantile: fraction,
  nanquantile: fraction,
  percentile: percent,
  nanpercentile: percent,
  min_by: [{ params: { by: "weight" }, wrongParams: [{}, { by: 1 }] }],
  max_by: [{ params: { by: "weight" } }],
  weighted_quantile: [
    { params: { q: 0.5, weights: "weight" }, wrongParams: [{ q: 0.5 }, { q: 2, weights: "weight" }] },
  ],
  mad: [{}, { params: { scale: 1.4826 } }],
  linear_fit: [{ params: { on: ["weight"] }, field: vectorOf(3), wrongParams: [{}, { on: [] }] }],
  covariance: [
    { params: { with: ["weight"] }, field: vectorOf(2, 2), wrongParams: [{}, { with: [], ddof: 1 }] },
  ],
  distinct: [
    { integerTolerance: 0.2 },
    // Sixteen registers tell eleven values only roughly.
    { params: { precision: 4 }, wrongParams: [{ precision: 3 }], integerTolerance: 2 },
  ],
  tdigest: [
    { field: raggedOf(2), wrongParams: [{ delta: 0 }, { delta: "512" }] },
    { params: { delta: 8 }, field: raggedOf(2), read: readDigest },
  ],
  expression: [
    { params: { expression: "np.array([np.min(value), np.max(weight)])" }, field: vectorOf(2) },
    { params: { expression: "np.sort(value[value > 0])" }, field: raggedOf() },
    { params: { expression: "np.stack([np.sort(value), np.sort(value)]).T" }, field: raggedOf(2) },
    { params: { expression: "np.sum(value) / len(value)" }, wrongParams: [{}, { expression: 1 }] },
    { params: { expression: "1.0 / np.sqrt(np.sum(1.0 / weight**2))" } },
    { params: { expression: "np.percentile(value, 75) - np.percentile(value, 25)" } },
    { params: { expression: "np.nanmax(weight) - np.median(value)" } },
  ],
};

for (const aggregator of builtins) {
  for (const options of some(cases[aggregator.name] ?? [{}], 2)) {
    aggregatorContract({ describe, it, expect, aggregator, numRuns: runs(25, 5), ...options });
  }
}
