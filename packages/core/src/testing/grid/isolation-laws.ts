/** Laws of immutability: no answer depends on what was asked, or done with an answer, before. */
import type { GridPlugin } from "../../grid.js";
import type { GridLaw } from "./law.js";
import { columnsOf, fieldA, fieldB, pointAt, type GridScene } from "./scene.js";
import { pointText } from "../points.js";

/** Points that are asked one by one. */
const ALONE = 48;

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
    check({ grid, points, cells, shards, keys }) {
      const stride = Math.max(1, Math.floor(cells.length / ALONE));
      const among = Array.from(keys, (key) => {
        const positions = new Int32Array(cells.length);
        grid.locate(key, points.lonDeg, points.latDeg, positions);
        return positions;
      });
      const findings: string[] = [];
      for (let i = 0; i < cells.length; i += stride) {
        const { lonDeg, latDeg } = columnsOf([pointAt(points, i)]);
        const id = new BigUint64Array(1);
        const position = new Int32Array(1);
        const tell = (what: string, alone: unknown, due: unknown) => {
          if (alone !== due)
            findings.push(
              `${what} of ${pointText(pointAt(points, i))} is ${alone} alone, ${due} among others`,
            );
        };
        grid.assign(lonDeg, latDeg, id);
        tell("the cell", id[0], cells[i]);
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
];

/** What a grid says of the scene, as texts. */
function answers({ points, keys }: GridScene, grid: GridPlugin): Map<string, string> {
  const n = points.lonDeg.length;
  const ids = new BigUint64Array(n);
  const positions = new Int32Array(n);
  const said = new Map<string, string>();
  grid.assign(points.lonDeg, points.latDeg, ids);
  said.set("assign", ids.join());
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
    said.set(`cellsOf shard ${key}`, grid.cellsOf(key).join());
    said.set(`label of shard ${key}`, grid.shardLabel(key));
    said.set(
      `footprint of shard ${key}`,
      grid
        .shardFootprint(key)
        .map((polygon) => polygon.map((ring) => `${ring.lonDeg.join()};${ring.latDeg.join()}`).join())
        .join(),
    );
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
    grid.cellsOf(key).fill(7n);
    for (const { name } of grid.storage.cellCoordinates) overwrite(grid.cellCoordinate(name, key));
    overwrite(placement.blockIndex(key));
    const footprint = grid.shardFootprint(key);
    const coverer = grid.coverer(footprint);
    overwrite(coverer.cover(footprint));
    overwrite(grid.coverage(footprint));
    for (const ring of footprint.flat()) {
      ring.lonDeg.fill(1);
      ring.latDeg.fill(2);
    }
  }
  const elsewhere = Float64Array.from(points.latDeg, (latDeg) => -latDeg);
  grid.assign(points.lonDeg, elsewhere, new BigUint64Array(elsewhere.length));
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
