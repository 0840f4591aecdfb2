/** The grid contract, assembled from the CRS, the lattice and the kernels. */
import { defineGrid, shardIndices, type GridFactory, type GridPlugin, type OutputFieldSet } from "@zagg/core";
import { createCoverer } from "./cover/coverer.js";
import { createCrs } from "./crs/crs.js";
import { shardOutline } from "./footprint.js";
import { createLattice } from "./lattice.js";
import { rectilinearParams, type RectilinearParams } from "./params.js";
import { createPointOperations } from "./points.js";
import { GRID_TYPE, isAligned, signatureRulesOf, spatialSignatureOf } from "./signature.js";
import { cellsFrom, coarserParams, parentsOfCells } from "./shard-cells.js";
import { createStorage } from "./storage.js";

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
  const coarser = coarserParams(params, lattice);
  const points = createPointOperations(crs, lattice);
  const tileOf = (shardKey: bigint): readonly [row: number, column: number] => {
    const [row, column] = shardIndices(shardKey, [lattice.shardRows, lattice.shardColumns]);
    return [row!, column!];
  };
  return defineGrid(
    {
      type: GRID_TYPE,
      storage: createStorage(crs, lattice),
      signatureRules: signatureRulesOf(crs),
      spatialSignature: () => spatialSignatureOf(crs, lattice),
      aligned: (own, theirs) => isAligned(crs, own, theirs),
      coverer: (region) => createCoverer(region, crs, lattice),
      shardFootprint: (shardKey) => shardOutline(...tileOf(shardKey), crs, lattice),
      shardLabel(shardKey) {
        const [row, column] = tileOf(shardKey);
        return `r${row}c${column}`;
      },
      shardsOf: points.shardsOf,
      locate(shardKey, lonDeg, latDeg, out) {
        const [row, column] = tileOf(shardKey);
        const origin = { row0: row * lattice.shardHeight, column0: column * lattice.shardWidth };
        return points.locate(origin, lonDeg, latDeg, out);
      },
      cells(shardKey) {
        const [row, column] = tileOf(shardKey);
        return cellsFrom(row * lattice.shardHeight, column * lattice.shardWidth, crs, lattice);
      },
      ...(coarser === undefined
        ? {}
        : {
            coarser: () => ({
              grid: createRectilinearGrid(coarser, fields),
              parentPositions(shardKey) {
                tileOf(shardKey);
                return parentsOfCells(lattice);
              },
            }),
          }),
    },
    fields,
  );
}
