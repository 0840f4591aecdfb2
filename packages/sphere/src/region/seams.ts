/** Edges of rings that are walked to and fro: seams of flat maps. */
import type { Ring } from "@zagg/core";

/** Whether two vertices are one place by their coordinates: longitudes at a pole say nothing, and −180 is 180. */
export function isSamePlace({ lonDeg, latDeg }: Ring, i: number, j: number): boolean {
  if (latDeg[i] !== latDeg[j]) return false;
  return lonDeg[i] === lonDeg[j] || Math.abs(latDeg[i]!) === 90 || Math.abs(lonDeg[i]! - lonDeg[j]!) === 360;
}

/** The ring without repeated vertices, and without its seams too. */
export function ringWithoutSeams(ring: Ring): { readonly whole: Ring; readonly trimmed: Ring } {
  const whole: number[] = [];
  const kept: number[] = [];
  for (let i = 0; i < ring.lonDeg.length; i++) {
    if (whole.length > 0 && isSamePlace(ring, whole.at(-1)!, i)) continue;
    whole.push(i);
    if (kept.length > 0 && isSamePlace(ring, kept.at(-1)!, i)) continue;
    if (kept.length > 1 && isSamePlace(ring, kept.at(-2)!, i)) kept.pop();
    else kept.push(i);
  }
  while (whole.length > 1 && isSamePlace(ring, whole[0]!, whole.at(-1)!)) whole.pop();
  trimEnds(kept, ring);
  return { whole: picked(ring, whole), trimmed: picked(ring, kept) };
}

/** Removes the closing vertex and what is walked to and fro across it. */
function trimEnds(kept: number[], ring: Ring): void {
  for (;;) {
    if (kept.length > 1 && isSamePlace(ring, kept[0]!, kept.at(-1)!)) kept.pop();
    else if (kept.length > 2 && isSamePlace(ring, kept[1]!, kept.at(-1)!)) kept.shift();
    else if (kept.length > 2 && isSamePlace(ring, kept[0]!, kept.at(-2)!)) kept.pop();
    else return;
  }
}

function picked({ lonDeg, latDeg }: Ring, places: readonly number[]): Ring {
  return {
    lonDeg: Float64Array.from(places, (i) => lonDeg[i]!),
    latDeg: Float64Array.from(places, (i) => latDeg[i]!),
  };
}
