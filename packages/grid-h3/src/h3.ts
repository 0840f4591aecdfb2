/** The H3 family, as an application registers it. */
import type { GridFactory } from "@zagg/core";
import { h3Grid } from "./grid.js";
import { h3Params, readSettings, type H3Params } from "./params.js";

/**
 * H3 grids (Brodsky 2018, "H3: Uber's Hexagonal Hierarchical Spatial Index"), sharded by whole coarser cells.
 *
 * @example
 * const grid = h3.create({ parent_res: 4, child_res: 9 }, []);
 */
export const h3 = Object.freeze({
  kind: "grid",
  type: "h3",
  apiVersion: 2,
  description: "H3: hexagons and twelve pentagons, resolutions 0 to 15",
  paramsSchema: h3Params,
  create: (params, fields) => h3Grid(readSettings(params), fields),
} satisfies GridFactory<H3Params>);
