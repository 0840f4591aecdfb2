/** The most frequent value. */
import { perCell } from "@zagg/core";

/** NaN counts as a value of its own; of values that are as frequent the least is taken, NaN last. */
export const mode = perCell(
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
