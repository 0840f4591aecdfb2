/** One H3 grid: the contract, assembled from kernels. */
import { NO_ID, type GridPlugin, type OutputFieldSet, type Region, type TypedArray } from "@zagg/core";
import { cellCap } from "./cell-cap.js";
import { createRoots, regionShards } from "./cover/region-shards.js";
import { coverListedShards } from "./cover/shard-coverer.js";
import { once } from "./cover/descent.js";
import { highOfText, lowOfText } from "./kernels/index-bits.js";
import { assignH3, coarsenToShards, locateInShard, type LocatableShard } from "./kernels/points.js";
import { descendants } from "./kernels/shard-cells.js";
import { shardOutline } from "./outline.js";
import type { H3Settings } from "./params.js";
import { shardIndex } from "./shard-key.js";
import { h3Signature, h3SignatureRules, h3SpatialSignature, nestsInH3 } from "./signature.js";
import { NULL_INDEX, h3Storage } from "./storage.js";

/** Covers the rounding of a cosine. */
const COSINE_ERROR = 1e-15;

export function h3Grid(settings: H3Settings, fields: OutputFieldSet): GridPlugin {
  const { parentRes, childRes } = settings;
  const roots = once(() => createRoots(settings));
  const coverage = (region: Region): BigUint64Array => regionShards(region, settings, roots());
  const cellsOf = (shardKey: bigint, hole: bigint): BigUint64Array =>
    descendants(shardIndex(shardKey, parentRes), parentRes, childRes, hole);
  return Object.freeze({
    type: "h3",
    capabilities: { hierarchical: true, equalArea: false, cellIds: "uint64" },
    storage: h3Storage(settings),
    signatureRules: h3SignatureRules,
    spatialSignature: () => h3SpatialSignature(settings),
    signature: () => h3Signature(settings, fields),
    nestsWith: (other: GridPlugin) => nestsInH3(h3Signature(settings, fields), other),
    coverage,
    coverer(region: Region) {
      const shardKeys = coverage(region);
      return { shardKeys, cover: coverListedShards(shardKeys, settings) };
    },
    shardFootprint: (shardKey: bigint) => shardOutline(shardIndex(shardKey, parentRes), parentRes, childRes),
    shardLabel: (shardKey: bigint) => shardIndex(shardKey, parentRes),
    assign(lonDeg: Float64Array, latDeg: Float64Array, out: BigUint64Array) {
      assignH3(childRes, lonDeg, latDeg, out);
    },
    shardsOf(lonDeg: Float64Array, latDeg: Float64Array, out: BigUint64Array) {
      assignH3(childRes, lonDeg, latDeg, out);
      coarsenToShards(parentRes, out);
    },
    locate(shardKey: bigint, lonDeg: Float64Array, latDeg: Float64Array, out: Int32Array) {
      return locateInShard(locatableShard(shardKey, settings), lonDeg, latDeg, out);
    },
    cellsOf: (shardKey: bigint) => cellsOf(shardKey, NO_ID),
    cellCoordinate(name: string, shardKey: bigint): TypedArray {
      if (name !== "cell_ids") throw new RangeError(`there is no cell coordinate "${name}"`);
      return cellsOf(shardKey, NULL_INDEX);
    },
  } satisfies GridPlugin);
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
