/** Straight pieces and rectangles. */
import type { Extent } from "./tile-probe.js";

/**
 * Whether a segment meets a rectangle that is widened on all sides, or narrowed when `by` is negative; both with their
 * edges. A rectangle that vanishes meets nothing.
 */
export function segmentMeets(
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  extent: Extent,
  by: number,
): boolean {
  const xmin = extent.xmin - by;
  const xmax = extent.xmax + by;
  const ymin = extent.ymin - by;
  const ymax = extent.ymax + by;
  if (xmin > xmax || ymin > ymax) return false;
  if (Math.max(x0, x1) < xmin || Math.min(x0, x1) > xmax) return false;
  if (Math.max(y0, y1) < ymin || Math.min(y0, y1) > ymax) return false;
  const dx = x1 - x0;
  const dy = y1 - y0;
  const a = (ymin - y0) * dx - (xmin - x0) * dy;
  const b = (ymin - y0) * dx - (xmax - x0) * dy;
  const c = (ymax - y0) * dx - (xmin - x0) * dy;
  const d = (ymax - y0) * dx - (xmax - x0) * dy;
  return !((a > 0 && b > 0 && c > 0 && d > 0) || (a < 0 && b < 0 && c < 0 && d < 0));
}
