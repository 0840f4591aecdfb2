/** One H3 grid: the contract, assembled from kernels. */
import { defineGrid, type GridPlugin, type OutputFieldSet } from "@zagg/core";
import { cellCap } from "./cell-cap.js";
import { createRoots, regionShards } from "./cover/region-shards.js";
import { coverListedShards } from "./cover/shard-coverer.js";
import { once } from "./cover/descent.js";
import { highOfText, lowOfText } from "./kernels/index-bits.js";
import { assignH3, coarsenToShards, locateInShard, type LocatableShard } from "./kernels/points.js";
import { descendants } from "./kernels/shard-cells.js";
import { shardOutline } from "./outline.js";
import type { H3Settings } from "./params.js";
import { cellsOfIds, parentsOfIds } from "./shard-cells.js";
import { shardIndex } from "./shard-key.js";
import { NULL_INDEX, h3Storage } from "./storage.js";

/** Covers the rounding of a cosine. */
const COSINE_ERROR = 1e-15;

export function h3Grid(settings: H3Settings, fields: OutputFieldSet): GridPlugin {
  const { parentRes, childRes, chunkRes } = settings;
  const idsOf = (shardKey: bigint): BigUint64Array =>
    descendants(shardIndex(shardKey, parentRes), parentRes, childRes, NULL_INDEX);
  const roots = once(() => createRoots(settings));
  return defineGrid(
    {
      type: "h3",
      storage: h3Storage(settings),
      // Keys and their order are part of the format; `chunk_res` places no cell in space and is not among them.
      spatialSignature: () => ({ type: "h3", parent_res: parentRes, child_res: childRes }),
      // The indices of any two resolutions nest.
      aligned: () => true,
      coverer(region) {
        const shardKeys = regionShards(region, settings, roots());
        return { shardKeys, cover: coverListedShards(shardKeys, settings) };
      },
      shardFootprint: (shardKey) => shardOutline(shardIndex(shardKey, parentRes), parentRes, childRes),
      shardLabel: (shardKey) => shardIndex(shardKey, parentRes),
      shardsOf(lonDeg, latDeg, out) {
        assignH3(childRes, lonDeg, latDeg, out);
        coarsenToShards(parentRes, out);
      },
      locate: (shardKey, lonDeg, latDeg, out) =>
        locateInShard(locatableShard(shardKey, settings), lonDeg, latDeg, out),
      cellCoordinate(name, shardKey) {
        if (name !== "cell_ids") throw new RangeError(`there is no cell coordinate "${name}"`);
        return idsOf(shardKey);
      },
      cells: (shardKey) => cellsOfIds(idsOf(shardKey)),
      ...(childRes > parentRes
        ? {
            coarser: () => ({
              grid: h3Grid(
                { parentRes, childRes: childRes - 1, chunkRes: Math.min(chunkRes, childRes - 1) },
                fields,
              ),
              parentPositions: (shardKey) => parentsOfIds(idsOf(shardKey)),
            }),
          }
        : {}),
    },
    fields,
  );
}

function locatableShard(shardKey: bigint, { parentRes, childRes }: H3Settings): LocatableShard {
  const index = shardIndex(shardKey, parentRes);
  const { x, y, z, chord } = cellCap(index, childRes > parentRes);
  return {
    high: highOfText(index),
    low: lowOfText(index),
    parentRes,
    childRes,
    x,
    y,
    z,
    leastCosine: 1 - (chord * chord) / 2 - COSINE_ERROR,
  };
}
