/** Laws of immutability: no answer depends on what was asked, or done with an answer, before. */
import fc from "fast-check";
import type { Region } from "../../geometry.js";
import { shardCells, type GridPlugin } from "../../grid.js";
import type { GridLaw } from "./law.js";
import { columnsOf, fieldA, fieldB, pointAt, sampledPositions, type GridScene } from "./scene.js";
import { interestingPoints, pointText } from "../points.js";

/** Points that are asked one by one. */
const ALONE = 48;
/** Shards whose cells are listed, and cells of each whose outlines are. */
const OPENED = 3;
const OUTLINED = 9;
/** More points than fit a block of any kernel that works block by block. */
const MANY = 20_000;

export const isolationLaws: readonly GridLaw[] = [
  {
    name: "shares no state between instances",
    check(scene) {
      const own = scene.create([fieldA]);
      const before = answers(scene, own);
      disturb(scene, scene.create([fieldB]));
      return changed(before, answers(scene, own));
    },
  },
  {
    name: "keeps nothing of its callers: what they do with an answer changes no other",
    check(scene) {
      const grid = scene.create([fieldA]);
      const before = answers(scene, grid);
      disturb(scene, grid);
      return changed(before, answers(scene, grid));
    },
  },
  {
    name: "answers for a point alone as it does among others",
    check({ grid, points, shards, keys }) {
      const stride = Math.max(1, Math.floor(shards.length / ALONE));
      const among = Array.from(keys, (key) => {
        const positions = new Int32Array(shards.length);
        grid.locate(key, points.lonDeg, points.latDeg, positions);
        return positions;
      });
      const findings: string[] = [];
      for (let i = 0; i < shards.length; i += stride) {
        const { lonDeg, latDeg } = columnsOf([pointAt(points, i)]);
        const id = new BigUint64Array(1);
        const position = new Int32Array(1);
        const tell = (what: string, alone: unknown, due: unknown) => {
          if (alone !== due)
            findings.push(
              `${what} of ${pointText(pointAt(points, i))} is ${alone} alone, ${due} among others`,
            );
        };
        grid.shardsOf(lonDeg, latDeg, id);
        tell("the shard", id[0], shards[i]);
        keys.forEach((key, k) => {
          grid.locate(key, lonDeg, latDeg, position);
          tell(`the position in shard ${key}`, position[0], among[k]?.[i]);
        });
      }
      return findings;
    },
  },
  {
    name: "answers for a point among many as it does among few",
    check({ grid, points, shards, keys }) {
      const n = shards.length;
      const repeats = Math.ceil(MANY / n);
      const [lonDeg, latDeg] = [points.lonDeg, points.latDeg].map((column) => {
        const many = new Float64Array(n * repeats);
        for (let r = 0; r < repeats; r++) many.set(column, r * n);
        return many;
      }) as [Float64Array, Float64Array];
      const differing = (what: string, many: ArrayLike<unknown>, few: ArrayLike<unknown>): string[] => {
        const at = Array.from(many).findIndex((value, i) => value !== few[i % n]);
        return at < 0
          ? []
          : [
              `${what} of ${pointText(pointAt(points, at % n))} is ${many[at]} as point ${at}, ${few[at % n]} as point ${at % n}`,
            ];
      };
      const ids = new BigUint64Array(n * repeats);
      grid.shardsOf(lonDeg, latDeg, ids);
      const found = differing("the shard", ids, shards);
      for (const key of keys.slice(0, 1)) {
        const [few, many] = [new Int32Array(n), new Int32Array(n * repeats)];
        grid.locate(key, points.lonDeg, points.latDeg, few);
        grid.locate(key, lonDeg, latDeg, many);
        found.push(...differing(`the position in shard ${key}`, many, few));
      }
      return found;
    },
  },
  {
    name: "leaves what it is given as it is",
    check({ grid, keys, regions, seed, numRuns }) {
      const points = columnsOf(fc.sample(interestingPoints(), { seed, numRuns }));
      const [lonDeg, latDeg] = [points.lonDeg.slice(), points.latDeg.slice()];
      const ids = new BigUint64Array(lonDeg.length);
      grid.shardsOf(lonDeg, latDeg, ids);
      for (const key of keys) grid.locate(key, lonDeg, latDeg, new Int32Array(lonDeg.length));
      const mapped = keys.slice();
      grid.storage.placement(mapped);
      const touched = regions.filter(({ region }) => {
        const before = ringTexts(region);
        grid.coverer(region).cover(region);
        return ringTexts(region) !== before;
      });
      return [
        ...(lonDeg.join() === points.lonDeg.join() && latDeg.join() === points.latDeg.join()
          ? []
          : ["it changes points"]),
        ...(mapped.join() === keys.join() ? [] : ["placement changes the shard keys"]),
        ...touched.map(({ text }) => `it changes the corners of ${text}`),
      ];
    },
  },
];

