/** Synthetic footprints of a polar orbiter: narrow swaths along great circles that pass 4° from the poles. */
import type { Region } from "@zagg/core";
import { cross, lonLatOf, ringOf, unit, vectorOf, type Vector } from "./spherical-oracle.js";

const HALF_WIDTH_RAD = 5e-4;
const HALF_LENGTH_RAD = 0.25;
const STEPS = 9;

/** The k-th of n footprints whose middle is the pass closest to the south pole, spread evenly around it. */
export function polarSwath(k: number, n: number): Region {
  const middle = vectorOf((360 * k) / n, -86);
  const ahead = unit(cross([0, 0, 1], middle));
  const side = cross(middle, ahead);
  const at = (step: number, offset: number): readonly [number, number] => {
    const along = ((2 * step) / (STEPS - 1) - 1) * HALF_LENGTH_RAD;
    const point = [0, 1, 2].map(
      (i) => Math.cos(along) * middle[i]! + Math.sin(along) * ahead[i]! + offset * side[i]!,
    ) as unknown as Vector;
    return lonLatOf(unit(point));
  };
  const steps = Array.from({ length: STEPS }, (_, step) => step);
  return [
    [
      ringOf(
        ...steps.map((step) => at(step, -HALF_WIDTH_RAD)),
        ...steps.reverse().map((step) => at(step, HALF_WIDTH_RAD)),
      ),
    ],
  ];
}
