/** The grid contract, assembled from the zones, their index and their shards. */
import {
  GridError,
  defineGrid,
  type GridFactory,
  type GridPlugin,
  type OutputFieldSet,
  type Region,
} from "@zagg/core";
import { outlineCoverer } from "@zagg/sphere";
import { readZones } from "./feature-zones.js";
import { fingerprintOf } from "./fingerprint.js";
import { zonesParams, type ZonesParams } from "./params.js";
import { locateZones, shardsOfPoints } from "./points.js";
import { preparePolygon } from "./sphere/solid-polygon.js";
import { createStorage } from "./storage.js";
import { createZoneIndex } from "./zone-index.js";
import { placeOfZone } from "./zone-places.js";
import { firstZoneOf, type ZoneShards } from "./zone-shards.js";

const DEFAULT_ZONES_PER_SHARD = 64;

/**
 * Zones: the polygons of a GeoJSON are the cells, runs of them the shards.
 *
 * A cell id is the index of a feature, a shard key the index of a run. Edges are great circles. A point on an edge or in
 * several zones belongs to the first of them.
 *
 * @example
 * const grid = zones.create({ geojson: { type: "FeatureCollection", features }, id: "name" }, []);
 */
export const zones: GridFactory<ZonesParams> = Object.freeze({
  kind: "grid",
  type: "zones",
  apiVersion: 2,
  description: "Polygons of a GeoJSON: drainage basins, counties, any areas.",
  paramsSchema: zonesParams,
  create: createZonesGrid,
});

function createZonesGrid(params: ZonesParams, fields: OutputFieldSet): GridPlugin {
  const zones = readZones(params);
  const solids = zones.map(({ name, polygons }) =>
    polygons.map((polygon) => preparePolygon(polygon, `zone "${name}"`)),
  );
  const shards = shardsOf(params, zones.length);
  const fingerprint = fingerprintOf(zones.map(({ polygons }) => polygons));
  const index = createZoneIndex(solids);
  const outlineOf = (shardKey: bigint): Region => {
    const first = firstZoneOf(shardKey, shards);
    return zones.slice(first, first + shards.perShard).flatMap(({ polygons }) => polygons);
  };
  const keys = BigUint64Array.from({ length: shards.count }, (_, shard) => BigInt(shard));
  return defineGrid(
    {
      type: "zones",
      storage: createStorage(zones, solids, shards, fingerprint),
      spatialSignature: () => ({
        type: "zones",
        zones: fingerprint,
        count: shards.zones,
        zones_per_shard: shards.perShard,
      }),
      // The same zones, however many a shard has.
      aligned: (own, theirs) => own["zones"] === theirs["zones"] && own["count"] === theirs["count"],
      coverer: outlineCoverer({ keys, outlineOf }),
      shardFootprint: (shardKey) => copyOf(outlineOf(shardKey)),
      shardLabel(shardKey) {
        const first = firstZoneOf(shardKey, shards);
        if (shards.perShard === 1) return zones[first]!.name;
        return `zones ${first}-${Math.min(first + shards.perShard, zones.length) - 1}`;
      },
      shardsOf: (lonDeg, latDeg, out) => shardsOfPoints(index, shards.perShard, lonDeg, latDeg, out),
      locate: (shardKey, lonDeg, latDeg, out) =>
        locateZones(index, firstZoneOf(shardKey, shards), shards.perShard, lonDeg, latDeg, out),
      cells(shardKey) {
        const first = firstZoneOf(shardKey, shards);
        const places = Array.from({ length: shards.perShard }, (_none, k) =>
          placeOfZone(first + k, zones[first + k]?.polygons ?? [], index),
        );
        return {
          lonDeg: Float64Array.from(places, ([lon]) => lon),
          latDeg: Float64Array.from(places, ([, lat]) => lat),
          outline: (position) =>
            Number.isNaN(places[position]![0]) ? [] : copyOf(zones[first + position]!.polygons),
        };
      },
    },
    fields,
  );
}

function copyOf(region: Region): Region {
  return region.map((rings) =>
    rings.map(({ lonDeg, latDeg }) => ({ lonDeg: lonDeg.slice(), latDeg: latDeg.slice() })),
  );
}

/** @throws GridError `GRID_ZONES_PER_SHARD` */
function shardsOf(
  { zones_per_shard: wanted = DEFAULT_ZONES_PER_SHARD }: ZonesParams,
  zones: number,
): ZoneShards {
  if (!Number.isInteger(wanted) || wanted < 1) {
    throw new GridError("GRID_ZONES_PER_SHARD", {
      path: "/output/grid/zones_per_shard",
      what: `zones_per_shard is ${wanted}`,
      why: "a shard is a whole number of zones, at least one",
      mend: `use a number from 1 to ${zones}, the number of zones`,
    });
  }
  const perShard = Math.min(wanted, zones);
  return { zones, perShard, count: Math.ceil(zones / perShard) };
}
