/** All the aggregators of this package, for a registry. */
import type { AnyAggregator } from "@zagg/core";
import { average } from "./average.js";
import { maxBy, minBy } from "./cellwise/by-column.js";
import { covariance } from "./cellwise/covariance.js";
import { linearFit } from "./cellwise/linear-fit.js";
import { mode } from "./cellwise/mode.js";
import { iqr, mad } from "./cellwise/spread.js";
import { weightedQuantile } from "./cellwise/weighted-quantile.js";
import { count } from "./count.js";
import { distinct } from "./distinct.js";
import { expression } from "./expression-aggregator.js";
import { max, min, nanmax, nanmin, ptp } from "./extremes.js";
import { median, nanmedian, nanpercentile, nanquantile, percentile, quantile } from "./quantiles.js";
import { mean, nanmean, nanprod, nansum, prod, sum } from "./sums.js";
import { tdigest } from "./tdigest-aggregator.js";
import { nanstd, nanvar, std, variance } from "./variance.js";

export const builtins: readonly AnyAggregator[] = [
  count,
  min,
  max,
  ptp,
  sum,
  prod,
  mean,
  average,
  variance,
  std,
  median,
  quantile,
  percentile,
  nanmin,
  nanmax,
  nansum,
  nanprod,
  nanmean,
  nanvar,
  nanstd,
  nanmedian,
  nanquantile,
  nanpercentile,
  mode,
  minBy,
  maxBy,
  weightedQuantile,
  mad,
  iqr,
  linearFit,
  covariance,
  distinct,
  tdigest,
  expression,
];
