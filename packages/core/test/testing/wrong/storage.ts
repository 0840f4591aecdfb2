/** Wrong shapes, chunks, blocks, coordinates and attributes. */
import type { JsonObject } from "../../../src/index.js";
import { boxGrid } from "../box-grid.js";
import { PARAMS, type WrongGrid } from "./wrong-grid.js";

export const wrongStorage: readonly WrongGrid[] = [
  {
    wrong: "has chunks that overlap the next shard",
    law: "divides shards into whole chunks, one extent per dimension",
    change: (grid) => ({ storage: { ...grid.storage, chunkShape: [3, 4] } }),
  },
  {
    wrong: "names one dimension of two",
    law: "divides shards into whole chunks, one extent per dimension",
    change: (grid) => ({ storage: { ...grid.storage, dimensions: ["lat"] } }),
  },
  {
    wrong: "orders the cells of a shard row by row across its chunks",
    law: "orders the cells chunk by chunk, row-major in the shard and in the chunk",
    change: (grid, fields) => ({
      locate: (key, lonDeg, latDeg, out) =>
        boxGrid({ ...PARAMS, chunked: false }, fields).locate(key, lonDeg, latDeg, out),
      storage: grid.storage,
    }),
  },
  {
    wrong: "puts the shards of a row into one block",
    law: "gives every shard a block of its own inside the array",
    change: (grid) => ({
      storage: {
        ...grid.storage,
        placement: (keys) => {
          const { arrayShape, blockIndex } = grid.storage.placement(keys);
          return { arrayShape, blockIndex: (key) => [blockIndex(key)[0]!, 0] };
        },
      },
    }),
  },
  {
    wrong: "counts blocks from one, beyond the end of the array",
    law: "gives every shard a block of its own inside the array",
    change: (grid) => ({
      storage: {
        ...grid.storage,
        placement: (keys) => {
          const { arrayShape, blockIndex } = grid.storage.placement(keys);
          return { arrayShape, blockIndex: (key) => blockIndex(key).map((index) => index + 1) };
        },
      },
    }),
  },
  {
    wrong: "has a coordinate that is too short",
    law: "gives coordinates the lengths, types and dimensions that it declares",
    change: (grid) => ({
      storage: {
        ...grid.storage,
        coordinates: grid.storage.coordinates.map((one) => ({ ...one, values: one.values.slice(1) })),
      },
    }),
  },
  {
    wrong: "has an attribute that JSON does not know",
    law: "has attributes that are plain JSON",
    change: (grid) => ({
      storage: {
        ...grid.storage,
        arrayAttributes: { valid_range: Float64Array.of(0, 1) } as unknown as JsonObject,
      },
    }),
  },
];
