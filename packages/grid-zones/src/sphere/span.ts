/** Intervals of longitude: eastward from `west`, `width` degrees, at most 360. */

export interface Span {
  readonly west: number;
  readonly width: number;
}

export const WHOLE_CIRCLE: Span = { west: -180, width: 360 };

/** Degrees eastward from `west` to `lon`, in [0, 360). */
export function eastward(west: number, lon: number): number {
  const turned = (lon - west) % 360;
  return turned < 0 ? Math.max(0, turned + 360) % 360 : turned;
}

/** The narrowest span that holds all, as the complement of the widest gap between them. */
export function hullOf(spans: readonly Span[]): Span {
  const sorted = [...spans].sort((a, b) => a.west - b.west);
  let reach = sorted.reduce((farthest, span) => Math.max(farthest, span.west + span.width), -Infinity) - 360;
  let gap = 0;
  let west = WHOLE_CIRCLE.west;
  for (const span of sorted) {
    if (span.west - reach > gap) {
      gap = span.west - reach;
      west = span.west;
    }
    reach = Math.max(reach, span.west + span.width);
  }
  return gap === 0 ? WHOLE_CIRCLE : { west, width: 360 - gap };
}
