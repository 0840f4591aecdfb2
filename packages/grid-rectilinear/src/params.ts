/** What a config says of a rectilinear grid. */
import type { FromSchema, JsonSchema } from "@zagg/core";

/** What `output.grid` may hold beside `type`. */
export const rectilinearParams = {
  type: "object",
  additionalProperties: false,
  required: ["crs", "resolution", "bounds"],
  properties: {
    crs: {
      anyOf: [{ type: "string" }, { type: "integer" }],
      description: "Coordinate reference system: an EPSG code such as `EPSG:3031`, a PROJ string, or WKT.",
    },
    resolution: {
      anyOf: [
        { type: "number", exclusiveMinimum: 0 },
        { type: "array", items: { type: "number", exclusiveMinimum: 0 }, minItems: 2, maxItems: 2 },
      ],
      description: "Cell size in CRS units: a number, or [rx, ry].",
    },
    bounds: {
      type: "array",
      items: { type: "number" },
      minItems: 4,
      maxItems: 4,
      description:
        "Requested extent [xmin, ymin, xmax, ymax] in CRS units; padded right and down to whole shards.",
    },
    chunk_shape: {
      type: "array",
      items: { type: "integer", minimum: 1 },
      minItems: 2,
      maxItems: 2,
      default: [256, 256],
      description: "Shard tile [height, width] in cells.",
    },
    chunk_inner: {
      anyOf: [
        { type: "null" },
        { type: "array", items: { type: "integer", minimum: 1 }, minItems: 2, maxItems: 2 },
      ],
      default: null,
      description:
        "Chunk tile [height, width] in cells, dividing `chunk_shape`; null for one chunk per shard.",
    },
  },
} as const satisfies JsonSchema;

type Described = FromSchema<typeof rectilinearParams>;
/** Parameters of a rectilinear grid; `chunk_shape` and `chunk_inner` default as the schema says. */
export type RectilinearParams = Omit<Described, "chunk_shape" | "chunk_inner"> &
  Partial<Pick<Described, "chunk_shape" | "chunk_inner">>;
