/** One HEALPix grid: the contract, assembled from kernels. */
import { defineGrid, type CoarserGrid, type GridPlugin, type OutputFieldSet } from "@zagg/core";
import type { CellList } from "./cover/cell-tree.js";
import { nestedIds } from "./cover/nested-order.js";
import { regionCells } from "./cover/region-cells.js";
import { coverListedCells } from "./cover/shard-coverer.js";
import { cellFootprint } from "./footprint.js";
import { fillConsecutive, mortonWordsFromNested } from "./kernels/morton-words.js";
import { locateInShard, shardKeysOf } from "./kernels/nested.js";
import { formatMorton } from "./morton.js";
import type { HealpixSettings } from "./params.js";
import { cellsOfIds } from "./shard-cells.js";
import { shardCell, shardNested } from "./shard-key.js";
import { healpixSignatureRules, healpixSpatialSignature, nestsInHealpix } from "./signature.js";
import { healpixStorage } from "./storage.js";

/** A grid of these settings; frozen. */
export function healpixGrid(settings: HealpixSettings, fields: OutputFieldSet): GridPlugin {
  const { parentOrder, childOrder, latitude } = settings;
  return defineGrid(
    {
      type: "healpix",
      storage: healpixStorage(settings),
      signatureRules: healpixSignatureRules,
      spatialSignature: () => healpixSpatialSignature(settings),
      aligned: nestsInHealpix,
      coverer(region) {
        const cells = regionCells(region, parentOrder, latitude);
        return { shardKeys: shardKeysOfCells(cells), cover: coverListedCells(cells, latitude) };
      },
      shardFootprint(shardKey) {
        const { face, ix, iy } = shardCell(shardKey, parentOrder);
        return cellFootprint(parentOrder, face, ix, iy, latitude);
      },
      shardLabel(shardKey) {
        shardNested(shardKey, parentOrder);
        return formatMorton(shardKey);
      },
      shardsOf: (lonDeg, latDeg, out) => shardKeysOf(parentOrder, lonDeg, latDeg, latitude, out),
      locate(shardKey, lonDeg, latDeg, out) {
        const { face, ix, iy } = shardCell(shardKey, parentOrder);
        return locateInShard(childOrder, parentOrder, face, ix, iy, lonDeg, latDeg, latitude, out);
      },
      cellCoordinate(name, shardKey) {
        const ids = nestedIdsOfShard(shardKey, settings);
        if (name === "cell_ids") return ids;
        if (name !== "morton") throw new RangeError(`there is no cell coordinate "${name}"`);
        mortonWordsFromNested(childOrder, ids, ids);
        return ids;
      },
      cells: (shardKey) => cellsOfIds(childOrder, nestedIdsOfShard(shardKey, settings), latitude),
      ...(childOrder > parentOrder ? { coarser: () => coarserGrid(settings, fields) } : {}),
    },
    fields,
  );
}

/** The grid one order up; four cells in a row have one parent. */
function coarserGrid(settings: HealpixSettings, fields: OutputFieldSet): CoarserGrid {
  const { parentOrder, childOrder, chunkOrder } = settings;
  const order = childOrder - 1;
  return {
    grid: healpixGrid({ ...settings, childOrder: order, chunkOrder: Math.min(chunkOrder, order) }, fields),
    parentPositions(shardKey) {
      shardNested(shardKey, parentOrder);
      return new Int32Array(4 ** (childOrder - parentOrder)).map((_none, position) => position >> 2);
    },
  };
}

/** Nested ids of the cells of a shard, ascending. @throws GridError `GRID_SHARD_UNKNOWN` */
function nestedIdsOfShard(shardKey: bigint, { parentOrder, childOrder }: HealpixSettings): BigUint64Array {
  const depth = childOrder - parentOrder;
  const ids = new BigUint64Array(4 ** depth);
  fillConsecutive(shardNested(shardKey, parentOrder) << BigInt(2 * depth), ids);
  return ids;
}

function shardKeysOfCells(cells: CellList): BigUint64Array {
  const keys = nestedIds(cells);
  mortonWordsFromNested(cells.order, keys, keys);
  return keys;
}
