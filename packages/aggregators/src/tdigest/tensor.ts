/** t-digests as histograms on one axis: what convolutions and pictures are made of. */
import { ConfigError } from "@zagg/core";
import { CENTROID } from "./build.js";
import { countUpTo, quantileOf, type Digests } from "./read.js";

export interface TensorOptions {
  /** Bins of the axis; 128 when left out. */
  readonly bins?: number;
  /** Width of a bin, in the unit of the values; 0.5 when left out. */
  readonly resolution?: number;
  /** The axis begins at the least of the cells' quantiles `bottom`, rounded down; 0.05 when left out. */
  readonly bottom?: number;
  /** … and must reach the greatest of their quantiles `top`, rounded up; 0.95 when left out. */
  readonly top?: number;
  /** What to do when it does not: fail, double the width until it does, or take the least power of two that does. */
  readonly fit?: "raise" | "degrade_resolution" | "collapse_bins";
}

export interface DigestTensor {
  /** Values per bin, cells × bins, row-major; whole numbers. */
  readonly counts: Uint32Array;
  readonly bins: number;
  /** Left edge of the first bin; NaN when no cell has a digest. */
  readonly start: number;
  /** Width of a bin. */
  readonly resolution: number;
}

/**
 * A histogram per cell. The count of a bin is the difference of the digest's distribution function at its edges, rounded half
 * to even: counts of one cell may add up to a little less or more than its values.
 * @throws ConfigError `DIGEST_WINDOW` when the values do not fit the axis and `fit` is `raise`
 */
export function toTensor(digests: Digests, options: TensorOptions = {}): DigestTensor {
  const { bins = 128, bottom = 0.05, top = 0.95, fit = "raise" } = options;
  const { offsets, values } = digests;
  const cells = offsets.length - 1;
  let low = Infinity;
  let high = -Infinity;
  for (let cell = 0; cell < cells; cell++) {
    const [from, to] = [offsets[cell]!, offsets[cell + 1]!];
    if (from === to) continue;
    low = Math.min(low, quantileOf(values, from, to, bottom));
    high = Math.max(high, quantileOf(values, from, to, top));
  }
  const counts = new Uint32Array(cells * bins);
  if (low > high) return { counts, bins, start: NaN, resolution: options.resolution ?? 0.5 };
  const start = Math.floor(low);
  const resolution = fittingWidth(Math.ceil(high) - start, bins, options.resolution ?? 0.5, fit);
  for (let cell = 0; cell < cells; cell++) {
    const [from, to] = [offsets[cell]!, offsets[cell + 1]!];
    if (from === to) continue;
    let below = countUpTo(values, from, to, start);
    for (let bin = 0; bin < bins; bin++) {
      const upTo = countUpTo(values, from, to, start + (bin + 1) * resolution);
      counts[cell * bins + bin] = Math.max(0, halfToEven(upTo - below));
      below = upTo;
    }
  }
  return { counts, bins, start, resolution };
}

/**
 * The values themselves, ascending within each cell, of digests that are nothing but their values.
 * @returns `offsets` as in the digests, and a value for each centroid
 * @throws ConfigError `DIGEST_LOSSY` when a centroid stands for more than one value
 */
export function rawValues({ offsets, values }: Digests): {
  readonly offsets: Int32Array;
  readonly values: Float64Array;
} {
  const out = new Float64Array(values.length / CENTROID);
  for (let k = 0; k < out.length; k++) {
    if (values[CENTROID * k + 1] !== 1) {
      throw new ConfigError("DIGEST_LOSSY", {
        what: `centroid ${k} stands for ${values[CENTROID * k + 1]} values`,
        why: "a digest keeps each of its values only while there are about as many as delta",
        mend: "read quantiles, or aggregate again with a greater delta",
      });
    }
    out[k] = values[CENTROID * k]!;
  }
  return { offsets, values: out };
}

function fittingWidth(needed: number, bins: number, resolution: number, fit: TensorOptions["fit"]): number {
  let width = resolution;
  if (needed <= bins * width) return width;
  if (fit === "degrade_resolution") {
    while (needed > bins * width) width *= 2;
    return width;
  }
  if (fit === "collapse_bins") return 2 ** Math.ceil(Math.log2(needed / bins));
  throw new ConfigError("DIGEST_WINDOW", {
    what: `the values span ${needed}, and ${bins} bins of ${resolution} span ${bins * resolution}`,
    why: "the tails would be cut off",
    mend: "use more or wider bins, or fit: degrade_resolution",
  });
}

function halfToEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
