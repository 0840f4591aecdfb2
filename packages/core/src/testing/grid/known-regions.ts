/** Regions around points of the scene, of the sizes of its shards and larger, of which it is known which points they hold. */
import fc from "fast-check";
import type { Region, Ring } from "../../geometry.js";
import { NO_ID } from "../../grid.js";
import { pointText } from "../points.js";
import { lonLatOf, pointAround, vectorOf, type LonLat, type Vector } from "../sphere.js";
import { outlinedShards } from "./outlined-shards.js";
import { medianRadiusDeg, pointAt, type GridScene } from "./scene.js";

/** A region whose inside is known. */
export interface KnownRegion {
  readonly region: Region;
  /** Points that are in it for certain. */
  readonly inside: readonly LonLat[];
  readonly text: string;
}

/**
 * How far towards its sides a region is filled with points. Edges are great circles of the sphere, and a grid may take
 * them on the authalic one, which moves them by less than this part.
 */
const FILLED = 0.98;
/** Regions wider than this are tried as rings that leave a hole, or as ones that do not fit in a hemisphere. */
const MAX_RADIUS_DEG = 40;
/** Sizes of regions, in parts of the radius of a shard. */
const SIZES = [0.003, 0.05, 0.4, 1, 2.2] as const;
/** Outer radius of a region around a wide hole: in parts of the radius of a shard, and at most, in degrees. */
const HOLED_SIZE = 8;
const HOLED_MAX_DEG = 80;
/** The hole in it, of its outer radius. */
const WIDE_HOLE = 0.7;
/** Corners of a ring larger than a hemisphere, and how far they lie to either side of a great circle, in degrees. */
const LARGE_CORNERS = 12;
const LARGE_SWING_DEG = 15;
/** What such a ring holds for certain around its middle, in degrees, and how far from it everything else is. */
const LARGE_REACH_DEG = 70;
/** Shards smaller than this, in degrees, are too many for it: a derived grid of larger ones meets such rings. */
const LARGE_LEAST_DEG = 3;

/** How a region writes its longitudes, and its rings their ends. */
const SPELLINGS = ["-180 to 180", "0 to 360", "180 to 540", "-540 to -180", "without a jump"] as const;
type Spelling = (typeof SPELLINGS)[number];

export function createKnownRegions(scene: GridScene): readonly KnownRegion[] {
  const { grid, points, shards, keys, seed, numRuns } = scene;
  const shardRadius = medianRadiusDeg(outlinedShards(grid, keys));
  const inside = [...shards.keys()].filter((i) => shards[i] !== NO_ID);
  if (inside.length === 0) return [];
  const nearMeridian = inside.filter((i) => Math.abs(points.lonDeg[i]!) > 179);
  const pickFrom = nearMeridian.length === 0 ? [inside] : [inside, inside, nearMeridian];
  const samples = fc.sample(shapes, { seed, numRuns: Math.max(LEAST_REGIONS, Math.ceil(numRuns / 2)) });
  return samples.map((shape, k) => {
    const among = pickFrom[k % pickFrom.length]!;
    const centreOf = (pick: number): LonLat => pointAt(points, among[(pick + 31 * k) % among.length]!);
    // Every kind meets every spelling.
    const spelling = SPELLINGS[(k + Math.floor(k / KINDS.length)) % SPELLINGS.length]!;
    const wanted = KINDS[k % KINDS.length]!;
    const kind = wanted === "large" && shardRadius < LARGE_LEAST_DEG ? "plain" : wanted;
    return spelled(madeRegion(kind, shape, shardRadius, centreOf), shape.closed, spelling);
  });
}

const LEAST_REGIONS = 25;

/** Kinds of regions; the plain one is the most frequent. */
const KINDS = ["plain", "holed", "plain", "two polygons", "large"] as const;

const angle = fc.double({ min: 0, max: 360, noNaN: true });
const part = fc.double({ min: 0, max: 1, noNaN: true });
const shapes = fc.record({
  pick: fc.nat(),
  otherPick: fc.nat(),
  size: fc.constantFrom(...SIZES),
  corners: fc.integer({ min: 3, max: 8 }),
  directionDeg: angle,
  clockwise: fc.boolean(),
  holed: fc.boolean(),
  closed: fc.boolean(),
  spots: fc.array(fc.tuple(part, angle), { minLength: 12, maxLength: 12 }),
});
type Shape = typeof shapes extends fc.Arbitrary<infer T> ? T : never;

