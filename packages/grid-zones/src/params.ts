/** What a config says of a grid of zones. */
import type { FromSchema, JsonSchema } from "@zagg/core";

export const zonesParams = {
  type: "object",
  additionalProperties: false,
  required: ["geojson"],
  properties: {
    geojson: {
      type: "object",
      required: ["type", "features"],
      properties: {
        type: { type: "string", enum: ["FeatureCollection"] },
        features: { type: "array", items: { type: "object" } },
      },
      description:
        "A GeoJSON FeatureCollection of Polygons and MultiPolygons; each feature is a zone, in the order of the file.",
    },
    id: {
      type: ["string", "null"],
      default: null,
      description:
        "Property that names a zone; null: the features' `id` members when all have one, else their indices.",
    },
    zones_per_shard: {
      type: "integer",
      minimum: 1,
      default: 64,
      description: "Zones of one shard: one unit of work and one stored object per field.",
    },
  },
} as const satisfies JsonSchema;

type Described = FromSchema<typeof zonesParams>;
/** Parameters of a grid of zones; `id` and `zones_per_shard` default as the schema says. */
export type ZonesParams = Pick<Described, "geojson"> & Partial<Omit<Described, "geojson">>;
