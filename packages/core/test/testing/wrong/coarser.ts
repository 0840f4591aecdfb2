/** Coarser grids that are not what they promise. */
import type { CoarserGrid, GridPlugin } from "../../../src/index.js";
import { boxGrid } from "../box-grid.js";
import type { WrongGrid } from "./wrong-grid.js";

/** The grid with another coarser grid, or other parents. */
function coarsening(
  grid: GridPlugin,
  change: (coarser: CoarserGrid) => Partial<CoarserGrid>,
): Partial<GridPlugin> {
  return {
    coarser: () => {
      const coarser = grid.coarser!();
      return { ...coarser, ...change(coarser) };
    },
  };
}

export const wrongCoarsenings: readonly WrongGrid[] = [
  {
    wrong: "coarsens to itself",
    law: "coarsens to a grid of its family, with the same shards and another spatial signature",
    change: (grid) => coarsening(grid, () => ({ grid })),
  },
  {
    wrong: "coarsens to a grid of other output fields",
    law: "coarsens to a grid of its family, with the same shards and another spatial signature",
    change: (grid) => coarsening(grid, () => ({ grid: boxGrid({ cell_deg: 15 }, []) })),
  },
  {
    wrong: "has a hole where a cell is, as its parents tell",
    law: "gives every cell a parent in the coarser grid, and no hole one",
    change: (grid) =>
      coarsening(grid, ({ parentPositions }) => ({
        parentPositions: (key) => parentPositions(key).map((parent, p) => (p === 0 ? -1 : parent)),
      })),
  },
  {
    wrong: "has parents beyond the last of the coarser cells",
    law: "gives every cell a parent in the coarser grid, and no hole one",
    change: (grid) =>
      coarsening(grid, ({ parentPositions }) => ({
        parentPositions: (key) => parentPositions(key).map((parent) => parent + 1),
      })),
  },
  {
    wrong: "lists the parents of a shard backwards",
    law: "puts the centre of a cell into its parent",
    change: (grid) =>
      coarsening(grid, ({ parentPositions }) => ({
        parentPositions: (key) => parentPositions(key).reverse(),
      })),
  },
  {
    wrong: "shifts its coarser cells by some degrees",
    law: "puts the points of a cell into its parent, unless it says that cells nest by their ids only",
    change: (grid) =>
      coarsening(grid, ({ grid: coarse, parentPositions }) => ({
        grid: {
          ...coarse,
          locate: (key, lonDeg, latDeg, out) => {
            const shifted = lonDeg.map((lon) => lon + 2);
            return coarse.locate(key, shifted, latDeg, out);
          },
        },
        parentPositions,
      })),
  },
  {
    wrong: "says that its cells nest by their ids only, and they nest in space",
    law: "puts the points of a cell into its parent, unless it says that cells nest by their ids only",
    options: { nestsInSpace: false },
  },
];
