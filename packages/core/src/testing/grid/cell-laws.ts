/** Laws of what a grid may say of single cells: coordinates by cell, centres and outlines. */
import { NO_ID, shardCells } from "../../grid.js";
import { fillElement } from "../../fill-value.js";
import { pointText } from "../points.js";
import { angleDeg, boundingCap, holds, vectorOf } from "../sphere.js";
import type { GridLaw } from "./law.js";
import { findings, steadyPoints } from "./point-laws.js";
import { columnsOf, pointAt, sampledPositions, type GridScene } from "./scene.js";
import { wrongArray } from "./storage-laws.js";

/** Shards whose cells are listed; those of huge shards take long. */
const OPENED = 4;
/** Cells of a shard whose outlines are looked at, beside those that hold points. */
const OUTLINED = 27;
/** How far beyond its outline a cell's point may lie, in parts of the cell's radius. */
const DEFAULT_MARGIN = 0.01;
/** Rounding of angles, in degrees: a tenth of a millimetre. */
const ROUNDING_DEG = 1e-9;

export const cellLaws: readonly GridLaw[] = [
  {
    name: "has values of the cell coordinates that it declares, and of no other",
    check({ grid, keys }) {
      const { cellCoordinates } = grid.storage;
      const { cellCoordinate } = grid;
      if (cellCoordinate === undefined) {
        return cellCoordinates.map(({ name }) => `it has no values of ${name}: cellCoordinate is missing`);
      }
      if (cellCoordinates.length === 0)
        return ["cellCoordinate is there, and no cell coordinate is declared"];
      return [
        ...cellCoordinates.flatMap(({ name, dtype }) =>
          Array.from(opened(keys)).flatMap((key) =>
            wrongArray(
              `cell coordinate ${name} of shard ${key}`,
              grid.cellCoordinate!(name, key),
              dtype,
              shardCells(grid.storage),
            ),
          ),
        ),
        ...(keys.length > 0 && !throws(() => grid.cellCoordinate!("no such coordinate", keys[0]!))
          ? ["it has values of a cell coordinate that it does not declare"]
          : []),
      ];
    },
  },
  {
    name: "gives each cell the value of a cell coordinate that belongs to its place",
    check(scene) {
      const { grid, keys, points, shards, positions, options } = scene;
      return grid.storage.cellCoordinates.flatMap(({ name }) => {
        const valueAt = options.cellValues?.[name];
        if (valueAt === undefined) return [`give the contract cellValues.${name}, to compare with`];
        const steady = steadyPoints(scene);
        return Array.from(opened(keys)).flatMap((key) => {
          const values = grid.cellCoordinate!(name, key);
          return findings(shards.length, (i) => {
            if (shards[i] !== key || !steady[i]) return undefined;
            const { lonDeg, latDeg } = pointAt(points, i);
            const [value, due] = [values[positions[i]!], valueAt(lonDeg, latDeg, grid)];
            return Object.is(value, due)
              ? undefined
              : `${name} is ${value} at position ${positions[i]} of shard ${key}, and ${due} at ${pointText(pointAt(points, i))} in it`;
          });
        });
      });
    },
  },
  {
    name: "gives the fill value of a cell coordinate to holes, and to no cell",
    check({ grid, keys, positions, shards, options: { fillsLikeACell = [] } }) {
      return grid.storage.cellCoordinates.flatMap(({ name, dtype, fillValue }) =>
        Array.from(opened(keys)).flatMap((key) => {
          const values = grid.cellCoordinate!(name, key);
          const lonDeg = grid.cells?.(key).lonDeg;
          const filled = (position: number): boolean =>
            Object.is(values[position], fillElement(dtype, fillValue));
          const found = sampledPositions(values.length)
            .filter((p) => lonDeg !== undefined && Number.isNaN(lonDeg[p]) && !filled(p))
            .map((p) => `${name} is ${values[p]} at the hole ${p} of shard ${key}, and not ${fillValue}`);
          if (fillsLikeACell.includes(name)) return found;
          const cell = shards.findIndex((shard, i) => shard === key && filled(positions[i]!));
          return cell < 0
            ? found
            : [
                ...found,
                `${name} is ${fillValue}, its fill value, at the cell ${positions[cell]} of shard ${key}`,
              ];
        }),
      );
    },
  },
  {
    name: "locates the centre of each cell at the cell's position",
    check({ grid, keys }) {
      if (grid.cells === undefined) return [];
      return Array.from(opened(keys)).flatMap((key) => {
        const { lonDeg, latDeg } = grid.cells!(key);
        const positions = shardCells(grid.storage);
        if (lonDeg.length !== positions || latDeg.length !== positions) {
          return [
            `shard ${key} has ${lonDeg.length} and ${latDeg.length} coordinates of ${positions} centres`,
          ];
        }
        const sample = sampledPositions(positions).filter((p) => !Number.isNaN(lonDeg[p]!));
        const columns = columnsOf(sample.map((p) => ({ lonDeg: lonDeg[p]!, latDeg: latDeg[p]! })));
        const found = new Int32Array(sample.length);
        grid.locate(key, columns.lonDeg, columns.latDeg, found);
        return findings(sample.length, (k) =>
          found[k] === sample[k]
            ? undefined
            : `the centre ${pointText(pointAt(columns, k))} of position ${sample[k]} of shard ${key} is at position ${found[k]}`,
        );
      });
    },
  },
  {
    name: "outlines each cell around its centre and the points in it, and no hole",
    check(scene) {
      const { grid, keys, options } = scene;
      if (grid.cells === undefined) return [];
      const margin = options.cellMargin ?? DEFAULT_MARGIN;
      return Array.from(opened(keys)).flatMap((key) => {
        const { lonDeg, latDeg, outline } = grid.cells!(key);
        const sample = sampledPositions(lonDeg.length);
        const stride = Math.max(1, Math.floor(sample.length / OUTLINED));
        const ofPoints = pointsOf(scene, key);
        const looked = new Set([...sample.filter((_p, k) => k % stride === 0), ...ofPoints.keys()]);
        return [...looked].flatMap((p) => {
          const region = outline(p);
          if (Number.isNaN(lonDeg[p]!)) {
            return region.length === 0 && !ofPoints.has(p)
              ? []
              : [
                  `position ${p} of shard ${key} is a hole, and has ${region.length === 0 ? "points" : "an outline"}`,
                ];
          }
          const centre = { lonDeg: lonDeg[p]!, latDeg: latDeg[p]! };
          const allowed = margin * (boundingCap(region)?.radiusDeg ?? 0) + ROUNDING_DEG;
          return [centre, ...(ofPoints.get(p) ?? [])]
            .filter((place) => !holds(region, vectorOf(place), allowed))
            .map(
              (place, k) =>
                `${k === 0 && place === centre ? "the centre" : "the point"} ${pointText(place)} of position ${p} of shard ${key} is ${awayFrom(region, place)}`,
            );
        });
      });
    },
  },
];

/** Some of the shards that hold points. */
function opened(keys: BigUint64Array): BigUint64Array {
  return keys.filter((_key, k) => k % Math.max(1, Math.ceil(keys.length / OPENED)) === 0);
}

/** The points of a shard by their position. */
function pointsOf({ points, shards, positions }: GridScene, key: bigint) {
  const found = new Map<number, ReturnType<typeof pointAt>[]>();
  shards.forEach((shard, i) => {
    if (shard !== key || shard === NO_ID) return;
    const position = positions[i]!;
    found.set(position, [...(found.get(position) ?? []), pointAt(points, i)]);
  });
  return found;
}

function awayFrom(region: Parameters<typeof holds>[0], place: { lonDeg: number; latDeg: number }): string {
  const cap = boundingCap(region);
  return cap === undefined
    ? "in no outline"
    : `outside its outline, ${angleDeg(cap.centre, vectorOf(place))} degrees from the middle of one of radius ${cap.radiusDeg}`;
}

function throws(action: () => unknown): boolean {
  try {
    action();
  } catch {
    return true;
  }
  return false;
}
