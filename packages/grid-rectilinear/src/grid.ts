/** The grid contract, assembled from the CRS, the lattice and the kernels. */
import {
  GridError,
  outputFieldSignature,
  type GridFactory,
  type GridPlugin,
  type GridSignature,
  type OutputFieldSet,
} from "@zagg/core";
import { coverage, createCoverer } from "./cover/coverer.js";
import { createCrs } from "./crs/crs.js";
import { shardOutline } from "./footprint.js";
import { createLattice, type Lattice } from "./lattice.js";
import { rectilinearParams, type RectilinearParams } from "./params.js";
import { createPointOperations, type ShardOrigin } from "./points.js";
import { GRID_TYPE, nests, signatureRulesOf, spatialSignatureOf } from "./signature.js";
import { createStorage } from "./storage.js";

/** Projections that keep areas, by their PROJ names. */
const EQUAL_AREA = ["aea", "cea", "eqearth", "laea", "leac", "moll", "sinu"] as const;

/**
 * Rectilinear grids: rows and columns of equal cells in the plane of a CRS.
 *
 * Cell ids are row · width + column, shard keys shard row · shard columns + shard column; row 0 is at the top. A cell
 * holds its left and upper edge.
 *
 * @example
 * const grid = rectilinear.create({ crs: "EPSG:3031", resolution: 5000, bounds: [-3.2e6, -3.2e6, 3.2e6, 3.2e6] }, []);
 */
export const rectilinear: GridFactory<RectilinearParams> = Object.freeze({
  kind: "grid",
  type: GRID_TYPE,
  apiVersion: 2,
  description: "Rows and columns of equal cells in the plane of a coordinate reference system.",
  paramsSchema: rectilinearParams,
  create: createRectilinearGrid,
});

function createRectilinearGrid(params: RectilinearParams, fields: OutputFieldSet): GridPlugin {
  const crs = createCrs(params.crs);
  const lattice = createLattice(params);
  const points = createPointOperations(crs, lattice);
  const originOf = (shardKey: bigint) => shardOrigin(shardKey, lattice);
  const spatialSignature = () => spatialSignatureOf(crs, lattice);
  const signature = () =>
    ({ ...spatialSignature(), output_fields: outputFieldSignature(fields) }) as GridSignature;
  const equalArea = EQUAL_AREA.some(
    (name) => crs.projection.names?.includes(name) || crs.projection.projName === name,
  );
  return Object.freeze<GridPlugin>({
    type: GRID_TYPE,
    capabilities: Object.freeze({
      hierarchical: false,
      equalArea,
      cellIds: lattice.width * lattice.height <= 2 ** 32 ? "uint32" : "float64",
    }),
    storage: createStorage(crs, lattice, originOf),
    signatureRules: signatureRulesOf(crs),
    spatialSignature,
    signature,
    nestsWith: (other) => nests(crs, signature(), other),
    coverage: (region) => coverage(region, crs, lattice),
    coverer: (region) => createCoverer(region, crs, lattice),
    shardFootprint(shardKey) {
      const { row0, column0 } = originOf(shardKey);
      return shardOutline(row0 / lattice.shardHeight, column0 / lattice.shardWidth, crs, lattice);
    },
    shardLabel(shardKey) {
      const { row0, column0 } = originOf(shardKey);
      return `r${row0 / lattice.shardHeight}c${column0 / lattice.shardWidth}`;
    },
    assign: points.assign,
    shardsOf: points.shardsOf,
    locate: (shardKey, lonDeg, latDeg, out) => points.locate(originOf(shardKey), lonDeg, latDeg, out),
    cellsOf: (shardKey) => points.cellsOf(originOf(shardKey)),
    cellCoordinate(name) {
      throw new GridError("GRID_COORDINATE_UNKNOWN", {
        what: `cell coordinate "${name}" was asked of a rectilinear grid`,
        why: "its coordinates x and y are written once, whole; none has a value a cell",
        mend: "use storage.coordinates",
        details: { name },
      });
    },
  });
}

/** @throws GridError `GRID_SHARD_UNKNOWN` */
function shardOrigin(shardKey: bigint, lattice: Lattice): ShardOrigin {
  const { shardRows, shardColumns, shardHeight, shardWidth } = lattice;
  const key = Number(shardKey);
  if (!(key >= 0 && key < shardRows * shardColumns)) {
    throw new GridError("GRID_SHARD_UNKNOWN", {
      what: `shard key ${shardKey}`,
      why: `the grid has ${shardRows} by ${shardColumns} shards, numbered from 0`,
      mend: `use a key below ${shardRows * shardColumns}; check that the shard map belongs to this grid`,
      details: { shardKey: String(shardKey), shards: shardRows * shardColumns },
    });
  }
  const column = key % shardColumns;
  return { row0: ((key - column) / shardColumns) * shardHeight, column0: column * shardWidth };
}
