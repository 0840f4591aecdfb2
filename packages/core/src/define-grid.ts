/** A grid from seven answers: what follows from them is filled in, and can be given by hand. */
import { outputFieldSignature, type OutputFieldSet } from "./fields.js";
import { NO_SIGNATURE_RULES, type GridPlugin, type GridStorage, type SpatialSignature } from "./grid.js";
import { packedPlacement } from "./placement.js";

/** What a grid must say of its storage; the rest of {@link GridStorage} has defaults. */
export interface StorageFacts
  extends
    Pick<GridStorage, "dimensions" | "shardShape">,
    Partial<Omit<GridStorage, "dimensions" | "shardShape">> {}

/** What a grid must answer, and what it may answer otherwise than is derived. */
export interface GridFacts
  extends
    Pick<GridPlugin, "type" | "spatialSignature" | "coverer" | "shardFootprint" | "shardsOf" | "locate">,
    Partial<
      Pick<
        GridPlugin,
        "signature" | "nestsWith" | "signatureRules" | "shardLabel" | "cellCoordinate" | "cells" | "coarser"
      >
    > {
  readonly storage: StorageFacts;
  /**
   * Whether the cells of a grid of this family lie in those of another, or the reverse, as their spatial signatures
   * tell. Symmetric. Unless given: when the two signatures are equal, or mean the same by `signatureRules`.
   */
  aligned?(own: SpatialSignature, theirs: SpatialSignature): boolean;
}

/**
 * A grid; frozen. Derived unless given:
 *
 * - `signature`: the spatial one, then `output_fields`;
 * - `nestsWith`: one type, `aligned` spatial signatures, equal output fields;
 * - `signatureRules`: every key is compared exactly, and none is younger than the format;
 * - `shardLabel`: the key in decimal;
 * - storage: the group is called as the type; chunk dimensions `chunk_` and the dimension, or `chunks` where there is
 *   one; one chunk per shard; no attributes, no coordinates; blocks packed in the order of the shard map.
 *
 * @param fields the output fields of the run
 * @example
 * const grid = defineGrid({ type, storage, spatialSignature, coverer, shardFootprint, shardsOf, locate }, fields);
 */
export function defineGrid(facts: GridFacts, fields: OutputFieldSet): GridPlugin {
  const { storage, aligned, ...members } = facts;
  const { type, spatialSignature, signatureRules = NO_SIGNATURE_RULES } = facts;
  const outputFields = JSON.stringify(outputFieldSignature(fields));
  const isAligned =
    aligned ??
    ((own: SpatialSignature, theirs: SpatialSignature) => meansSame(own, theirs, signatureRules.equal));
  return Object.freeze<GridPlugin>({
    signature: () => ({ ...spatialSignature(), output_fields: outputFieldSignature(fields) }),
    nestsWith: (other) =>
      other.type === type &&
      JSON.stringify(other.signature().output_fields) === outputFields &&
      isAligned(spatialSignature(), other.spatialSignature()),
    shardLabel: String,
    ...members,
    signatureRules,
    storage: storageOf(type, storage),
  });
}

/** @throws nothing: shapes that do not fit are for the contract kit to tell */
function storageOf(type: string, facts: StorageFacts): GridStorage {
  const { dimensions, shardShape } = facts;
  return Object.freeze<GridStorage>({
    groupPath: type,
    chunkDimensions: dimensions.length === 1 ? ["chunks"] : dimensions.map((name) => `chunk_${name}`),
    chunkShape: shardShape,
    attributes: {},
    arrayAttributes: {},
    coordinates: [],
    cellCoordinates: [],
    placement: (shardKeys) => packedPlacement(shardShape, shardKeys),
    ...facts,
  });
}

function meansSame(
  own: SpatialSignature,
  theirs: SpatialSignature,
  equal: GridPlugin["signatureRules"]["equal"],
): boolean {
  const keys = Object.keys(own);
  return (
    keys.length === Object.keys(theirs).length &&
    keys.every((key) => {
      const [a, b] = [own[key]!, theirs[key]];
      return b !== undefined && (JSON.stringify(a) === JSON.stringify(b) || equal(key, b, a));
    })
  );
}
