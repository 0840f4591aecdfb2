/** Parameters of an H3 grid: their schema, their type, and the rules that a schema cannot say. */
import { GridError, type FromSchema, type JsonSchema } from "@zagg/core";

/** What `output.grid` may hold beside `type`. */
export const h3Params = {
  type: "object",
  additionalProperties: false,
  required: ["parent_res", "child_res"],
  properties: {
    parent_res: {
      type: "integer",
      minimum: 0,
      maximum: 15,
      description:
        "Resolution of the shards: one unit of work and one stored object each; at most `child_res`.",
    },
    child_res: {
      type: "integer",
      minimum: 0,
      maximum: 15,
      description: "Resolution of the cells, at most `parent_res` + 9.",
    },
    chunk_res: {
      type: ["integer", "null"],
      minimum: 0,
      maximum: 15,
      default: null,
      description:
        "Resolution of the chunks inside a shard, from `parent_res` to `child_res`; null: one chunk per shard.",
    },
    layout: {
      type: "string",
      enum: ["packed"],
      default: "packed",
      description: "Only the shards of the map, one after the other, with the ids of their cells.",
    },
  },
} as const satisfies JsonSchema;
type CompleteParams = FromSchema<typeof h3Params>;

/** The parameters with or without their defaults. */
export type H3Params = Partial<CompleteParams> & Pick<CompleteParams, "parent_res" | "child_res">;

/** Parameters with every default filled in. */
export interface H3Settings {
  readonly parentRes: number;
  readonly childRes: number;
  readonly chunkRes: number;
}

/** Finest resolution of H3: cells of about 0.9 m². */
export const MAX_RES = 15;

/** 7^9 positions per shard, 40 million: a float64 field of one shard is 323 MB. */
export const MAX_SHARD_DEPTH = 9;

/** @throws GridError `GRID_RES_RANGE`, `GRID_RES_REVERSED`, `GRID_CHUNK_RES`, `GRID_SHARD_TOO_DEEP` */
export function readSettings(params: H3Params): H3Settings {
  const settings: H3Settings = {
    parentRes: params.parent_res,
    childRes: params.child_res,
    chunkRes: params.chunk_res ?? params.parent_res,
  };
  assertResolutions(settings);
  return settings;
}

function assertResolutions({ parentRes, childRes, chunkRes }: H3Settings): void {
  const resolutions = { parent_res: parentRes, child_res: childRes, chunk_res: chunkRes };
  for (const [name, res] of Object.entries(resolutions)) {
    if (!(Number.isInteger(res) && res >= 0 && res <= MAX_RES)) {
      throw new GridError("GRID_RES_RANGE", {
        path: `/output/grid/${name}`,
        what: `${name} is ${res}`,
        why: `H3 resolutions are whole numbers from 0 to ${MAX_RES}`,
        mend: "use a number in that range; resolution 8 gives cells about 1 km across, resolution 11 about 50 m",
      });
    }
  }
  if (childRes < parentRes) {
    throw new GridError("GRID_RES_REVERSED", {
      path: "/output/grid/child_res",
      what: `child_res is ${childRes} and parent_res is ${parentRes}`,
      why: "cells are parts of shards, so that their resolution is the same or higher",
      mend: "make child_res at least parent_res",
    });
  }
  if (chunkRes < parentRes || chunkRes > childRes) {
    throw new GridError("GRID_CHUNK_RES", {
      path: "/output/grid/chunk_res",
      what: `chunk_res is ${chunkRes}`,
      why: `chunks are parts of shards (resolution ${parentRes}) and made of cells (resolution ${childRes})`,
      mend: `use a resolution from ${parentRes} to ${childRes}, or leave it out`,
    });
  }
  if (childRes - parentRes > MAX_SHARD_DEPTH) {
    throw new GridError("GRID_SHARD_TOO_DEEP", {
      path: "/output/grid/parent_res",
      what: `a shard of resolution ${parentRes} has 7^${childRes - parentRes} positions for cells of resolution ${childRes}`,
      why: `a shard is aggregated in memory, which this grid limits to 7^${MAX_SHARD_DEPTH} positions`,
      mend: `use a parent_res of ${childRes - MAX_SHARD_DEPTH} or more`,
    });
  }
}
