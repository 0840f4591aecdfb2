/** Regions around points of the scene, of the sizes of its shards, filled with points. */
import fc from "fast-check";
import type { Region, Ring } from "../../geometry.js";
import { NO_ID } from "../../grid.js";
import { pointText } from "../points.js";
import { lonLatOf, pointAround, vectorOf, type LonLat, type Vector } from "../sphere.js";
import { outlinedShards } from "./outlined-shards.js";
import { pointAt, type GridScene } from "./scene.js";

/** A region whose inside is known: a polygon around a centre, perhaps with a hole. */
export interface KnownRegion {
  readonly region: Region;
  readonly centre: Vector;
  readonly radiusDeg: number;
  /** Points that are in it for certain. */
  readonly inside: readonly LonLat[];
  readonly text: string;
}

/**
 * How far towards its sides a region is filled with points. Edges are great circles of the sphere, and a grid may take
 * them on the authalic one, which moves them by less than this part.
 */
const FILLED = 0.98;
/** Regions wider than this are not tried, so that every ring fits well in a hemisphere. */
const MAX_RADIUS_DEG = 40;
/** Sizes of regions, in parts of the radius of a shard. */
const SIZES = [0.003, 0.05, 0.4, 1, 2.2] as const;

export function createKnownRegions(scene: GridScene): readonly KnownRegion[] {
  const { grid, points, shards, keys, seed, numRuns } = scene;
  const radii = outlinedShards(grid, keys).map(({ radiusDeg }) => radiusDeg);
  const shardRadius = radii.sort((a, b) => a - b)[radii.length >> 1] ?? 1;
  const inside = [...shards.keys()].filter((i) => shards[i] !== NO_ID);
  if (inside.length === 0) return [];
  const shape = fc.record({
    pick: fc.nat(),
    size: fc.constantFrom(...SIZES),
    corners: fc.integer({ min: 3, max: 8 }),
    directionDeg: fc.double({ min: 0, max: 360, noNaN: true }),
    clockwise: fc.boolean(),
    holed: fc.boolean(),
    spots: fc.array(
      fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 360, noNaN: true })),
      {
        minLength: 12,
        maxLength: 12,
      },
    ),
  });
  return fc.sample(shape, { seed, numRuns: Math.max(4, Math.ceil(numRuns / 2)) }).map((one) => {
    const point = pointAt(points, inside[one.pick % inside.length]!);
    const centre = vectorOf(point);
    const radiusDeg = Math.min(MAX_RADIUS_DEG, shardRadius * one.size);
    const innerDeg = one.holed ? radiusDeg * 0.2 : 0;
    const outer = ringAround(centre, radiusDeg, one.corners, one.directionDeg, one.clockwise);
    const hole = ringAround(centre, innerDeg, 4, one.directionDeg, !one.clockwise);
    const reachDeg = apothemDeg(radiusDeg, one.corners) * FILLED;
    const fromDeg = innerDeg / FILLED;
    const spots = [[one.holed ? 0 : -fromDeg, 0] as const, [1, one.directionDeg] as const, ...one.spots].map(
      ([part, direction]) => lonLatOf(pointAround(centre, fromDeg + (reachDeg - fromDeg) * part, direction)),
    );
    return {
      region: [one.holed ? [outer, hole] : [outer]],
      centre,
      radiusDeg,
      inside: spots,
      text: `the ${one.corners} corners ${one.holed ? "with a hole " : ""}${radiusDeg} degrees around ${pointText(point)}`,
    };
  });
}

function ringAround(
  centre: Vector,
  radiusDeg: number,
  corners: number,
  directionDeg: number,
  clockwise: boolean,
): Ring {
  const vertices = Array.from({ length: corners }, (_, k) =>
    lonLatOf(pointAround(centre, radiusDeg, directionDeg + ((clockwise ? -1 : 1) * 360 * k) / corners)),
  );
  return {
    lonDeg: Float64Array.from(vertices, ({ lonDeg }) => lonDeg),
    latDeg: Float64Array.from(vertices, ({ latDeg }) => latDeg),
  };
}

/** From the centre of a regular polygon on the sphere to the middle of its sides. */
function apothemDeg(radiusDeg: number, corners: number): number {
  return (Math.atan(Math.tan((radiusDeg * Math.PI) / 180) * Math.cos(Math.PI / corners)) * 180) / Math.PI;
}
