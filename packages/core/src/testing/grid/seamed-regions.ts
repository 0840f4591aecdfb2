/** Regions as flat maps write them: cut along a meridian and over a pole, and the outline of the whole globe with holes. */
import type { Region, Ring } from "../../geometry.js";
import { NO_ID } from "../../grid.js";
import { pointText } from "../points.js";
import { angleDeg, lonLatOf, pointAround, vectorOf, type LonLat } from "../sphere.js";
import { outlinedShards } from "./outlined-shards.js";
import { medianRadiusDeg, pointAt, type GridScene } from "./scene.js";

/** A region of which it is known how far away places are. */
export interface SeamedRegion {
  readonly region: Region;
  readonly text: string;
  /** How far outside a place is, degrees; of a place inside, how far from the edge, negative. */
  awayDeg(place: LonLat): number;
  /** How exact that is. */
  readonly slackDeg: number;
}

/** Meridians along which rings are cut. */
const MERIDIANS_DEG = [180, 0, 90, -137.5];
/** Between corners on a parallel, degrees: great circles stray from it by less than the slack. */
const STEP_DEG = 15;
const SLACK_DEG = 0.4;
/** Rings that are cut lie between these latitudes, on either side: not on the equator, and not beside a pole. */
const LEAST_LATITUDE_DEG = 5;
const MOST_LATITUDE_DEG = 70;
/** Radius and corners of holes. */
const HOLE_DEG = 35;
const HOLE_CORNERS = 24;
/** How far a hole larger than a hemisphere swings to both sides of the equator. */
const SWING_DEG = 15;
/** Shards smaller than this, in degrees, are too many for such regions: a derived grid of larger ones meets them. */
const LEAST_SHARD_DEG = 3;

export function createSeamedRegions({ grid, points, shards, keys }: GridScene): readonly SeamedRegion[] {
  const inside = [...shards.keys()].filter((i) => shards[i] !== NO_ID).map((i) => pointAt(points, i));
  if (inside.length === 0 || medianRadiusDeg(outlinedShards(grid, keys)) < LEAST_SHARD_DEG) return [];
  const latitudes = inside.map(({ latDeg }) => latDeg).sort((a, b) => a - b);
  const median = latitudes[latitudes.length >> 1]!;
  const fromEquator = Math.max(LEAST_LATITUDE_DEG, Math.min(MOST_LATITUDE_DEG, Math.abs(median)));
  const cut = median < 0 ? -fromEquator : fromEquator;
  const holed = [inside[0]!, { lonDeg: MERIDIANS_DEG[3]!, latDeg: cut }, { lonDeg: 0, latDeg: 90 }];
  return [
    ...MERIDIANS_DEG.flatMap((meridian, k) => cutRegions(meridian, cut, k % 2 === 0 ? 90 : -90)),
    ...holed.map((middle, k) => globeWithHole(MERIDIANS_DEG[3 - k]!, middle, k % 2 === 0)),
    globeWithLargeHole(),
  ];
}

/**
 * The ring around a parallel and over a pole, one way and the other: over the farther pole, what lies left of it; over the nearer one it
 * fits in a hemisphere, and is a cap either way.
 */
function cutRegions(meridian: number, cut: number, pole: 90 | -90): readonly SeamedRegion[] {
  const around = Array.from(
    { length: 360 / STEP_DEG + 1 },
    (_, k) => [meridian + STEP_DEG * k, cut] as const,
  );
  const ring = ringOf([...around, [meridian + 360, pole], [meridian, pole]]);
  const text = `the ring along latitude ${cut}, cut at longitude ${meridian}, over the pole ${pole}`;
  const isCap = (pole === 90) === cut > 0;
  const northOf = ({ latDeg }: LonLat): number => cut - latDeg;
  const southOf = ({ latDeg }: LonLat): number => latDeg - cut;
  return [true, false].map((eastward) => ({
    region: [[eastward ? ring : reversed(ring)]],
    text: `${text}, ${eastward ? "eastward" : "westward"}`,
    awayDeg: (isCap ? pole === 90 : eastward) ? northOf : southOf,
    slackDeg: SLACK_DEG,
  }));
}

/** From pole to pole along a meridian and back, which is all that the outline of a flat map is. */
function globe(meridian: number): Ring {
  return ringOf([
    [meridian, -90],
    [meridian + 360, -90],
    [meridian + 360, 90],
    [meridian, 90],
  ]);
}

function globeWithHole(meridian: number, middle: LonLat, clockwise: boolean): SeamedRegion {
  const at = vectorOf(middle);
  const corners = Array.from({ length: HOLE_CORNERS }, (_, k) =>
    lonLatOf(pointAround(at, HOLE_DEG, (360 * k) / HOLE_CORNERS)),
  );
  const outer = globe(meridian);
  const hole = ringOf(corners.map(({ lonDeg, latDeg }) => [lonDeg, latDeg] as const));
  return {
    region: [[clockwise ? reversed(outer) : outer, clockwise ? hole : reversed(hole)]],
    text: `the globe, cut at longitude ${meridian}, but for ${HOLE_DEG} degrees around ${pointText(middle)}`,
    awayDeg: (place) => HOLE_DEG - angleDeg(at, vectorOf(place)),
    slackDeg: SLACK_DEG + HOLE_DEG * (1 - Math.cos(Math.PI / HOLE_CORNERS)),
  };
}

/** A polygon lies to the left of a hole that fits in no hemisphere, too. */
function globeWithLargeHole(): SeamedRegion {
  const corners = Array.from(
    { length: 24 },
    (_, k) => [15 * k - 180, k % 2 === 0 ? SWING_DEG : -SWING_DEG] as const,
  );
  return {
    region: [[globe(180), ringOf(corners)]],
    text: "the globe but for what lies right of a ring around the equator, the south",
    awayDeg: ({ latDeg }) => -latDeg,
    slackDeg: SWING_DEG + SLACK_DEG,
  };
}

function ringOf(corners: readonly (readonly [lon: number, lat: number])[]): Ring {
  return {
    lonDeg: Float64Array.from(corners, ([lon]) => lon),
    latDeg: Float64Array.from(corners, ([, lat]) => lat),
  };
}

function reversed({ lonDeg, latDeg }: Ring): Ring {
  return { lonDeg: lonDeg.toReversed(), latDeg: latDeg.toReversed() };
}
