/** A polygon of the sphere, prepared: whether it holds a point, in time that hardly grows with its vertices. */
import type { Polygon } from "@zagg/core";
import { solidAngleOf } from "./area.js";
import { arcsOf, crossesBelow, isSeam, type Arcs } from "./arcs.js";
import { arcColumns, columnAt, DEGREE_SLACK, type ArcColumns } from "./arc-columns.js";
import { readRings, type ReadRing } from "./ring-vertices.js";
import { hullOf, WHOLE_CIRCLE, type Span } from "./span.js";
import { wrapLongitude } from "./longitude.js";
import { piecesOf, type Piece } from "./walk-ring.js";

export interface SolidPolygon {
  readonly arcs: Arcs;
  readonly columns: ArcColumns;
  /** Whether what lies on the lower rim of the cylinder is inside, seams not counted. */
  readonly holdsRim: boolean;
  /** Bounds; a span wider than the polygon by {@link DEGREE_SLACK} on either side. */
  readonly span: Span;
  readonly south: number;
  readonly north: number;
  /** Steradians. */
  readonly solidAngle: number;
}

interface PreparedRing {
  readonly pieces: readonly Piece[];
  readonly holdsRim: boolean;
  readonly solidAngle: number;
}

/**
 * @param owner whose polygon it is, for messages
 * @throws GeometryError `GEOMETRY_RING`, `GEOMETRY_COORDINATE`, `GEOMETRY_EDGE`, `GEOMETRY_CROSSING`
 */
export function preparePolygon(polygon: Polygon, owner: string): SolidPolygon {
  const rings = readRings(polygon, owner).map(prepareRing);
  const arcs = arcsOf(rings.flatMap(({ pieces }) => pieces));
  const holdsRim = rings.reduce((odd, ring) => odd !== ring.holdsRim, false);
  const [outer = 0, ...holes] = rings.map(({ solidAngle }) => solidAngle);
  const probe = { arcs, columns: arcColumns(arcs, WHOLE_CIRCLE, 1), holdsRim };
  const holdsNorth = polygonHolds(probe, 0, 90, 0, 0, 1);
  const holdsSouth = polygonHolds(probe, 0, -90, 0, 0, -1);
  const span =
    holdsNorth || holdsSouth ? WHOLE_CIRCLE : hullOf(rings.flatMap(({ pieces }) => spanOfPieces(pieces)));
  const souths = arcs.south.filter((_, i) => !isSeam(arcs, i));
  return {
    arcs,
    columns: arcColumns(arcs, span),
    holdsRim,
    span,
    south: holdsSouth ? -90 : souths.reduce((least, south) => Math.min(least, south), 90),
    north: holdsNorth ? 90 : arcs.north.reduce((most, north) => Math.max(most, north), -90),
    solidAngle: Math.abs(holes.reduce((left, hole) => left - hole, outer)),
  };
}

/**
 * Whether a polygon holds a point: the parity of the arcs on the meridian from the point to the south pole.
 * @param lon in [-180, 180), 0 at a pole
 */
export function polygonHolds(
  { arcs, columns, holdsRim }: Pick<SolidPolygon, "arcs" | "columns" | "holdsRim">,
  lon: number,
  lat: number,
  x: number,
  y: number,
  z: number,
): boolean {
  const { starts, list } = columns;
  const column = columnAt(columns, lon);
  const stop = starts[column + 1]!;
  let inside = holdsRim;
  for (let k = starts[column]!; k < stop; k++) {
    const arc = list[k]!;
    // The arcs of a column ascend by their southern bounds.
    if (lat < arcs.south[arc]!) break;
    if (crossesBelow(arcs, arc, lon, lat, x, y, z)) inside = !inside;
  }
  return inside;
}

function prepareRing({ vertices, known }: ReadRing): PreparedRing {
  const pieces = piecesOf(vertices);
  const arcs = arcsOf(pieces);
  const { lon, lat, vector, inside } = known;
  let holdsRim = inside;
  for (let i = 0; i < arcs.count; i++) {
    if (crossesBelow(arcs, i, lon, lat, ...vector)) holdsRim = !holdsRim;
  }
  return { pieces, holdsRim, solidAngle: solidAngleOf(pieces, holdsRim) };
}

/** The longitudes that a ring passes over: all when it goes around a pole. */
function spanOfPieces(pieces: readonly Piece[]): Span | [] {
  if (pieces.length === 0) return [];
  const origin = pieces[0]!.from.lon;
  let turned = 0;
  let least = 0;
  let most = 0;
  for (const { turn } of pieces) {
    turned += turn;
    least = Math.min(least, turned);
    most = Math.max(most, turned);
  }
  const width = most - least + 2 * DEGREE_SLACK;
  if (width >= 360) return WHOLE_CIRCLE;
  return { west: wrapLongitude(origin + least - DEGREE_SLACK), width };
}
