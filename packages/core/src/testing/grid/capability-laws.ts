/** Laws of capability flags: what they say is so. */
import { NO_ID } from "../../grid.js";
import type { GridLaw } from "./law.js";
import { pointText } from "../points.js";
import { area } from "../sphere.js";
import { findings } from "./point-laws.js";
import { outlinedShards } from "./outlined-shards.js";
import { fieldA, pointAt } from "./scene.js";

/** Ids below this are exact in each type. */
const LIMITS = { uint32: 2n ** 32n, float64: 2n ** 53n, uint64: NO_ID } as const;
/**
 * How far the area of a cell may be from the median, as a part of it. Areas are those of outlines on the sphere, which
 * differ from those on the ellipsoid by 1 %.
 */
const AREA_TOLERANCE = 0.05;
const NARROWER = { uint32: undefined, float64: "uint32", uint64: "float64" } as const;

export const capabilityLaws: readonly GridLaw[] = [
  {
    name: "has cell ids as wide as it says, and no narrower",
    check({ grid, points, cells, keys }) {
      const { cellIds } = grid.capabilities;
      const limit = LIMITS[cellIds];
      if (limit === undefined) return [`capabilities.cellIds is ${String(cellIds)}`];
      const narrower = NARROWER[cellIds];
      const listed = Array.from(keys, (key) => grid.cellsOf(key));
      const isWide = (id: bigint, than: bigint): boolean => id !== NO_ID && id >= than;
      return [
        ...findings(cells.length, (i) =>
          isWide(cells[i]!, limit)
            ? `${pointText(pointAt(points, i))} has the cell ${cells[i]}, which does not fit ${cellIds}`
            : undefined,
        ),
        ...listed.flatMap((ids, k) =>
          ids.some((id) => isWide(id, limit))
            ? [`shard ${keys[k]} has cells that do not fit ${cellIds}`]
            : [],
        ),
        ...(narrower === undefined || listed.some((ids) => ids.some((id) => isWide(id, LIMITS[narrower])))
          ? []
          : [`it says ${cellIds}, and every id seen fits ${narrower}`]),
      ];
    },
  },
  {
    name: "nests each cell in one cell of the derived grid, when it says that it is hierarchical",
    check({ grid, points, cells, options: { derived } }) {
      if (!grid.capabilities.hierarchical || derived === undefined) return [];
      const parents = new BigUint64Array(cells.length);
      derived([fieldA]).assign(points.lonDeg, points.latDeg, parents);
      const parentOf = new Map<bigint, number>();
      return findings(cells.length, (i) => {
        const cell = cells[i]!;
        const first = parentOf.get(cell);
        if (first === undefined) parentOf.set(cell, i);
        return cell === NO_ID || first === undefined || parents[first] === parents[i]
          ? undefined
          : `${pointText(pointAt(points, i))} and ${pointText(pointAt(points, first))} share the cell ${cell} but no coarser one`;
      });
    },
  },
  {
    name: "has cells of equal area in most shards, when it says so",
    check({ grid, keys }) {
      if (!grid.capabilities.equalArea) return [];
      const areas = outlinedShards(grid, keys).map(({ key, footprint }) => {
        const cells = grid.cellsOf(key).filter((id) => id !== NO_ID).length;
        return { key, perCell: area(footprint) / cells };
      });
      const median = areas.map(({ perCell }) => perCell).sort((a, b) => a - b)[areas.length >> 1] ?? 0;
      // Shards at the rim of a projection have cells beyond their outline.
      const unequal = areas.filter(({ perCell }) => Math.abs(perCell - median) > AREA_TOLERANCE * median);
      return 2 * unequal.length <= areas.length
        ? []
        : unequal.map(
            ({ key, perCell }) => `the cells of shard ${key} have ${perCell / median} of the usual area`,
          );
    },
  },
];
