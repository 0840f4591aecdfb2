/** Where the shards of one grid lie among those of another, found out by points and outlines alone. */
import { NO_ID, type GridPlugin, type Region } from "@zagg/core";
import { add, chord, lonLatOf, unit, vectorOf, type Vector } from "@zagg/sphere";

/**
 * How a shard lies in the other grid. `same`: it is one of its shards. `within`: it is a part of one. `split`: whole
 * shards of the other make it up. `across`: it shares an area with some, or may.
 */
export type Relation = "same" | "within" | "split" | "across";

/** The shards of the other grid that share an area with a shard, or may: none is left out. */
export interface Overlap {
  readonly relation: Relation;
  readonly keys: readonly bigint[];
}

/** How far corners of an outline are moved towards its middle, of the way: past rounding, and far less than a cell. */
const INSET = 2 ** -16;
/** Points looked at on each edge, beside its corners, and how far inside they are, in lengths of the edge. */
const POINTS_AN_EDGE = 4;
const EDGE_INSET = 1 / 16;

/**
 * Finds overlaps of shards of `from` with shards of `to`. A shard lies in another when its middle does, the corners of
 * its outline, moved inwards by a 65,536th of its size, and points along each edge, moved inwards by a 16th of the edge.
 * Neighbours that merely share an edge are told from overlaps by that, and are kept whenever it cannot be shown: a shard
 * whose outline does not hold its own points, or lies in several, overlaps all that its outline touches, but for those
 * that lie in another shard of `from`.
 */
export function createOverlaps(from: GridPlugin, to: GridPlugin): (key: bigint) => Overlap {
  const owners = new Map<bigint, bigint | undefined>();
  /** The shard of `from` that a shard of `to` lies in. */
  const ownerOf = (key: bigint): bigint | undefined => {
    if (!owners.has(key)) owners.set(key, homeOf(key, to, from));
    return owners.get(key);
  };
  return (key) => {
    const home = homeOf(key, from, to);
    if (home !== undefined) {
      return { relation: ownerOf(home) === key ? "same" : "within", keys: [home] };
    }
    const outline = from.shardFootprint(key);
    if (outline.length === 0) return { relation: "across", keys: [] };
    const touched = Array.from(to.coverer(outline).shardKeys);
    const keys = touched.filter((other) => (ownerOf(other) ?? key) === key);
    return { relation: keys.every((other) => ownerOf(other) === key) ? "split" : "across", keys };
  };
}

/** The shard of `others` in which a shard of `own` lies; undefined when it cannot be shown to lie in one. */
export function homeOf(key: bigint, own: GridPlugin, others: GridPlugin): bigint | undefined {
  const points = innerPoints(own.shardFootprint(key));
  const ownKeys = keysOf(own, points);
  const needed = ownKeys.subarray(0, points.needed);
  if (needed.length === 0 || needed.some((found) => found !== key)) return undefined;
  // Where an outline is notched, inwards is not towards the middle: such points tell nothing.
  const keys = keysOf(others, points).filter((_other, i) => ownKeys[i] === key);
  const first = keys[0]!;
  return first !== NO_ID && keys.every((other) => other === first) ? first : undefined;
}

function keysOf(grid: GridPlugin, { lonDeg, latDeg }: InnerPoints): BigUint64Array {
  const keys = new BigUint64Array(lonDeg.length);
  grid.shardsOf(lonDeg, latDeg, keys);
  return keys;
}

interface InnerPoints {
  readonly lonDeg: Float64Array;
  readonly latDeg: Float64Array;
  /** So many come first that have to be inside: middles and corners. */
  readonly needed: number;
}

/** Points just inside the rings of a region, and the middle of each of its polygons. */
function innerPoints(region: Region): InnerPoints {
  const needed: Vector[] = [];
  const along: Vector[] = [];
  for (const polygon of region) {
    const rings = polygon.map(({ lonDeg: lon, latDeg: lat }) =>
      Array.from(lon, (lonOfVertex, i) => vectorOf(lonOfVertex, lat[i]!)),
    );
    const [outer] = rings;
    if (outer === undefined) continue;
    const middle = unit(outer.reduce((sum, vector) => add(sum, vector), [0, 0, 0]));
    needed.push(middle);
    rings.forEach((ring, index) => {
      // A hole is left by moving away from the middle.
      const inwards = index === 0 ? 1 : -1;
      ring.forEach((corner, i) => {
        const next = ring[(i + 1) % ring.length]!;
        const length = chord(corner, next);
        needed.push(between(corner, middle, inwards * INSET));
        if (length < INSET * chord(corner, middle)) return;
        for (let k = 1; k <= POINTS_AN_EDGE; k++) {
          const point = between(corner, next, k / (POINTS_AN_EDGE + 1));
          along.push(between(point, middle, (inwards * EDGE_INSET * length) / chord(point, middle)));
        }
      });
    });
  }
  const points = [...needed, ...along].map(lonLatOf);
  return {
    lonDeg: Float64Array.from(points, ([lon]) => lon),
    latDeg: Float64Array.from(points, ([, lat]) => lat),
    needed: needed.length,
  };
}

/** The point a part of the way from one to another; not of unit length. */
function between(a: Vector, b: Vector, part: number): Vector {
  return add(a, add(b, a, -1), part);
}
