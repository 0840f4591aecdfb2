/** The grid contract, assembled from the zones, their index and their shards. */
import {
  GridError,
  NO_ID,
  outputFieldSignature,
  type GridFactory,
  type GridPlugin,
  type GridSignature,
  type OutputFieldSet,
  type Region,
} from "@zagg/core";
import { readZones } from "./feature-zones.js";
import { fingerprintOf } from "./fingerprint.js";
import { zonesParams, type ZonesParams } from "./params.js";
import { assignZones, locateZones } from "./points.js";
import { GRID_TYPE, nests, signatureRules, spatialSignatureOf } from "./signature.js";
import { preparePolygon } from "./sphere/solid-polygon.js";
import { createStorage } from "./storage.js";
import { createZoneIndex } from "./zone-index.js";
import { firstZoneOf, shardsMeeting, type ZoneShards } from "./zone-shards.js";

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
  type: GRID_TYPE,
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
  const spatialSignature = () => spatialSignatureOf(fingerprint, shards);
  const signature = () =>
    ({ ...spatialSignature(), output_fields: outputFieldSignature(fields) }) as GridSignature;
  const allShards = Array.from({ length: shards.count }, (_, shard) => shard);
  const coverage: GridPlugin["coverage"] = (region) =>
    BigUint64Array.from(shardsMeeting(region, allShards, solids, shards), BigInt);
  const zonesOf = (shardKey: bigint) => {
    const first = firstZoneOf(shardKey, shards);
    return zones.slice(first, first + shards.perShard);
  };
  return Object.freeze<GridPlugin>({
    type: GRID_TYPE,
    capabilities: Object.freeze({ hierarchical: false, equalArea: false, cellIds: "uint32" }),
    storage: createStorage(zones, solids, shards, fingerprint),
    signatureRules,
    spatialSignature,
    signature,
    nestsWith: (other) => nests(signature(), other),
    coverage,
    coverer(region) {
      const shardKeys = coverage(region);
      const listed = Array.from(shardKeys, Number);
      return {
        shardKeys,
        cover: (footprint) => Uint32Array.from(shardsMeeting(footprint, listed, solids, shards)),
      };
    },
    shardFootprint: (shardKey) => zonesOf(shardKey).flatMap(({ polygons }) => copyOf(polygons)),
    shardLabel(shardKey) {
      const first = firstZoneOf(shardKey, shards);
      if (shards.perShard === 1) return zones[first]!.name;
      return `zones ${first}-${Math.min(first + shards.perShard, zones.length) - 1}`;
    },
    assign: (lonDeg, latDeg, out) => assignZones(index, 1, lonDeg, latDeg, out),
    shardsOf: (lonDeg, latDeg, out) => assignZones(index, shards.perShard, lonDeg, latDeg, out),
    locate: (shardKey, lonDeg, latDeg, out) =>
      locateZones(index, firstZoneOf(shardKey, shards), shards.perShard, lonDeg, latDeg, out),
    cellsOf(shardKey) {
      const first = firstZoneOf(shardKey, shards);
      const ids = new BigUint64Array(shards.perShard);
      for (let k = 0; k < ids.length; k++) ids[k] = first + k < zones.length ? BigInt(first + k) : NO_ID;
      return ids;
    },
    cellCoordinate(name) {
      throw new GridError("GRID_COORDINATE_UNKNOWN", {
        what: `cell coordinate "${name}" was asked of a grid of zones`,
        why: "its coordinate `zone_area` is written once, whole; none has a value a cell",
        mend: "use storage.coordinates",
        details: { name },
      });
    },
  });
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
