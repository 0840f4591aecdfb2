/** The most frequent value. */
import { perCell, type AggregatorPlugin, type BoundDense, type Column, type JsonObject } from "@zagg/core";

const doubles = perCell(
  { name: "mode", aliases: ["most_frequent"], description: "Most frequent value; of several the least." },
  (values) => {
    const sorted = Float64Array.from(values).sort();
    let [best, most] = [NaN, 0];
    for (let start = 0; start < sorted.length;) {
      const value = sorted[start]! + 0;
      let stop = start + 1;
      while (
        stop < sorted.length &&
        (sorted[stop] === value || (value !== value && Number.isNaN(sorted[stop])))
      )
        stop++;
      if (stop - start > most) [best, most] = [value, stop - start];
      start = stop;
    }
    return best;
  },
);

/** NaN counts as a value of its own; of values that are as frequent the least is taken, NaN last. */
export const mode: AggregatorPlugin<JsonObject> = {
  ...doubles,
  integers: "exact",
  bind(request) {
    const bound = doubles.bind(request) as BoundDense;
    const source = bound.inputs[0]!;
    return {
      ...bound,
      aggregate(segments, out, outRest) {
        const rest = segments.rest?.(source) ?? null;
        if (rest === null) {
          bound.aggregate(segments, out);
          return;
        }
        const values = segments.column(source);
        const { cells, offsets } = segments;
        for (let cell = 0; cell < cells; cell++) {
          const [start, stop] = [offsets[cell]!, offsets[cell + 1]!];
          if (start === stop) continue;
          const row = mostFrequentRow(values, rest, start, stop);
          out[cell] = values[row]! + 0;
          if (outRest !== undefined) outRest[cell] = rest[row]!;
        }
      },
    };
  },
};

/** The first row of the most frequent integer of rows start … stop − 1. */
function mostFrequentRow(values: Column, rest: Int16Array, start: number, stop: number): number {
  const order = (a: number, b: number): number => {
    const [x, y] = [values[a]!, values[b]!];
    if (x !== x || y !== y) return Number(x !== x) - Number(y !== y);
    return x < y ? -1 : x > y ? 1 : rest[a]! - rest[b]!;
  };
  const rows = Int32Array.from({ length: stop - start }, (_, i) => start + i).sort(order);
  let [best, most] = [start, 0];
  for (let first = 0; first < rows.length;) {
    let next = first + 1;
    while (next < rows.length && order(rows[first]!, rows[next]!) === 0) next++;
    if (next - first > most) [best, most] = [rows[first]!, next - first];
    first = next;
  }
  return best;
}
