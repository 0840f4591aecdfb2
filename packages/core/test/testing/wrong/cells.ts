/** Wrong coordinates, centres and outlines of cells. */
import type { GridPlugin, Region, ShardCells } from "../../../src/index.js";
import type { WrongGrid } from "./wrong-grid.js";

/** The grid with other cells than it has. */
function withCells(
  grid: GridPlugin,
  change: (cells: ShardCells) => Partial<ShardCells>,
): Partial<GridPlugin> {
  return {
    cells: (key) => {
      const cells = grid.cells!(key);
      return { ...cells, ...change(cells) };
    },
  };
}

const moved = (region: Region, northDeg: number): Region =>
  region.map((polygon) =>
    polygon.map(({ lonDeg, latDeg }) => ({
      lonDeg,
      latDeg: latDeg.map((lat) => Math.max(-90, Math.min(90, lat + northDeg))),
    })),
  );

export const wrongCells: readonly WrongGrid[] = [
  {
    wrong: "has cell coordinates of another type than it declares",
    law: "has values of the cell coordinates that it declares, and of no other",
    change: (grid) => ({
      cellCoordinate: (name, key) =>
        Float64Array.from(grid.cellCoordinate!(name, key) as BigUint64Array, Number),
    }),
  },
  {
    wrong: "declares a cell coordinate and has no values of it",
    law: "has values of the cell coordinates that it declares, and of no other",
    change: () => ({ cellCoordinate: undefined as never }),
  },
  {
    wrong: "has values of a cell coordinate and declares none",
    law: "has values of the cell coordinates that it declares, and of no other",
    change: (grid) => ({ storage: { ...grid.storage, cellCoordinates: [] } }),
  },
  {
    wrong: "has the ids of cells of the next shard",
    law: "gives each cell the value of a cell coordinate that belongs to its place",
    change: (grid) => ({
      cellCoordinate: (name, key) => grid.cellCoordinate!(name, (key + 1n) % 48n),
    }),
  },
  {
    wrong: "has the ids of a shard backwards",
    law: "gives each cell the value of a cell coordinate that belongs to its place",
    change: (grid) => ({ cellCoordinate: (name, key) => grid.cellCoordinate!(name, key).reverse() }),
  },
  {
    wrong: "has a cell coordinate that the kit cannot judge",
    law: "gives each cell the value of a cell coordinate that belongs to its place",
    options: { cellValues: {} },
  },
  {
    wrong: "fills ids with the id of a cell",
    law: "gives the fill value of a cell coordinate to holes, and to no cell",
    change: (grid) => ({
      storage: {
        ...grid.storage,
        cellCoordinates: grid.storage.cellCoordinates.map((one) => ({ ...one, fillValue: 0 })),
      },
    }),
  },
  {
    wrong: "finds every point at the first position of its shard",
    law: "locates the centre of each cell at the cell's position",
    change: (grid) => ({
      locate(key, lonDeg, latDeg, out) {
        const inside = grid.locate(key, lonDeg, latDeg, out);
        out.forEach((position, i) => {
          if (position > 0) out[i] = 0;
        });
        return inside;
      },
    }),
  },
  {
    wrong: "is off by one in its centres",
    law: "locates the centre of each cell at the cell's position",
    change: (grid) =>
      withCells(grid, ({ lonDeg, latDeg }) => ({ lonDeg: lonDeg.slice(1), latDeg: latDeg.slice(1) })),
  },
  {
    wrong: "has corners of cells for their centres",
    law: "locates the centre of each cell at the cell's position",
    change: (grid) =>
      withCells(grid, ({ lonDeg, latDeg }) => ({
        lonDeg: lonDeg.map((lon) => lon + 3.75),
        latDeg: latDeg.map((lat) => Math.min(90, lat + 3.75)),
      })),
  },
  {
    wrong: "outlines the cell north of each",
    law: "outlines each cell around its centre and the points in it, and no hole",
    change: (grid) => withCells(grid, ({ outline }) => ({ outline: (p) => moved(outline(p), 7.5) })),
  },
  {
    wrong: "has holes where points are",
    law: "outlines each cell around its centre and the points in it, and no hole",
    change: (grid) => withCells(grid, ({ lonDeg }) => ({ lonDeg: lonDeg.map(() => NaN), outline: () => [] })),
  },
];
