/** The format of a shard map's file, as JSON Schema (2020-12); `schema/shardmap.schema.json` is the same as a file. */

const href = { type: ["string", "null"] } as const;

/** What a schema can say of the format; see `validateShardMap` for what it cannot. Unknown members are kept. */
export const shardMapSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "Shard map",
  description: "Which granules each shard of a grid needs.",
  type: "object",
  required: ["grid_signature", "shard_keys", "granules"],
  properties: {
    metadata: {
      type: ["object", "null"],
      description: "What the catalog says of itself, and how the map was built.",
    },
    grid_signature: {
      type: ["object", "null"],
      description: "Spatial signature of the grid at build time; null when it was not recorded.",
      properties: { type: { type: "string", description: "The family of the grid." } },
    },
    shard_keys: {
      type: "array",
      description: "Ascending. Beyond 2^53: read them with a parser that keeps 64-bit integers exact.",
      uniqueItems: true,
      items: { type: "integer", minimum: 0, exclusiveMaximum: 2 ** 64 },
    },
    granules: {
      type: "array",
      description: "The granules of each shard, parallel to shard_keys.",
      items: {
        type: "array",
        items: {
          type: "object",
          required: ["id"],
          properties: {
            id: { type: "string", minLength: 1, description: "Unique in its shard." },
            s3: href,
            https: href,
            file: {
              ...href,
              description: "Path or URI; a relative path starts at the folder of the map.",
            },
          },
        },
      },
    },
  },
} as const;
