/** The zone of each point by name; undefined outside. */
import type { GridPlugin } from "@zagg/core";
import { zones } from "../src/index.js";
import { collectionOf, type NamedRings, type Position } from "./geojson.js";

export function gridOf(named: readonly NamedRings[], perShard = 64): GridPlugin {
  return zones.create({ geojson: collectionOf(named), id: "name", zones_per_shard: perShard }, []);
}

export function namesAt(grid: GridPlugin, points: readonly Position[]): readonly (string | undefined)[] {
  const out = new BigUint64Array(points.length);
  const names = grid.storage.attributes.zone_names as readonly string[];
  grid.assign(
    Float64Array.from(points, ([lon]) => lon),
    Float64Array.from(points, ([, lat]) => lat),
    out,
  );
  return Array.from(out, (id) => names[Number(id)]);
}
