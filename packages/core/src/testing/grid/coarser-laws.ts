/** Laws of coarser cells in the same shards. */
import { shardCells, type GridPlugin } from "../../grid.js";
import { pointText } from "../points.js";
import type { GridLaw } from "./law.js";
import { findings } from "./point-laws.js";
import { lonLatOf, vectorOf, type Vector } from "../sphere.js";
import { columnsOf, pointAt, sampledPositions, type GridScene, type PointColumns } from "./scene.js";

/** Shards whose parents are listed. */
const OPENED = 4;
/** How far corners are moved towards the middle of their cell, of the way. */
const INWARDS = 0.1;

export const coarserLaws: readonly GridLaw[] = [
  {
    name: "coarsens to a grid of its family, with the same shards and another spatial signature",
    check({ grid, keys, regions }) {
      const coarser = grid.coarser?.().grid;
      if (coarser === undefined) return [];
      const [own, theirs] = [grid, coarser].map((one) => JSON.stringify(one.spatialSignature()));
      const covered = regions.slice(0, 1).flatMap(({ region }) => [...coarser.coverer(region).shardKeys]);
      return [
        ...(coarser.type === grid.type ? [] : [`the coarser grid is of type ${coarser.type}`]),
        ...(own === theirs ? [`the coarser grid has the same spatial signature, ${own}`] : []),
        ...(coarser.nestsWith(grid) && grid.nestsWith(coarser)
          ? []
          : ["it does not nest with the coarser grid"]),
        ...(shardCells(coarser.storage) < shardCells(grid.storage)
          ? []
          : ["the shards of the coarser grid have as many positions, or more"]),
        ...Array.from(keys).flatMap((key) => unknownTo(coarser, key, "the coarser grid")),
        ...covered.flatMap((key) => unknownTo(grid, key, "the grid")),
      ];
    },
  },
  {
    name: "gives every cell a parent in the coarser grid, and no hole one",
    check(scene) {
      return inEachShard(scene, (key, parents, coarser) => {
        const { grid, shards, positions } = scene;
        const [due, extent] = [shardCells(grid.storage), shardCells(coarser.storage)];
        if (parents.length !== due) return [`shard ${key} has ${parents.length} parents of ${due} positions`];
        const lonDeg = grid.cells?.(key).lonDeg;
        const held = new Set(positions.filter((_p, i) => shards[i] === key));
        return [...new Set([...sampledPositions(due), ...held])]
          .filter((p) => {
            const isHole = lonDeg !== undefined && Number.isNaN(lonDeg[p]!) && !held.has(p);
            const parent = parents[p]!;
            if (parent === -1) return held.has(p) || (lonDeg !== undefined && !isHole);
            return isHole || !(parent >= 0 && parent < extent);
          })
          .map((p) => `position ${p} of shard ${key} has the parent ${parents[p]}`);
      });
    },
  },
  {
    name: "puts the centre of a cell into its parent",
    check(scene) {
      if (scene.grid.cells === undefined) return [];
      return inEachShard(scene, (key, parents, coarser) => {
        const { lonDeg, latDeg } = scene.grid.cells!(key);
        const sample = sampledPositions(parents.length).filter((p) => !Number.isNaN(lonDeg[p]!));
        const columns = columnsOf(sample.map((p) => ({ lonDeg: lonDeg[p]!, latDeg: latDeg[p]! })));
        const found = new Int32Array(sample.length);
        coarser.locate(key, columns.lonDeg, columns.latDeg, found);
        return findings(sample.length, (k) =>
          found[k] === parents[sample[k]!]
            ? undefined
            : `the centre ${pointText(pointAt(columns, k))} of position ${sample[k]} of shard ${key} is at ${found[k]} in the coarser grid, and its parent is ${parents[sample[k]!]}`,
        );
      });
    },
  },
  {
    name: "puts the points of a cell into its parent, unless it says that cells nest by their ids only",
    check(scene) {
      const { points, shards, positions, grid, options } = scene;
      if (grid.coarser === undefined) return [];
      const cornered = inEachShard(scene, (key, parents, coarser) => {
        const corners = cornersIn(grid, key, parents.length);
        const [own, theirs] = [grid, coarser].map((one) => {
          const found = new Int32Array(corners.lonDeg.length);
          one.locate(key, corners.lonDeg, corners.latDeg, found);
          return found;
        }) as [Int32Array, Int32Array];
        return findings(own.length, (i) =>
          own[i]! < 0 || theirs[i] === parents[own[i]!]
            ? undefined
            : `${pointText(pointAt(corners, i))} is at ${own[i]} in shard ${key} and at ${theirs[i]} in the coarser grid, and the parent is ${parents[own[i]!]}`,
        );
      });
      const held = inEachShard(scene, (key, parents, coarser) => {
        const found = new Int32Array(shards.length);
        coarser.locate(key, points.lonDeg, points.latDeg, found);
        return findings(shards.length, (i) =>
          shards[i] !== key || found[i] === parents[positions[i]!]
            ? undefined
            : `${pointText(pointAt(points, i))} is at ${positions[i]} in shard ${key} and at ${found[i]} in the coarser grid, and the parent is ${parents[positions[i]!]}`,
        );
      });
      const moved = [...held, ...cornered];
      if (options.nestsInSpace !== false) return moved;
      return moved.length > 0 ? [] : ["it says that cells nest by their ids only, and no point tells"];
    },
  },
];

/** Places near the corners of cells, a tenth of the way to their middle. */
function cornersIn(grid: GridPlugin, key: bigint, positions: number): PointColumns {
  const cells = grid.cells?.(key);
  if (cells === undefined) return columnsOf([]);
  const sample = sampledPositions(positions).filter((p, k) => k % 9 === 0 && !Number.isNaN(cells.lonDeg[p]!));
  return columnsOf(
    sample.flatMap((p) => {
      const centre = vectorOf({ lonDeg: cells.lonDeg[p]!, latDeg: cells.latDeg[p]! });
      return cells.outline(p).flatMap(([ring]) =>
        Array.from(ring?.lonDeg ?? [], (lonDeg, i) => {
          const corner = vectorOf({ lonDeg, latDeg: ring!.latDeg[i]! });
          return lonLatOf(unitBetween(corner, centre, INWARDS));
        }),
      );
    }),
  );
}

function unitBetween(from: Vector, to: Vector, part: number): Vector {
  return [0, 1, 2].map((axis) => from[axis]! + part * (to[axis]! - from[axis]!)) as unknown as Vector;
}

function inEachShard(
  { grid, keys }: GridScene,
  check: (key: bigint, parents: Int32Array, coarser: GridPlugin) => readonly string[],
): string[] {
  const coarser = grid.coarser?.();
  if (coarser === undefined) return [];
  const stride = Math.max(1, Math.ceil(keys.length / OPENED));
  return Array.from(keys)
    .filter((_key, k) => k % stride === 0)
    .flatMap((key) => check(key, coarser.parentPositions(key), coarser.grid));
}

function unknownTo(grid: GridPlugin, key: bigint, what: string): string[] {
  try {
    grid.shardFootprint(key);
    return [];
  } catch (error) {
    return [`${what} does not have the shard ${key}: ${String(error)}`];
  }
}
