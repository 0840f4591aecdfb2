/** Laws of seams, and of rings larger than a hemisphere: judged by places whose distance is known by construction. */
import { NO_ID } from "../../grid.js";
import { pointText } from "../points.js";
import { boundingCap, lonLatOf } from "../sphere.js";
import type { GridLaw } from "./law.js";
import { pointAt, type GridScene } from "./scene.js";
import { createSeamedRegions, type SeamedRegion } from "./seamed-regions.js";

const DEFAULT_SLACK = 0.05;
/** Covered shards of a region that are judged by their place. */
const JUDGED = 24;

export const seamLaws: readonly GridLaw[] = [
  {
    name: "covers what lies to the left of a ring larger than a hemisphere, whose seams count for nothing",
    check(scene) {
      const reachOf = reachOfShards(scene);
      return createSeamedRegions(scene).flatMap((seamed) => {
        const covered = scene.grid.coverer(seamed.region).shardKeys;
        return [...missing(scene, seamed, new Set(covered)), ...needless(seamed, covered, reachOf)];
      });
    },
  },
];

/** Places inside whose shard is not covered. */
function missing(
  { points, shards }: GridScene,
  { text, awayDeg, slackDeg }: SeamedRegion,
  covered: ReadonlySet<bigint>,
): string[] {
  return [...shards.keys()].flatMap((i) => {
    const place = pointAt(points, i);
    return shards[i] === NO_ID || covered.has(shards[i]!) || awayDeg(place) > -slackDeg
      ? []
      : [`a coverer of ${text} lacks shard ${shards[i]} of the point ${pointText(place)}`];
  });
}

/** Covered shards that lie outside, on a seam or not. */
function needless(
  { text, awayDeg, slackDeg }: SeamedRegion,
  covered: BigUint64Array,
  reachOf: ReturnType<typeof reachOfShards>,
): string[] {
  const stride = Math.max(1, Math.ceil(covered.length / JUDGED));
  return Array.from(covered)
    .filter((_key, k) => k % stride === 0)
    .flatMap((key) => {
      const reach = reachOf(key);
      if (reach === undefined) return [];
      const away = awayDeg(reach.middle) - slackDeg;
      return away <= reach.angleDeg
        ? []
        : [`a coverer of ${text} has shard ${key}, whose middle is ${away} degrees away`];
    });
}

/** The circle around a shard, and some more, by its key. */
function reachOfShards({ grid, options }: GridScene) {
  const known = new Map<
    bigint,
    { readonly middle: ReturnType<typeof lonLatOf>; readonly angleDeg: number } | undefined
  >();
  return (key: bigint) => {
    if (!known.has(key)) {
      const cap = boundingCap(grid.shardFootprint(key));
      const slack = 1 + (options.coverageSlack ?? DEFAULT_SLACK);
      known.set(key, cap && { middle: lonLatOf(cap.centre), angleDeg: cap.radiusDeg * slack });
    }
    return known.get(key);
  };
}
