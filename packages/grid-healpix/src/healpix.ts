/** The HEALPix family, as an application registers it. */
import type { GridFactory } from "@zagg/core";
import { healpixGrid } from "./grid.js";
import { healpixParams, readSettings, type HealpixParams } from "./params.js";

/**
 * HEALPix grids (Górski et al. 2005, ApJ 622:759) in the nested numbering, sharded by morton words.
 *
 * @example
 * const grid = healpix.create({ parent_order: 6, child_order: 12 }, []);
 */
export const healpix = Object.freeze({
  kind: "grid",
  type: "healpix",
  apiVersion: 2,
  description: "HEALPix: equal-area cells, nested, orders 0 to 29",
  paramsSchema: healpixParams,
  create: (params, fields) => healpixGrid(readSettings(params), fields),
} satisfies GridFactory<HealpixParams>);
