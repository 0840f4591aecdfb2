// t-digests, waveform histograms and expressions, beside what one would write first for each.
import { builtins, compileExpression } from "@zagg/aggregators";
import { buildDigests } from "@zagg/aggregators/tdigest";
import { createRegistry } from "@zagg/core";
import { ratios, seconds, takeTurns } from "./rounds.mjs";
import { generator } from "./samples.mjs";

const DELTA = 256;
const BINS = 128;
const WAVEFORM =
  "np.histogram(h, 128, (chunk_offset - 27.0 * chunk_gain, chunk_offset + 101.0 * chunk_gain))[0].astype('uint32')";
const registry = createRegistry(builtins);
const scalar = { name: "f", kind: "scalar", resolution: "cell", dtype: "float64", declaredDtype: "float64" };
const field = { ...scalar, fillValue: NaN, trailingShape: [], innerShape: [], attributes: {} };

export async function benchSketches({ points, rounds }) {
  for (const rowsPerCell of [26, 76, 1_220]) {
    const cells = Math.max(1, Math.floor(Math.min(points, 1_000_000) / rowsPerCell));
    const rows = cells * rowsPerCell;
    const next = generator(9);
    const h = Float32Array.from({ length: rows }, () => 1500 + 40 * (next() + next() + next() - 1.5));
    const offsets = Int32Array.from({ length: cells + 1 }, (_, cell) => cell * rowsPerCell);
    console.log(`${rowsPerCell} points per cell, ${cells.toLocaleString("en-US")} cells`);
    const digests = {
      ours: () => seconds(() => buildDigests(h.slice(), offsets, DELTA)),
      "as defined": () => seconds(() => digestsAsDefined(h, offsets)),
    };
    ratios(`  t-digest, delta ${DELTA}`, rows, await takeTurns(digests, rounds), { cells });
    const segments = segmentsOf(h, offsets);
    const vector = registry.aggregator("expression").bind({
      field: { ...field, kind: "vector", trailingShape: [BINS] },
      source: undefined,
      params: { expression: WAVEFORM },
      columns: ["h"],
      chunkValues: ["chunk_offset", "chunk_gain"],
    });
    const waveforms = {
      ours: () => seconds(() => vector.aggregate(segments, new Float64Array(cells * BINS))),
      "plain loop": () => seconds(() => waveformsPlain(h, offsets)),
    };
    ratios("  waveform expression, 128 bins", rows, await takeTurns(waveforms, rounds), { cells });
    for (const [name, expression] of [
      ["mean", "np.mean(h)"],
      ["median", "np.median(h)"],
      ["max", "np.max(h)"],
      ["std", "np.std(h)"],
    ]) {
      const params = name === "std" ? { ddof: 0 } : {};
      const request = { field, source: "h", params, columns: ["h"], chunkValues: [] };
      const builtIn = registry.aggregator(name).bind(request);
      const compiled = compileExpression(expression, { columns: ["h"] });
      const contenders = {
        ours: () => seconds(() => compiled.evaluateCells(segmentsOf(h, offsets), new Float64Array(cells))),
        [`the built-in ${name}`]: () =>
          seconds(() => builtIn.aggregate(segmentsOf(h, offsets), new Float64Array(cells))),
      };
      ratios(`  ${expression}`, rows, await takeTurns(contenders, rounds));
    }
  }
  console.log();
}

function segmentsOf(h, offsets) {
  let scratch;
  const chunk = {
    chunk_offset: { dtype: "float32", shape: [], data: Float32Array.of(1_480) },
    chunk_gain: { dtype: "float32", shape: [], data: Float32Array.of(1) },
  };
  return {
    cells: offsets.length - 1,
    rows: h.length,
    offsets,
    column: () => h,
    scratch: () => (scratch ??= h.slice()),
    chunkValue: (name) => chunk[name],
  };
}

/** Value by value, a list per cell. */
function digestsAsDefined(h, offsets) {
  const k = (q) => DELTA * (Math.asin(2 * Math.min(1, Math.max(0, q)) - 1) / Math.PI + 0.5);
  const digests = [];
  for (let cell = 0; cell + 1 < offsets.length; cell++) {
    const v = Array.from(h.subarray(offsets[cell], offsets[cell + 1]))
      .filter(Number.isFinite)
      .sort((a, b) => a - b);
    const digest = [];
    let [mean, weight, left] = [v[0], 1, k(0)];
    for (let i = 1; i < v.length; i++) {
      if (k((i + 1) / v.length) - left <= 1) {
        mean += (v[i] - mean) / (weight + 1);
        weight++;
      } else {
        digest.push([Math.fround(mean), weight]);
        [mean, weight, left] = [v[i], 1, k(i / v.length)];
      }
    }
    digest.push([Math.fround(mean), weight]);
    digests.push(digest);
  }
  return digests;
}

/** A bin by one division, an array per cell. */
function waveformsPlain(h, offsets) {
  const found = [];
  const low = 1_480 - 27;
  for (let cell = 0; cell + 1 < offsets.length; cell++) {
    const counts = new Array(BINS).fill(0);
    for (let row = offsets[cell]; row < offsets[cell + 1]; row++) {
      const bin = Math.floor(h[row] - low);
      if (bin >= 0 && bin < BINS) counts[bin]++;
    }
    found.push(counts);
  }
  return found;
}
