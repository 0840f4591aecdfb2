/** One HEALPix grid: the contract, assembled from kernels. */
import type { GridCapabilities, GridPlugin, OutputFieldSet, Region, TypedArray } from "@zagg/core";
import type { CellList } from "./cover/cell-tree.js";
import { nestedIds } from "./cover/nested-order.js";
import { regionCells } from "./cover/region-cells.js";
import { coverListedCells } from "./cover/shard-coverer.js";
import { cellFootprint } from "./footprint.js";
import { fillConsecutive, mortonWordsFromNested } from "./kernels/morton-words.js";
import { assignNested, locateInShard, shardKeysOf } from "./kernels/nested.js";
import { formatMorton } from "./morton.js";
import type { HealpixSettings } from "./params.js";
import { shardCell, shardNested } from "./shard-key.js";
import {
  healpixSignature,
  healpixSignatureRules,
  healpixSpatialSignature,
  nestsInHealpix,
} from "./signature.js";
import { healpixStorage } from "./storage.js";

/** Highest order whose 12·4^order ids fit a uint32, and a double. */
const MAX_UINT32_ORDER = 14;
const MAX_DOUBLE_ORDER = 24;

/** A grid of these settings; frozen. */
export function healpixGrid(settings: HealpixSettings, fields: OutputFieldSet): GridPlugin {
  const { parentOrder, childOrder, latitude } = settings;
  const depth = childOrder - parentOrder;
  const cellsOf = (shardKey: bigint): BigUint64Array => {
    const ids = new BigUint64Array(4 ** depth);
    fillConsecutive(shardNested(shardKey, parentOrder) << BigInt(2 * depth), ids);
    return ids;
  };
  return Object.freeze({
    type: "healpix",
    capabilities: capabilities(childOrder),
    storage: healpixStorage(settings),
    signatureRules: healpixSignatureRules,
    spatialSignature: () => healpixSpatialSignature(settings),
    signature: () => healpixSignature(settings, fields),
    nestsWith: (other: GridPlugin) => nestsInHealpix(healpixSignature(settings, fields), other),
    coverage: (region: Region) => shardKeysOfCells(regionCells(region, parentOrder, latitude)),
    coverer(region: Region) {
      const cells = regionCells(region, parentOrder, latitude);
      return { shardKeys: shardKeysOfCells(cells), cover: coverListedCells(cells, latitude) };
    },
    shardFootprint(shardKey: bigint) {
      const { face, ix, iy } = shardCell(shardKey, parentOrder);
      return cellFootprint(parentOrder, face, ix, iy, latitude);
    },
    shardLabel(shardKey: bigint) {
      shardNested(shardKey, parentOrder);
      return formatMorton(shardKey);
    },
    assign(lonDeg: Float64Array, latDeg: Float64Array, out: BigUint64Array) {
      assignNested(childOrder, lonDeg, latDeg, latitude, out);
    },
    shardsOf(lonDeg: Float64Array, latDeg: Float64Array, out: BigUint64Array) {
      shardKeysOf(parentOrder, lonDeg, latDeg, latitude, out);
    },
    locate(shardKey: bigint, lonDeg: Float64Array, latDeg: Float64Array, out: Int32Array) {
      const { face, ix, iy } = shardCell(shardKey, parentOrder);
      return locateInShard(childOrder, parentOrder, face, ix, iy, lonDeg, latDeg, latitude, out);
    },
    cellsOf,
    cellCoordinate(name: string, shardKey: bigint): TypedArray {
      const ids = cellsOf(shardKey);
      if (name === "cell_ids") return ids;
      if (name !== "morton") throw new RangeError(`there is no cell coordinate "${name}"`);
      mortonWordsFromNested(childOrder, ids, ids);
      return ids;
    },
  } satisfies GridPlugin);
}

function capabilities(childOrder: number): GridCapabilities {
  const cellIds =
    childOrder <= MAX_UINT32_ORDER ? "uint32" : childOrder <= MAX_DOUBLE_ORDER ? "float64" : "uint64";
  return { hierarchical: true, equalArea: true, cellIds };
}

function shardKeysOfCells(cells: CellList): BigUint64Array {
  const keys = nestedIds(cells);
  mortonWordsFromNested(cells.order, keys, keys);
  return keys;
}
