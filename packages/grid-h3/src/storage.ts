/** How the cells of an H3 grid are stored: one dimension, a shard one contiguous run, numbered by index digits. */
import type { StorageFacts } from "@zagg/core";
import { cellIdAttributes, groupAttributes } from "./metadata.js";
import type { H3Settings } from "./params.js";

/** H3's own null index; stored in `cell_ids` at the holes of a pentagon. */
export const NULL_INDEX = 0n;

export function h3Storage(settings: H3Settings): StorageFacts {
  const { parentRes, childRes, chunkRes } = settings;
  return {
    groupPath: String(childRes),
    dimensions: ["cells"],
    shardShape: [7 ** (childRes - parentRes)],
    chunkShape: [7 ** (childRes - chunkRes)],
    attributes: groupAttributes(settings),
    cellCoordinates: [
      {
        name: "cell_ids",
        dtype: "uint64",
        fillValue: 0,
        always: true,
        attributes: cellIdAttributes(settings),
      },
    ],
  };
}