function madeRegion(
  kind: (typeof KINDS)[number],
  shape: Shape,
  shardRadius: number,
  centreOf: (pick: number) => LonLat,
): KnownRegion {
  const centre = centreOf(shape.pick);
  const radiusDeg = Math.min(MAX_RADIUS_DEG, shardRadius * shape.size);
  if (kind === "large") return largeRegion(centre, shape);
  if (kind === "holed") {
    const outer = Math.min(HOLED_MAX_DEG, shardRadius * HOLED_SIZE);
    return polygonAround(centre, outer, WIDE_HOLE * outer, { ...shape, corners: 8 });
  }
  const first = polygonAround(centre, radiusDeg, shape.holed ? radiusDeg * 0.2 : 0, shape);
  if (kind === "plain") return first;
  const second = polygonAround(centreOf(shape.otherPick), radiusDeg, 0, shape);
  return {
    region: [...first.region, ...second.region],
    inside: [...first.inside, ...second.inside],
    text: `${first.text}, and ${second.text}`,
  };
}

function polygonAround(centre: LonLat, radiusDeg: number, innerDeg: number, shape: Shape): KnownRegion {
  const at = vectorOf(centre);
  const { corners, directionDeg, clockwise } = shape;
  const outer = ringAround(at, radiusDeg, corners, directionDeg, clockwise);
  const hole = ringAround(at, innerDeg, corners, directionDeg, !clockwise);
  const reachDeg = apothemDeg(radiusDeg, corners) * FILLED;
  const fromDeg = innerDeg / FILLED;
  const spots = [[innerDeg > 0 ? 0.5 : 0, 0] as const, [1, directionDeg] as const, ...shape.spots];
  return {
    region: [innerDeg > 0 ? [outer, hole] : [outer]],
    inside: spots.map(([part, direction]) =>
      lonLatOf(pointAround(at, fromDeg + (reachDeg - fromDeg) * part, direction)),
    ),
    text: `the ${corners} corners ${radiusDeg} degrees around ${pointText(centre)}${innerDeg > 0 ? ` but for ${innerDeg} degrees` : ""}`,
  };
}

/** A ring that swings around a great circle, and so fits in no hemisphere: it holds the side of its centre, to its left. */
function largeRegion(centre: LonLat, { directionDeg, spots }: Shape): KnownRegion {
  const at = vectorOf(centre);
  const vertices = Array.from({ length: LARGE_CORNERS }, (_, k) =>
    lonLatOf(
      pointAround(
        at,
        90 + (k % 2 === 0 ? 1 : -1) * LARGE_SWING_DEG,
        directionDeg + (360 * k) / LARGE_CORNERS,
      ),
    ),
  );
  return {
    region: [[ringOf(vertices)]],
    inside: spots.map(([part, direction]) => lonLatOf(pointAround(at, LARGE_REACH_DEG * part, direction))),
    text: `a ring larger than a hemisphere to the left of which lies ${pointText(centre)}`,
  };
}

/** The same region with its longitudes and the ends of its rings written in another way. */
function spelled({ region, inside, text }: KnownRegion, closed: boolean, spelling: Spelling): KnownRegion {
  return {
    region: region.map((polygon) => polygon.map((ring) => spelledRing(ring, closed, spelling))),
    inside,
    text: `${text}, longitudes ${spelling}${closed ? ", rings closed" : ""}`,
  };
}

function spelledRing({ lonDeg, latDeg }: Ring, closed: boolean, spelling: Spelling): Ring {
  const spell: Record<Spelling, (lon: number) => number> = {
    "-180 to 180": (lon) => lon,
    "0 to 360": (lon) => (lon < 0 ? lon + 360 : lon),
    "180 to 540": (lon) => lon + 360,
    "-540 to -180": (lon) => lon - 360,
    "without a jump": (lon) => lon,
  };
  const lon = lonDeg.map(spell[spelling]);
  if (spelling === "without a jump") {
    for (let i = 1; i < lon.length; i++) lon[i]! += 360 * Math.round((lon[i - 1]! - lon[i]!) / 360);
  }
  if (!closed) return { lonDeg: lon, latDeg };
  return {
    lonDeg: Float64Array.of(...lon, lon[0]!),
    latDeg: Float64Array.of(...latDeg, latDeg[0]!),
  };
}

function ringAround(
  centre: Vector,
  radiusDeg: number,
  corners: number,
  directionDeg: number,
  clockwise: boolean,
): Ring {
  return ringOf(
    Array.from({ length: corners }, (_, k) =>
      lonLatOf(pointAround(centre, radiusDeg, directionDeg + ((clockwise ? -1 : 1) * 360 * k) / corners)),
    ),
  );
}

function ringOf(vertices: readonly LonLat[]): Ring {
  return {
    lonDeg: Float64Array.from(vertices, ({ lonDeg }) => lonDeg),
    latDeg: Float64Array.from(vertices, ({ latDeg }) => latDeg),
  };
}

/** From the centre of a regular polygon on the sphere to the middle of its sides. */
function apothemDeg(radiusDeg: number, corners: number): number {
  return (Math.atan(Math.tan((radiusDeg * Math.PI) / 180) * Math.cos(Math.PI / corners)) * 180) / Math.PI;
}
