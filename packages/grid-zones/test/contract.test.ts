import type { JsonObject, OutputFieldSet } from "@zagg/core";
import { gridContract, interestingPoints, pointsInBox } from "@zagg/core/testing";
import { describe, expect, it } from "vitest";
import { zones, type ZonesParams } from "../src/index.js";
import { box, collectionOf, zone, type NamedRings, type Position } from "./geojson.js";
import { runs } from "../../../vitest.effort.mjs";

/** Boxes of 30 by 30 degrees and two polar caps: the whole sphere but slivers between parallels and great circles. */
function globe(): readonly NamedRings[] {
  const longitudes = Array.from({ length: 12 }, (_, k) => -180 + 30 * k);
  const boxes = [-60, -30, 0, 30].flatMap((south) =>
    longitudes.map((west) => zone(`${west} ${south}`, box(west, south, west + 30, south + 30))),
  );
  const caps = [60, -60].map((lat) =>
    zone(
      `cap ${lat}`,
      longitudes.map((lon): Position => [lon, lat]),
    ),
  );
  return [...boxes, ...caps];
}

/** Two zones with holes beside the antimeridian, and one of two parts. */
const fiji: readonly NamedRings[] = [
  zone("west", box(176, -20, 180, -15), box(177, -19, 178, -17)),
  zone("east", box(180, -20, -176, -15), box(-179, -18, -178, -16)),
  { name: "islets", polygons: [[box(177.2, -18.5, 177.6, -17.5)], [box(-175, -19, -174, -18)]] },
];

function options(named: readonly NamedRings[], perShard: number) {
  const params = {
    geojson: collectionOf(named),
    id: "name",
    zones_per_shard: perShard,
  } satisfies ZonesParams;
  return {
    factory: zones,
    params: params as unknown as JsonObject,
    create: (fields: OutputFieldSet) => zones.create(params, fields),
  };
}

gridContract({
  describe,
  it,
  expect,
  name: "the globe, seven zones per shard",
  points: interestingPoints(),
  ...options(globe(), 7),
  numRuns: runs(40, 8),
});

gridContract({
  describe,
  it,
  expect,
  name: "the globe, a zone per shard",
  points: interestingPoints(),
  ...options(globe(), 1),
  numRuns: runs(40, 8),
});

gridContract({
  describe,
  it,
  expect,
  name: "holes and parts at the antimeridian",
  points: pointsInBox(175, -21, 187, -14),
  isInside: (lon, lat) => (lon > 180.001 && lon < 180.999 && lat > -19 && lat < -16 ? true : undefined),
  ...options(fiji, 2),
  numRuns: runs(40, 8),
});
