/**
 * The outline of a granule from its points, in the order in which they were measured. Points that follow a great circle become one
 * run: a direction from its start is kept as long as it passes all points of the run within a tolerance (the sleeve of Zhao &
 * Saalfeld 1997, on the sphere). Around each run stands a rectangle, wider and longer than it by the margin, which holds its points.
 */
import { CatalogError, type JsonObject } from "@zagg/core";
import {
  add,
  angle,
  cross,
  dot,
  lonLatOf,
  moved,
  perpendicular,
  plainVectorOf,
  unit,
  type Vector,
} from "@zagg/sphere";

export interface TrackOutline {
  /** Adds points of the group that is being read; what is no place on the globe is passed over. */
  add(lonDeg: ArrayLike<number>, latDeg: ArrayLike<number>): void;
  /** The next points belong to another group. */
  endGroup(): void;
  /**
   * Polygons that hold every point.
   * @throws CatalogError `CATALOG_OUTLINE` when there was no place, or places follow no track
   */
  geometry(): JsonObject;
  /** How far the outline reaches beyond the runs, km: 0.5, or more when the points stray so much that runs would be too many. */
  marginKm(): number;
}

const EARTH_RADIUS_KM = 6371.0088;
const TOLERANCE_KM = 0.25;
/** Points farther apart (25 km) are no run: there is nothing measured between them. */
const GAP = 25 / EARTH_RADIUS_KM;
const MAX_RUN_RAD = 0.6;
const MAX_RUNS = 256;
const MAX_MARGIN_KM = 500;

/** A stretch of the track, and the directions from its start that pass all its points. */
interface Run {
  readonly start: Vector;
  end: Vector;
  reach: number;
  ahead: Vector | undefined;
  left: Vector;
  least: number;
  most: number;
}

type Ends = readonly [Vector, Vector];

export function createTrackOutline(): TrackOutline {
  let done: Ends[] = [];
  let run: Run | undefined;
  let tolerance = TOLERANCE_KM / EARTH_RADIUS_KM;
  let strayed = tolerance;

  const endRun = (): void => {
    if (run === undefined) return;
    done.push([run.start, run.end]);
    run = undefined;
    while (done.length > MAX_RUNS && strayed * EARTH_RADIUS_KM < MAX_MARGIN_KM) {
      tolerance *= 2;
      strayed += tolerance;
      done = coarser(done, tolerance);
    }
  };
  return {
    add(lonDeg, latDeg) {
      for (let i = 0; i < lonDeg.length; i++) {
        const lon = lonDeg[i]!;
        const lat = latDeg[i]!;
        if (!(Math.abs(lon) <= 360 && Math.abs(lat) <= 90)) continue;
        const place = plainVectorOf(lon, lat);
        if (run === undefined) run = runFrom(place);
        else if (!extend(run, place, tolerance)) {
          const from = angle(run.end, place) > GAP ? place : run.end;
          endRun();
          run = runFrom(from);
          extend(run, place, tolerance);
        }
      }
    },
    endGroup: endRun,
    geometry() {
      endRun();
      const margin = 2 * strayed;
      if (done.length === 0) throw noOutline("the granule has no valid place");
      if (margin * EARTH_RADIUS_KM > MAX_MARGIN_KM) throw noOutline("its places follow no track");
      const coordinates = done.map((ends) => [rectangle(ends, margin)]);
      return { type: "MultiPolygon", coordinates } as unknown as JsonObject;
    },
    marginKm: () => 2 * strayed * EARTH_RADIUS_KM,
  };
}

function runFrom(start: Vector): Run {
  return { start, end: start, reach: 0, ahead: undefined, left: start, least: -Infinity, most: Infinity };
}

/** Takes a place into the run; false, and nothing is changed, when it does not fit. */
function extend(run: Run, place: Vector, tolerance: number, gap = GAP): boolean {
  if (angle(run.end, place) > gap) return false;
  const away = angle(run.start, place);
  if (away > MAX_RUN_RAD || run.reach - away > tolerance) return false;
  if (away > tolerance) {
    if (run.ahead === undefined) {
      run.ahead = unit(add(place, run.start, -dot(place, run.start)));
      run.left = cross(run.start, run.ahead);
    }
    const bearing = Math.atan2(dot(place, run.left), dot(place, run.ahead));
    if (bearing < run.least || bearing > run.most) return false;
    const half = Math.asin(Math.min(1, Math.sin(tolerance) / Math.sin(away)));
    run.least = Math.max(run.least, bearing - half);
    run.most = Math.min(run.most, bearing + half);
  }
  run.reach = Math.max(run.reach, away);
  run.end = place;
  return true;
}

/** Runs joined where they follow each other within a tolerance. */
function coarser(runs: readonly Ends[], tolerance: number): Ends[] {
  const joined: Ends[] = [];
  let run: Run | undefined;
  for (const [start, end] of runs) {
    // Between the ends of a run there is no gap, however long it is.
    if (run !== undefined && extend(run, start, tolerance) && extend(run, end, tolerance, Infinity)) continue;
    if (run !== undefined) joined.push([run.start, run.end]);
    run = runFrom(start);
    if (!extend(run, end, tolerance, Infinity)) {
      joined.push([start, end]);
      run = undefined;
    }
  }
  if (run !== undefined) joined.push([run.start, run.end]);
  return joined;
}

/** Counter-clockwise around both ends, so far from them and from the great circle between. */
function rectangle([start, end]: Ends, margin: number): (readonly [number, number])[] {
  const along = angle(start, end) < 1e-12 ? perpendicular(start) : unit(add(end, start, -dot(end, start)));
  const left = cross(start, along);
  const length = angle(start, end);
  const corner = (at: number, side: number): readonly [number, number] =>
    lonLatOf(moved(moved(start, along, at), left, side));
  const first = corner(-margin, -margin);
  return [
    first,
    corner(length + margin, -margin),
    corner(length + margin, margin),
    corner(-margin, margin),
    first,
  ];
}

function noOutline(what: string): CatalogError {
  return new CatalogError("CATALOG_OUTLINE", {
    what,
    why: "the outline of a granule is drawn around the tracks of its points",
    mend: "check the coordinates that the configuration names, or build the shard map with --granules",
  });
}
