export type { Digests } from "./read.js";
export type { DigestTensor, TensorOptions } from "./tensor.js";

export { buildDigests, losslessRows } from "./build.js";
export { mergeDigests } from "./merge.js";
export { cdf, quantile, totalWeight } from "./read.js";
export { rawValues, toTensor } from "./tensor.js";
