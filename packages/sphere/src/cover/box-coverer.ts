/** Coverage by shards that are boxes between two meridians and two parallels. */
import type { Region, ShardCoverer } from "@zagg/core";
import type { PreparedPolygon } from "../polygon/prepared-polygon.js";
import { vectorOf } from "../vector/unit-vectors.js";
import { chord, cross, dot, unit, type Vector } from "../vector/vector.js";
import { capSine } from "./cap-tree.js";
import { shapeCoverer, type ShardShape } from "./shape-coverer.js";

/** Degrees; from `west` eastward to `east`, which is at most 360 beyond it; a pole is the edge of every box that reaches it. */
export type LonLatBox = readonly [west: number, south: number, east: number, north: number];

/** The shards of a grid and their boxes. */
export interface BoxedShards {
  /** Of every shard, ascending. */
  readonly keys: BigUint64Array;
  boxOf(key: bigint): LonLatBox;
}

/** What is nearer than this touches, radians; some nanometres on the Earth, far above rounding. */
const TOUCH = 1e-15;

/** Covers the rounding of the chord of a cap. */
const SLACK = 1e-9;

/**
 * What `GridPlugin.coverer` has to be, for a grid whose shards are boxes of longitude and latitude. A box is met when it
 * has a point in common with a region, its edges included: parallels are followed as they are, not as great circles. At most some
 * hundred thousand shards.
 *
 * @example
 * const coverer = boxCoverer({ keys: BigUint64Array.of(0n, 1n), boxOf: (key) => key === 0n ? [0, 0, 10, 10] : [10, 0, 20, 10] });
 * coverer(region).shardKeys; // those that the region meets, ascending
 * coverer(region).cover(footprint); // Uint32Array of indices into them
 */
export function boxCoverer({ keys, boxOf }: BoxedShards): (region: Region) => ShardCoverer {
  return shapeCoverer(keys, (key) => boxShape(boxOf(key)));
}

function boxShape([west, south, east, north]: LonLatBox): ShardShape {
  const width = east > west ? Math.min(360, east - west) : east - west + 360;
  const middle = vectorOf(west + width / 2, (south + north) / 2);
  const corner = (lat: number): Vector => vectorOf(west, lat);
  // Of a box that is at most half the globe wide, no point is farther from the middle than the farthest corner.
  const reach = Math.max(chord(middle, corner(south)), chord(middle, corner(north))) + SLACK;
  const isWide = width > 180 || reach >= Math.SQRT2;
  const parallels = [south, north]
    .filter((lat) => Math.abs(lat) < 90)
    .map((lat) => Math.sin((lat * Math.PI) / 180));
  const meridians = width < 360 ? [vectorOf(west, 0), vectorOf(west + width, 0)] : [];
  const holdsLongitude = (lon: number): boolean => (((lon - west) % 360) + 360) % 360 <= width;
  const touchesLongitude = ([x, y]: Vector): boolean =>
    meridians.length === 0 ||
    holdsLongitude((Math.atan2(y, x) * 180) / Math.PI) ||
    meridians.some((m) => Math.abs(x * m[1] - y * m[0]) <= TOUCH && x * m[0] + y * m[1] >= 0);
  const [bottom, top] = [south, north].map((lat) => Math.sin((lat * Math.PI) / 180)) as [number, number];

  const startsInside = ({ lonDeg, latDeg }: PreparedPolygon, edge: number): boolean => {
    const lat = latDeg[edge]!;
    return lat >= south && lat <= north && (Math.abs(lat) === 90 || holdsLongitude(lonDeg[edge]!));
  };
  /** Whether the arc from a to b, with the normal n, passes a part of the box's parallel. */
  const crossesParallel = (sine: number, a: Vector, b: Vector, n: Vector): boolean => {
    const flat = n[0] * n[0] + n[1] * n[1];
    const left = flat - sine * sine;
    if (flat === 0 || left < -TOUCH) return false;
    const aside = Math.sqrt(Math.max(0, left));
    return [aside, -aside].some((t) => {
      const x = (-n[0] * n[2] * sine + n[1] * t) / flat;
      const y = (-n[1] * n[2] * sine - n[0] * t) / flat;
      const p: Vector = [x, y, sine];
      return dot(cross(n, a), p) >= -TOUCH && dot(cross(n, b), p) <= TOUCH && touchesLongitude(p);
    });
  };
  /** Whether the arc from a to b passes a part of the box's meridian. */
  const crossesMeridian = (m: Vector, a: Vector, b: Vector): boolean => {
    const before = a[1] * m[0] - a[0] * m[1];
    const after = b[1] * m[0] - b[0] * m[1];
    if ((before > TOUCH && after > TOUCH) || (before < -TOUCH && after < -TOUCH)) return false;
    const [s, t] = [Math.abs(after), Math.abs(before)];
    if (s + t === 0) return false;
    const [x, y, z] = unit([s * a[0] + t * b[0], s * a[1] + t * b[1], s * a[2] + t * b[2]]);
    return x * m[0] + y * m[1] >= -TOUCH && z >= bottom - TOUCH && z <= top + TOUCH;
  };

  return {
    writeCap(out, at) {
      const chordOf = isWide ? 2 : reach;
      out.set([...middle, capSine(chordOf), chordOf], at);
    },
    meets(polygon, { list, from, to }, _bounds, _at, holds) {
      if (holds) return true;
      const { vertices, next, normals } = polygon;
      for (let i = from; i < to; i++) {
        const edge = list[i]!;
        if (startsInside(polygon, edge)) return true;
        const a = vectorAt(vertices, edge);
        const b = vectorAt(vertices, next[edge]!);
        const n = vectorAt(normals, edge);
        if (parallels.some((sine) => crossesParallel(sine, a, b, n))) return true;
        if (meridians.some((meridian) => crossesMeridian(meridian, a, b))) return true;
      }
      return false;
    },
  };
}

function vectorAt(vectors: Float64Array, i: number): Vector {
  return [vectors[3 * i]!, vectors[3 * i + 1]!, vectors[3 * i + 2]!];
}
