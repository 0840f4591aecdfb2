/**
 * A ring as a closed curve on the cylinder of longitude and latitude: an edge that touches a pole becomes a piece of a
 * meridian, and the pole itself a seam along the rim of the cylinder, from the longitude it is reached by to that it is
 * left by.
 */
import { isPole, type Vertex } from "./ring-vertices.js";

/** One piece: from one longitude and latitude to another, `turn` degrees eastward, -180 < turn ≤ 180. */
export interface Piece {
  readonly from: Vertex;
  readonly to: Vertex;
  readonly turn: number;
  /** Whether it is the pole and not an edge. */
  readonly seam: boolean;
}

/** The pieces of a ring, none of whose edges joins opposite points. */
export function piecesOf(vertices: readonly Vertex[]): readonly Piece[] {
  const pieces: Piece[] = [];
  const count = vertices.length;
  const at = (i: number) => vertices[(i + count) % count]!;
  for (let i = 0; i < count; i++) {
    const from = at(i);
    const to = at(i + 1);
    const fromPole = isPole(from);
    const toPole = isPole(to);
    if (fromPole) {
      // The seam of this pole, then the meridian that leaves it.
      const before = at(i - 1);
      pieces.push(seam(before.lon, to.lon, from.lat), meridian(to.lon, from.lat, to.lat));
    } else if (toPole) {
      pieces.push(meridian(from.lon, from.lat, to.lat));
    } else {
      pieces.push(...plainEdge(from, to));
    }
  }
  return pieces;
}

/** How far east of `from` the longitude `to` lies, degrees in (-180, 180]. */
export function turnBetween(from: number, to: number): number {
  const turn = to - from;
  if (turn > 180) return turn - 360;
  return turn <= -180 ? turn + 360 : turn;
}

function plainEdge(from: Vertex, to: Vertex): readonly Piece[] {
  const turn = turnBetween(from.lon, to.lon);
  if (turn !== 180) return [{ from, to, turn, seam: false }];
  const pole = from.lat + to.lat > 0 ? 90 : -90;
  return [meridian(from.lon, from.lat, pole), seam(from.lon, to.lon, pole), meridian(to.lon, pole, to.lat)];
}

function meridian(lon: number, fromLat: number, toLat: number): Piece {
  return { from: { lon, lat: fromLat }, to: { lon, lat: toLat }, turn: 0, seam: false };
}

function seam(fromLon: number, toLon: number, lat: number): Piece {
  return {
    from: { lon: fromLon, lat },
    to: { lon: toLon, lat },
    turn: turnBetween(fromLon, toLon),
    seam: true,
  };
}
