/** Laws of storage: shapes, chunks, blocks, coordinates and attributes. */
import { allocate, type DType } from "../../dtype.js";
import { NO_ID, chunkCells, shardCells, type GridStorage } from "../../grid.js";
import type { TypedArray } from "../../dtype.js";
import type { GridLaw } from "./law.js";
import { pointText } from "../points.js";
import { inexactJson } from "./identity-laws.js";
import { findings } from "./point-laws.js";
import { fieldA, pointAt, positionsIn } from "./scene.js";

export const storageLaws: readonly GridLaw[] = [
  {
    name: "divides shards into whole chunks, one extent per dimension",
    check({ grid: { storage } }) {
      const { dimensions, chunkDimensions, shardShape, chunkShape, groupPath } = storage;
      const ranks = [dimensions, chunkDimensions, shardShape, chunkShape].map(({ length }) => length);
      const names = [...dimensions, ...chunkDimensions];
      return [
        ...(new Set(ranks).size === 1 ? [] : [`dimensions and shapes are of ranks ${ranks.join(", ")}`]),
        ...(new Set(names).size === names.length ? [] : [`the dimensions ${names.join(", ")} repeat a name`]),
        ...(groupPath === "" || groupPath.startsWith("/") ? [`groupPath is "${groupPath}"`] : []),
        ...shardShape
          .map((extent, axis) => [extent, chunkShape[axis]!, axis] as const)
          .filter(([shard, chunk]) => !(isExtent(shard) && isExtent(chunk) && shard % chunk === 0))
          .map(
            ([shard, chunk, axis]) =>
              `along dimension ${axis}, chunks of ${chunk} do not divide shards of ${shard}`,
          ),
      ];
    },
  },
  {
    name: "orders the cells chunk by chunk, row-major in the shard and in the chunk",
    check({ grid, points, shards, positions, options: { unchunked } }) {
      if (unchunked === undefined) return [];
      const plain = unchunked([fieldA]);
      const { storage } = grid;
      const same = JSON.stringify([storage.shardShape, grid.spatialSignature()]);
      if (JSON.stringify([plain.storage.shardShape, plain.spatialSignature()]) !== same) {
        return ["the grid with one chunk per shard has another shard shape or another spatial signature"];
      }
      if (chunkCells(plain.storage) !== shardCells(plain.storage)) {
        return ["the grid that should have one chunk per shard has more"];
      }
      const rowMajor = positionsIn(plain, points, shards);
      return findings(shards.length, (i) => {
        if (shards[i] === NO_ID) return undefined;
        const due = canonicalPosition(storage, rowMajor[i]!);
        return positions[i] === due
          ? undefined
          : `${pointText(pointAt(points, i))} has the position ${positions[i]} in shard ${shards[i]}, and ${due} is due`;
      });
    },
  },
  {
    name: "gives every shard a block of its own inside the array",
    check({ grid, keys }) {
      const { storage } = grid;
      const rank = storage.dimensions.length;
      return [keys, keys.slice(0, 1)].flatMap((mapped) => {
        const placement = storage.placement(mapped);
        const { arrayShape } = placement;
        const found: string[] = [];
        if (arrayShape.length !== rank || !arrayShape.every(isExtent)) {
          found.push(`arrays of the shape [${arrayShape.join()}] are not of ${rank} whole extents`);
        }
        const takenBy = new Map<string, bigint>();
        for (const key of mapped) {
          const block = placement.blockIndex(key);
          const taken = takenBy.get(block.join());
          if (taken !== undefined) found.push(`shards ${taken} and ${key} share the block [${block.join()}]`);
          takenBy.set(block.join(), key);
          const fits =
            block.length === rank &&
            block.every(
              (index, axis) =>
                Number.isSafeInteger(index) &&
                index >= 0 &&
                index * storage.shardShape[axis]! < arrayShape[axis]!,
            );
          if (!fits)
            found.push(`shard ${key} has the block [${block.join()}] in an array of [${arrayShape.join()}]`);
        }
        return found;
      });
    },
  },
  {
    name: "gives coordinates the lengths, types and dimensions that it declares",
    check({ grid, keys }) {
      const { storage } = grid;
      const { arrayShape } = storage.placement(keys);
      const names = [...storage.coordinates, ...storage.cellCoordinates].map(({ name }) => name);
      const extentOf = new Map(storage.dimensions.map((name, axis) => [name, arrayShape[axis]]));
      return [
        ...(new Set(names).size === names.length
          ? []
          : [`two of the coordinates ${names.join(", ")} share a name`]),
        ...storage.coordinates.flatMap(({ name, dtype, shape, dimensions, values }) => [
          ...wrongArray(
            `coordinate ${name}`,
            values,
            dtype,
            shape.reduce((product, extent) => product * extent, 1),
          ),
          ...(shape.length === dimensions.length
            ? []
            : [`coordinate ${name} names ${dimensions.length} of ${shape.length} dimensions`]),
          ...dimensions
            .filter((dimension, axis) => (extentOf.get(dimension) ?? shape[axis]) !== shape[axis])
            .map((dimension) => `coordinate ${name} is not as long as the dimension ${dimension}`),
        ]),
      ];
    },
  },
  {
    name: "has attributes that are plain JSON",
    check({ grid: { storage } }) {
      const { attributes, arrayAttributes, coordinates, cellCoordinates } = storage;
      return [
        ...inexactJson(attributes, "attributes"),
        ...inexactJson(arrayAttributes, "arrayAttributes"),
        ...[...coordinates, ...cellCoordinates].flatMap((one) =>
          inexactJson(one.attributes, `${one.name}.attributes`),
        ),
      ];
    },
  },
];

/** Row-major index in the shard of a canonical, chunk-major position: the inverse of {@link canonicalPosition}. */
export function rowMajorIndex({ shardShape, chunkShape }: GridStorage, position: number): number {
  const cells = chunkShape.reduce((product, extent) => product * extent, 1);
  let [chunk, within] = [Math.floor(position / cells), position % cells];
  let [index, stride] = [0, 1];
  for (let axis = shardShape.length - 1; axis >= 0; axis--) {
    const [shardExtent, chunkExtent] = [shardShape[axis]!, chunkShape[axis]!];
    const abreast = shardExtent / chunkExtent;
    index += ((chunk % abreast) * chunkExtent + (within % chunkExtent)) * stride;
    chunk = Math.floor(chunk / abreast);
    within = Math.floor(within / chunkExtent);
    stride *= shardExtent;
  }
  return index;
}

/** Canonical, chunk-major position of a cell that stands at a row-major index of the shard. */
function canonicalPosition({ shardShape, chunkShape }: GridStorage, rowMajor: number): number {
  let [chunk, within, chunks, cells, rest] = [0, 0, 1, 1, rowMajor];
  for (let axis = shardShape.length - 1; axis >= 0; axis--) {
    const [shardExtent, chunkExtent] = [shardShape[axis]!, chunkShape[axis]!];
    const at = rest % shardExtent;
    rest = (rest - at) / shardExtent;
    chunk += Math.floor(at / chunkExtent) * chunks;
    within += (at % chunkExtent) * cells;
    chunks *= shardExtent / chunkExtent;
    cells *= chunkExtent;
  }
  return chunk * cells + within;
}

export function wrongArray(what: string, values: TypedArray, dtype: DType, length: number): string[] {
  return values.constructor === allocate(dtype, 0).constructor && values.length === length
    ? []
    : [`${what} is ${values.constructor.name}(${values.length}), not ${length} of ${dtype}`];
}

function isExtent(extent: number): boolean {
  return Number.isSafeInteger(extent) && extent >= 1;
}
