/** Points of great circle edges in the plane of a CRS, and how straight an edge is there. */
import type { Crs } from "../crs/crs.js";

/** A point of an edge: unit vector and projected position. */
export interface Vertex {
  readonly ux: number;
  readonly uy: number;
  readonly uz: number;
  readonly valid: boolean;
  x: number;
  readonly y: number;
}

/** Projects directions, of any length but zero. */
export type Projector = (x: number, y: number, z: number) => Vertex;

const RADIAN = 180 / Math.PI;

export function createProjector(crs: Crs): Projector {
  const lonDeg = new Float64Array(1);
  const latDeg = new Float64Array(1);
  const px = new Float64Array(1);
  const py = new Float64Array(1);
  return (x, y, z) => {
    const length = Math.hypot(x, y, z);
    lonDeg[0] = Math.atan2(y, x) * RADIAN;
    latDeg[0] = Math.atan2(z, Math.hypot(x, y)) * RADIAN;
    crs.forward(lonDeg, latDeg, 1, px, py);
    const valid = Number.isFinite(px[0]) && Number.isFinite(py[0]);
    return {
      ux: x / length,
      uy: y / length,
      uz: z / length,
      valid,
      x: px[0]!,
      y: py[0]!,
    };
  };
}

/** The point in the middle of an edge. */
export function middleOf(project: Projector, start: Vertex, end: Vertex): Vertex {
  return project(start.ux + end.ux, start.uy + end.uy, start.uz + end.uz);
}

/** A point about a quarter along a short edge. */
export function quarterOf(project: Projector, start: Vertex, end: Vertex): Vertex {
  return project(3 * start.ux + end.ux, 3 * start.uy + end.uy, 3 * start.uz + end.uz);
}

/** A longitude in the turn that is nearest to another one. */
export function nearestTurn(longitude: number, reference: number): number {
  return longitude - 360 * Math.round((longitude - reference) / 360);
}

/** Distance of a point from the straight line between the ends of an edge, or from the one place where both are. */
export function distanceAside(start: Vertex, end: Vertex, point: Vertex): number {
  const dx = end.x - start.x;
  const dy = end.y - start.y;
  const px = point.x - start.x;
  const py = point.y - start.y;
  const length = Math.hypot(dx, dy);
  return length === 0 ? Math.hypot(px, py) : Math.abs(px * dy - py * dx) / length;
}

export function chordOf(a: Vertex, b: Vertex): number {
  return Math.hypot(a.ux - b.ux, a.uy - b.uy, a.uz - b.uz);
}
