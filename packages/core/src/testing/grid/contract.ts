/** The grid contract as tests. */
import type fc from "fast-check";
import type { OutputFieldSet } from "../../fields.js";
import type { GridPlugin } from "../../grid.js";
import type { JsonObject } from "../../json.js";
import type { AnyGridFactory } from "../../registry.js";
import type { TestFramework } from "../framework.js";
import { proveLaws, type GridLaw } from "./law.js";
import type { LonLat } from "../sphere.js";
import { cellLaws } from "./cell-laws.js";
import { coarserLaws } from "./coarser-laws.js";
import { identityLaws } from "./identity-laws.js";
import { isolationLaws } from "./isolation-laws.js";
import { pointLaws } from "./point-laws.js";
import { createScene } from "./scene.js";
import { regionLaws } from "./region-laws.js";
import { seamLaws } from "./seam-laws.js";
import { storageLaws } from "./storage-laws.js";

export interface GridContractOptions extends TestFramework {
  /** Which grid, for the title. */
  readonly name?: string;
  /** A fresh instance of one grid at each call, with these output fields. */
  readonly create: (fields: OutputFieldSet) => GridPlugin;
  /** The factory and parameters that make the same grid. */
  readonly factory?: AnyGridFactory;
  readonly params?: JsonObject;
  /** A grid of another family. */
  readonly other?: GridPlugin;
  /** A coarser grid of the family, with which this one nests; the laws run on it too. */
  readonly derived?: (fields: OutputFieldSet) => GridPlugin;
  /** The same grid with one chunk per shard: what the order of cells is judged by. */
  readonly unchunked?: (fields: OutputFieldSet) => GridPlugin;
  /** Points that matter to this grid; a regional grid is hardly met by points of the whole globe. */
  readonly points?: fc.Arbitrary<LonLat>;
  /** Whether a valid point is meant to have a cell, undefined where rounding decides; (lon, lat) in degrees. */
  readonly isInside?: (lonDeg: number, latDeg: number) => boolean | undefined;
  /** Whether a longitude and its whole turns are one place (default). False is proven by a point that moves. */
  readonly wraps?: boolean;
  /** Whether the cells of a coarser grid hold those of this one in space (default), or by their ids only (H3). */
  readonly nestsInSpace?: boolean;
  /**
   * The value of a cell coordinate at a point, by its name and by other means than the grid's own: each that is
   * declared needs it. The grid tells its parameters by its signature; it is this one, or the derived one.
   */
  readonly cellValues?: Readonly<
    Record<string, (lonDeg: number, latDeg: number, grid: GridPlugin) => number | bigint>
  >;
  /** Cell coordinates whose fill value is that of a cell too, because a stored format wants it so. */
  readonly fillsLikeACell?: readonly string[];
  /** How far beyond its footprint a shard's point may lie, in parts of the footprint's radius. Default 0.001. */
  readonly footprintMargin?: number;
  /** How far beyond its outline a cell's point may lie, in parts of the outline's radius. Default 0.01. */
  readonly cellMargin?: number;
  /** How far from a region the circle around a covered shard may lie, in parts of its radius. Default 0.05. */
  readonly coverageSlack?: number;
  readonly seed?: number;
  /** Points of each kind, and twice the number of regions. Default 100. */
  readonly numRuns?: number;
}

const laws: readonly GridLaw[] = [
  ...identityLaws,
  ...isolationLaws,
  ...pointLaws,
  ...storageLaws,
  ...regionLaws,
  ...seamLaws,
  ...cellLaws,
  ...coarserLaws,
];

/** Names of the laws, which are the names of the tests. */
export const gridLaws: readonly string[] = Object.freeze(laws.map(({ name }) => name));

/**
 * Registers a test per law for a grid, and for a grid derived from it.
 *
 * Give it a grid of small shards: laws look at no more than 243 positions of a shard one by one, but what lists the cells
 * of a shard lists them all, a dozen times or so. All laws of a HEALPix grid take 1.2 s of processor time with shards of 4^6 cells, and
 * 17 s with shards of 4^10, nearly all of it in the laws that list cells: those of regions and points take the same. `numRuns` changes
 * the number of points and regions, not of cells.
 *
 * @example
 * gridContract({ describe, it, expect, name: "hex", create: (fields) => hex.create(params, fields), factory: hex, params });
 */
export function gridContract(options: GridContractOptions): void {
  const title = `the grid contract: ${options.name ?? options.factory?.type ?? "grid"}`;
  proveLaws(
    options,
    title,
    laws,
    once(() => createScene(options, options.create)),
  );
  const { derived } = options;
  if (derived === undefined) return;
  const { factory: _factory, params: _params, derived: _derived, unchunked: _unchunked, ...rest } = options;
  proveLaws(
    rest,
    `${title}, derived`,
    laws,
    once(() => createScene(rest as GridContractOptions, derived)),
  );
}

function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
