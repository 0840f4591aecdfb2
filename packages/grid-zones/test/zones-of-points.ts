/** The zone of each point by name; undefined outside. */
import { NO_ID, type GridPlugin } from "@zagg/core";
import { zones } from "../src/index.js";
import { collectionOf, type NamedRings, type Position } from "./geojson.js";

export function gridOf(named: readonly NamedRings[], perShard = 64): GridPlugin {
  return zones.create({ geojson: collectionOf(named), id: "name", zones_per_shard: perShard }, []);
}

export function namesAt(grid: GridPlugin, points: readonly Position[]): readonly (string | undefined)[] {
  const names = grid.storage.attributes.zone_names as readonly string[];
  const lonDeg = Float64Array.from(points, ([lon]) => lon);
  const latDeg = Float64Array.from(points, ([, lat]) => lat);
  const shards = new BigUint64Array(points.length);
  grid.shardsOf(lonDeg, latDeg, shards);
  const position = new Int32Array(1);
  return Array.from(shards, (key, i) => {
    if (key === NO_ID) return undefined;
    grid.locate(key, lonDeg.subarray(i, i + 1), latDeg.subarray(i, i + 1), position);
    return names[Number(key) * grid.storage.shardShape[0]! + position[0]!];
  });
}
