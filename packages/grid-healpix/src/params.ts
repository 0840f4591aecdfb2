/** Parameters of a HEALPix grid: their schema, their type, and the rules that a schema cannot say. */
import { GridError, type FromSchema, type JsonSchema } from "@zagg/core";

/** What `output.grid` may hold beside `type`. */
export const healpixParams = {
  type: "object",
  additionalProperties: false,
  required: ["parent_order", "child_order"],
  properties: {
    parent_order: {
      type: "integer",
      minimum: 0,
      maximum: 29,
      description: "Order of the shards: one unit of work and one stored object each; at most `child_order`.",
    },
    child_order: { type: "integer", minimum: 0, maximum: 29, description: "Order of the cells." },
    chunk_inner: {
      type: ["integer", "null"],
      minimum: 0,
      maximum: 29,
      default: null,
      description:
        "Order of the chunks inside a shard, from `parent_order` to `child_order`; null: one chunk per shard.",
    },
    layout: {
      type: "string",
      enum: ["fullsphere", "dense"],
      default: "fullsphere",
      description:
        "`fullsphere`: a cell's index is its nested id. `dense`: only the shards of the map, packed.",
    },
    latitude: {
      type: "string",
      enum: ["authalic", "geodetic"],
      default: "authalic",
      description:
        "Which latitude enters the projection: the authalic one of WGS84 (equal areas on the ellipsoid), or the geodetic one taken as if on a sphere (maps and stores made before August 2026).",
    },
    indexing_scheme: {
      type: "string",
      default: "nested",
      description: "Descriptive; only `nested` is stored.",
    },
    emit_cell_ids: {
      type: "boolean",
      description:
        "Whether to store `cell_ids` although the config does not declare it; dense stores always do.",
    },
  },
} as const satisfies JsonSchema;
type CompleteParams = FromSchema<typeof healpixParams>;

/** The parameters with or without their defaults. */
export type HealpixParams = Partial<CompleteParams> & Pick<CompleteParams, "parent_order" | "child_order">;

/** Parameters with every default filled in. */
export interface HealpixSettings {
  readonly parentOrder: number;
  readonly childOrder: number;
  readonly chunkOrder: number;
  readonly layout: "fullsphere" | "dense";
  readonly latitude: "authalic" | "geodetic";
  /** Null when the config leaves it open. */
  readonly emitCellIds: boolean | null;
}

/** 4^12 cells per shard, 16.8 million: a float64 field of one shard is 134 MB. */
const MAX_SHARD_DEPTH = 12;

/** Block and cell indices stay exact doubles up to order 24, 12·4^24 < 2^53. */
const MAX_FULLSPHERE_ORDER = 24;

/**
 * @throws GridError `GRID_ORDER_RANGE`, `GRID_ORDERS_REVERSED`, `GRID_CHUNK_ORDER`, `GRID_SHARD_TOO_DEEP`,
 * `GRID_FULLSPHERE_ORDER`, `GRID_INDEXING_UNSUPPORTED`, `GRID_CELL_IDS_NEEDED`
 */
export function readSettings(params: HealpixParams): HealpixSettings {
  const settings: HealpixSettings = {
    parentOrder: params.parent_order,
    childOrder: params.child_order,
    chunkOrder: params.chunk_inner ?? params.parent_order,
    layout: params.layout ?? "fullsphere",
    latitude: params.latitude ?? "authalic",
    emitCellIds: params.emit_cell_ids ?? null,
  };
  assertOrders(settings);
  assertDepth(settings);
  assertLayout(settings);
  assertIndexing(params.indexing_scheme ?? "nested");
  return settings;
}

function assertOrders({ parentOrder, childOrder, chunkOrder }: HealpixSettings): void {
  const orders = { parent_order: parentOrder, child_order: childOrder, chunk_inner: chunkOrder };
  for (const [name, order] of Object.entries(orders)) {
    if (!(Number.isInteger(order) && order >= 0 && order <= 29)) {
      throw new GridError("GRID_ORDER_RANGE", {
        path: `/output/grid/${name}`,
        what: `${name} is ${order}`,
        why: "HEALPix orders are whole numbers from 0 to 29",
        mend: "use a number in that range; order 12 gives cells about 1.6 km across, order 19 about 12 m",
      });
    }
  }
  if (childOrder < parentOrder) {
    throw new GridError("GRID_ORDERS_REVERSED", {
      path: "/output/grid/child_order",
      what: `child_order is ${childOrder} and parent_order is ${parentOrder}`,
      why: "cells are parts of shards, so that their order is the same or higher",
      mend: "make child_order at least parent_order",
    });
  }
  if (chunkOrder < parentOrder || chunkOrder > childOrder) {
    throw new GridError("GRID_CHUNK_ORDER", {
      path: "/output/grid/chunk_inner",
      what: `chunk_inner is ${chunkOrder}`,
      why: `chunks are parts of shards (order ${parentOrder}) and made of cells (order ${childOrder})`,
      mend: `use an order from ${parentOrder} to ${childOrder}, or leave it out`,
    });
  }
}

function assertDepth({ parentOrder, childOrder }: HealpixSettings): void {
  if (childOrder - parentOrder <= MAX_SHARD_DEPTH) return;
  throw new GridError("GRID_SHARD_TOO_DEEP", {
    path: "/output/grid/parent_order",
    what: `a shard of order ${parentOrder} has 4^${childOrder - parentOrder} cells of order ${childOrder}`,
    why: `a shard is aggregated in memory, which this grid limits to 4^${MAX_SHARD_DEPTH} cells`,
    mend: `use a parent_order of ${childOrder - MAX_SHARD_DEPTH} or more`,
  });
}

function assertLayout({ childOrder, layout, emitCellIds }: HealpixSettings): void {
  if (layout === "fullsphere" && childOrder > MAX_FULLSPHERE_ORDER) {
    throw new GridError("GRID_FULLSPHERE_ORDER", {
      path: "/output/grid/layout",
      what: `a fullsphere array of order ${childOrder} has 12·4^${childOrder} cells`,
      why: `array extents beyond 2^53 cannot be stored exactly, which order ${MAX_FULLSPHERE_ORDER} is the last to respect`,
      mend: "use `layout: dense`, or a lower child_order",
    });
  }
  if (layout === "dense" && emitCellIds === false) {
    throw new GridError("GRID_CELL_IDS_NEEDED", {
      path: "/output/grid/emit_cell_ids",
      what: "emit_cell_ids is false in a dense layout",
      why: "a packed array means nothing without the ids of its cells",
      mend: "leave emit_cell_ids out, or use `layout: fullsphere`",
    });
  }
}

function assertIndexing(scheme: string): void {
  if (scheme === "nested") return;
  throw new GridError("GRID_INDEXING_UNSUPPORTED", {
    path: "/output/grid/indexing_scheme",
    what: `indexing_scheme is "${scheme}"`,
    why: "shards are contiguous in the nested numbering only, so that nothing else is stored",
    mend: "write `nested` or leave it out; the ring numbering is available for exchange through ringFromNested",
  });
}