function ringTexts(region: Region): string {
  return region
    .flatMap((polygon) => polygon.map(({ lonDeg, latDeg }) => `${lonDeg.join()};${latDeg.join()}`))
    .join();
}

/** What a grid says of the scene, as texts. */
function answers({ points, keys }: GridScene, grid: GridPlugin): Map<string, string> {
  const n = points.lonDeg.length;
  const ids = new BigUint64Array(n);
  const positions = new Int32Array(n);
  const said = new Map<string, string>();
  grid.shardsOf(points.lonDeg, points.latDeg, ids);
  said.set("shardsOf", ids.join());
  said.set("signature", JSON.stringify(grid.signature()));
  said.set("spatialSignature", JSON.stringify(grid.spatialSignature()));
  const { attributes, arrayAttributes, shardShape, chunkShape, dimensions } = grid.storage;
  said.set("storage", JSON.stringify([attributes, arrayAttributes, shardShape, chunkShape, dimensions]));
  const placement = grid.storage.placement(keys.slice());
  said.set(
    "placement",
    JSON.stringify([placement.arrayShape, ...Array.from(keys, (key) => placement.blockIndex(key))]),
  );
  for (const key of keys) {
    grid.locate(key, points.lonDeg, points.latDeg, positions);
    said.set(`locate in shard ${key}`, positions.join());
    said.set(`label of shard ${key}`, grid.shardLabel(key));
    said.set(`footprint of shard ${key}`, ringTexts(grid.shardFootprint(key)));
  }
  for (const key of keys.slice(0, OPENED)) {
    const sample = sampledPositions(shardCells(grid.storage));
    const textOf = (values: ArrayLike<unknown>): string => sample.map((p) => String(values[p])).join();
    for (const { name } of grid.storage.cellCoordinates) {
      said.set(`${name} of shard ${key}`, textOf(grid.cellCoordinate!(name, key)));
    }
    const cells = grid.cells?.(key);
    if (cells !== undefined) {
      const outlines = sample.slice(0, OUTLINED).map((p) => ringTexts(cells.outline(p)));
      said.set(`cells of shard ${key}`, `${textOf(cells.lonDeg)};${textOf(cells.latDeg)};${outlines.join()}`);
    }
    const coarser = grid.coarser?.();
    if (coarser !== undefined) said.set(`parents in shard ${key}`, textOf(coarser.parentPositions(key)));
  }
  return said;
}

/** Uses a grid, and overwrites all that it hands out and lets be overwritten. */
function disturb(scene: GridScene, grid: GridPlugin): void {
  const { points, keys } = scene;
  answers(scene, grid);
  overwrite(grid.signature());
  overwrite(grid.spatialSignature());
  const handedIn = keys.slice();
  const placement = grid.storage.placement(handedIn);
  for (const key of keys) {
    overwrite(placement.blockIndex(key));
    const footprint = grid.shardFootprint(key);
    const coverer = grid.coverer(footprint);
    overwrite(coverer.cover(footprint));
    overwrite(coverer.shardKeys);
    for (const ring of footprint.flat()) {
      ring.lonDeg.fill(1);
      ring.latDeg.fill(2);
    }
  }
  for (const key of keys.slice(0, OPENED)) {
    for (const { name } of grid.storage.cellCoordinates) overwrite(grid.cellCoordinate!(name, key));
    const cells = grid.cells?.(key);
    if (cells !== undefined) {
      overwrite(cells.outline(0));
      overwrite(cells.lonDeg);
      overwrite(cells.latDeg);
    }
    const coarser = grid.coarser?.();
    if (coarser !== undefined) overwrite(coarser.parentPositions(key));
  }
  const elsewhere = Float64Array.from(points.latDeg, (latDeg) => -latDeg);
  grid.shardsOf(points.lonDeg, elsewhere, new BigUint64Array(elsewhere.length));
}

function overwrite(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  if (value instanceof BigUint64Array || value instanceof BigInt64Array) {
    value.fill(7n);
    return;
  }
  if (ArrayBuffer.isView(value)) {
    new Uint8Array(value.buffer, value.byteOffset, value.byteLength).fill(7);
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    overwrite(item);
    Reflect.set(value, key, typeof item === "number" ? 7 : item);
  }
}

function changed(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  return [...before].filter(([what, text]) => after.get(what) !== text).map(([what]) => `${what} changed`);
}
