/** Rectilinear grids for proofs of coverage. */
import { rectilinear, type RectilinearParams } from "@zagg/grid-rectilinear";
import type { TiledGrid } from "./prove.js";

/** A grid of square tiles: the side of a tile in CRS units, and the extent. */
export function tiledGrid(
  crs: string,
  side: number,
  bounds: readonly [number, number, number, number],
): TiledGrid {
  const cells = 10;
  const params = { crs, resolution: side / cells, bounds, chunk_shape: [cells, cells] };
  const grid = rectilinear.create(params as unknown as RectilinearParams, []);
  const [xmin, , xmax, ymax] = bounds;
  const columns = Math.ceil((xmax - xmin) / side - 1e-9);
  return { name: `${crs}, tiles of ${side}`, grid, crs, xmin, ymax, columns, width: side, height: side };
}
