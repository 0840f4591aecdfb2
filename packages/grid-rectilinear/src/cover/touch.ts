/** Whether the true edge of a region touches a shard, where its straight pieces leave that open. */
import type { Crs } from "../crs/crs.js";
import type { Lattice } from "../lattice.js";
import {
  createProjector,
  distanceAside,
  middleOf,
  nearestTurn,
  quarterOf,
  type Projector,
  type Vertex,
} from "./projected-edge.js";
import { segmentMeets } from "./segment.js";
import type { Extent } from "./tile-probe.js";
import { pieceEnds, SAFETY, type Trace } from "./trace.js";

/** What is nearer than this part of the smaller side of a shard touches it: 76 micrometres for a side of 10 m. */
const TOUCH = 2 ** -17;

/** Whether a piece of the trace, followed along its great circle as closely as need be, touches a shard. */
export type TouchTest = (piece: number, extent: Extent) => boolean;

export function createTouchTest(trace: Trace, crs: Crs, lattice: Lattice): TouchTest {
  const least = TOUCH * Math.min(lattice.shardWidth * lattice.rx, lattice.shardHeight * lattice.ry);
  const project = createProjector(crs);
  return (piece, extent) => {
    const [start, end] = pieceEnds(trace, piece);
    return touches(start, end, trace.tolerance);

    /** @param stray how far the true edge may be from the straight line */
    function touches(from: Vertex, to: Vertex, stray: number): boolean {
      if (!segmentMeets(from.x, from.y, to.x, to.y, extent, stray)) return false;
      if (stray <= least || segmentMeets(from.x, from.y, to.x, to.y, extent, -stray)) return true;
      const middle = follow(middleOf(project, from, to), from, crs);
      if (!middle.valid) return true;
      const halved = Math.max(least, Math.min(stray / 2, measured(project, from, middle, to, crs)));
      return touches(from, middle, halved) || touches(middle, to, halved);
    }
  };
}

/** How far the halves of an edge may stray: a quarter of what it strays itself, were it an arc; twice that to be sure. */
function measured(project: Projector, from: Vertex, middle: Vertex, to: Vertex, crs: Crs): number {
  const quarter = follow(quarterOf(project, from, to), from, crs);
  if (!quarter.valid) return Infinity;
  return (SAFETY / 2) * Math.max(distanceAside(from, to, middle), distanceAside(from, to, quarter));
}

function follow(vertex: Vertex, before: Vertex, crs: Crs): Vertex {
  if (crs.geographic) vertex.x = nearestTurn(vertex.x, before.x);
  return vertex;
}
