/** The edge of a region as straight pieces in the plane of a CRS. */
import { GeometryError } from "@zagg/core";
import type { Crs } from "../crs/crs.js";
import type { Lattice } from "../lattice.js";
import { chordOf, createProjector, middleOf, nearestTurn, quarterOf, type Vertex } from "./projected-edge.js";

/** Straight pieces, four numbers each: x and y of both ends (a point when they coincide). */
export interface Trace {
  readonly pieces: Float64Array;
  /** The same ends on the unit sphere, six numbers per piece. */
  readonly arcs: Float64Array;
  /** The true edge is nowhere farther than this from its pieces, in CRS units. */
  readonly tolerance: number;
}

/** A piece strays from the great circle by at most this part of the smaller side of a shard. */
const STRAY = 1 / 512;
/** Between test points the edge may stray twice as far. */
export const SAFETY = 2;
/** How unevenly a piece may run along the edge, as a part of its length. */
const UNEVEN = 0.1;
/** No piece is longer on the sphere: beyond, a projection need not be smooth. */
const LONGEST_RAD = Math.PI / 180;
/** Where neither end can be projected, the search for a part that can be stops here. */
const BLIND_RAD = LONGEST_RAD / 8;
/** A jump over less than this (0.6 mm on the ground) is a seam of the projection, such as its antimeridian. */
const SEAM_RAD = 1e-10;
/**
 * Every vertex is moved by this much (60 micrometres on the ground) in one oblique direction, so that an edge that runs
 * along a seam stands on one side of it, instead of changing sides with every rounding error.
 */
const NUDGE = [0.53e-11, 0.61e-11, 0.59e-11] as const;
const MAX_PIECES = 4_000_000;

/**
 * Projects the great circle edges of rings, halving each until its pieces are straight to within the tolerance. Pieces
 * that cannot meet the lattice are left out. At seams the edge is cut; in geographic coordinates it goes on past
 * ±180, with a copy for each turn that the lattice covers.
 *
 * @throws GeometryError `GRID_COVERAGE_LIMIT`
 */
export function traceRings(rings: readonly Float64Array[], crs: Crs, lattice: Lattice): Trace {
  const side = Math.min(lattice.shardWidth * lattice.rx, lattice.shardHeight * lattice.ry);
  const stray = side * STRAY;
  const tolerance = SAFETY * stray;
  const pieces: number[] = [];
  const arcs: number[] = [];
  const project = createProjector(crs);
  const emit = createEmitter(crs, lattice, tolerance, pieces, arcs);
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i += 3) {
      const j = (i + 3) % ring.length;
      traceArc(vertexAt(ring, i), vertexAt(ring, j));
    }
  }
  return { pieces: Float64Array.from(pieces), arcs: Float64Array.from(arcs), tolerance };

  function vertexAt(ring: Float64Array, at: number): Vertex {
    const [x, y, z] = [ring[at]!, ring[at + 1]!, ring[at + 2]!];
    return project(x + NUDGE[0], y + NUDGE[1], z + NUDGE[2]);
  }

  function traceArc(start: Vertex, end: Vertex): void {
    const angle = chordOf(start, end);
    const middle = middleOf(project, start, end);
    if (crs.geographic) follow(start, middle, end);
    if (angle < SEAM_RAD) {
      emit(start, start);
      emit(end, end);
      return;
    }
    if (angle <= LONGEST_RAD) {
      if (!start.valid && !end.valid && !middle.valid && angle <= BLIND_RAD) return;
      if (start.valid && end.valid && middle.valid) {
        if (isFar(start, middle, end, crs, lattice)) return;
        const quarter = quarterOf(project, start, end);
        if (crs.geographic) quarter.x = nearestTurn(quarter.x, start.x);
        if (isStraight(start, end, middle, 0.5, stray) && isStraight(start, end, quarter, 0.25, stray)) {
          emit(start, end);
          return;
        }
      }
    }
    traceArc(start, middle);
    traceArc(middle, end);
  }
}

function createEmitter(crs: Crs, lattice: Lattice, tolerance: number, pieces: number[], arcs: number[]) {
  const { xmin, xmax, ymin, ymax } = lattice;
  return (start: Vertex, end: Vertex): void => {
    if (!start.valid || !end.valid) return;
    if (Math.max(start.y, end.y) < ymin - tolerance || Math.min(start.y, end.y) > ymax + tolerance) return;
    const low = Math.min(start.x, end.x) - tolerance;
    const high = Math.max(start.x, end.x) + tolerance;
    const first = crs.geographic ? Math.ceil((xmin - high) / 360) : 0;
    const last = crs.geographic ? Math.floor((xmax - low) / 360) : 0;
    if (!crs.geographic && (high < xmin || low > xmax)) return;
    for (let turn = first; turn <= last; turn++) {
      pieces.push(start.x + 360 * turn, start.y, end.x + 360 * turn, end.y);
      arcs.push(start.ux, start.uy, start.uz, end.ux, end.uy, end.uz);
    }
    if (pieces.length > 4 * MAX_PIECES) throw tooManyPieces();
  };
}

/** The ends of a piece. */
export function pieceEnds({ pieces, arcs }: Trace, piece: number): readonly [Vertex, Vertex] {
  const end = (k: 0 | 1): Vertex => ({
    ux: arcs[6 * piece + 3 * k]!,
    uy: arcs[6 * piece + 3 * k + 1]!,
    uz: arcs[6 * piece + 3 * k + 2]!,
    valid: true,
    x: pieces[4 * piece + 2 * k]!,
    y: pieces[4 * piece + 2 * k + 1]!,
  });
  return [end(0), end(1)];
}

/** Longitudes of the middle and the end, in the turn that is nearest to the one before. */
function follow(start: Vertex, middle: Vertex, end: Vertex): void {
  middle.x = nearestTurn(middle.x, start.x);
  end.x = nearestTurn(end.x, middle.x);
}

/**
 * Whether a point of an edge is on the straight piece between its ends, as far along as it is on the sphere: a piece
 * across a seam comes back over itself.
 */
function isStraight(start: Vertex, end: Vertex, point: Vertex, part: number, stray: number): boolean {
  const dx = end.x - start.x;
  const dy = end.y - start.y;
  const length = Math.hypot(dx, dy);
  const px = point.x - start.x;
  const py = point.y - start.y;
  if (length <= stray) return Math.hypot(px, py) <= stray;
  const along = (px * dx + py * dy) / length;
  const aside = (px * dy - py * dx) / length;
  return Math.abs(aside) <= stray && Math.abs(along - part * length) <= UNEVEN * length;
}

/** True when an edge through three points is farther from the lattice than it is long, counting every turn. */
function isFar(start: Vertex, middle: Vertex, end: Vertex, crs: Crs, lattice: Lattice): boolean {
  const length =
    Math.hypot(middle.x - start.x, middle.y - start.y) + Math.hypot(end.x - middle.x, end.y - middle.y);
  const { xmin, xmax, ymin, ymax } = lattice;
  return [start, middle, end].every(({ x, y }) => {
    const beside = crs.geographic ? 0 : Math.max(xmin - x, 0, x - xmax);
    return Math.hypot(beside, Math.max(ymin - y, 0, y - ymax)) > 2 * length;
  });
}

function tooManyPieces(): GeometryError {
  return new GeometryError("GRID_COVERAGE_LIMIT", {
    what: `the edge of the region needs more than ${MAX_PIECES} straight pieces`,
    why: "its pieces are straight to within a 512th of a shard, and the shards are very small beside the region",
    mend: "use a larger chunk_shape or a smaller region",
  });
}
