/** State that is shared or kept. */
import type { OutputFieldSet } from "../../../src/index.js";
import { boxGrid } from "../box-grid.js";
import { PARAMS, type WrongGrid } from "./wrong-grid.js";

let lastFields: OutputFieldSet = [];

export const wrongIsolation: readonly WrongGrid[] = [
  {
    wrong: "shares its fields among instances",
    law: "shares no state between instances",
    change: (_grid, fields) => {
      lastFields = fields;
      return { signature: () => boxGrid(PARAMS, lastFields).signature() };
    },
  },
  {
    wrong: "hands out the ids that it keeps",
    law: "keeps nothing of its callers: what they do with an answer changes no other",
    change: (grid) => {
      const kept = new Map<bigint, ReturnType<NonNullable<typeof grid.cellCoordinate>>>();
      return {
        cellCoordinate: (name, key) => {
          if (!kept.has(key)) kept.set(key, grid.cellCoordinate!(name, key));
          return kept.get(key)!;
        },
      };
    },
  },
  {
    wrong: "hands out the shards of a region that it keeps",
    law: "keeps nothing of its callers: what they do with an answer changes no other",
    change: (grid) => {
      const label = new BigUint64Array(1);
      return {
        coverer: (region) => {
          const { cover } = grid.coverer(region);
          return { shardKeys: label, cover };
        },
        shardLabel: (key) => `box ${key}${label[0] === 0n ? "" : "!"}`,
      };
    },
  },
  {
    wrong: "remembers the shard before, and takes it for a point near it",
    law: "answers for a point alone as it does among others",
    change: (grid) => ({
      shardsOf(lonDeg, latDeg, out) {
        grid.shardsOf(lonDeg, latDeg, out);
        for (let i = 1; i < out.length; i++) {
          if (Math.abs(latDeg[i]! - latDeg[i - 1]!) < 1) out[i] = out[i - 1]!;
        }
      },
    }),
  },
  {
    wrong: "loses the points behind its first block",
    law: "answers for a point among many as it does among few",
    change: (grid) => ({
      shardsOf(lonDeg, latDeg, out) {
        const n = Math.min(4096, out.length);
        grid.shardsOf(lonDeg.subarray(0, n), latDeg.subarray(0, n), out);
      },
    }),
  },
  {
    wrong: "folds the longitudes that it is given in place",
    law: "leaves what it is given as it is",
    change: (grid) => ({
      shardsOf(lonDeg, latDeg, out) {
        lonDeg.forEach((lon, i) => (lonDeg[i] = lon < 0 ? lon + 360 : lon));
        grid.shardsOf(lonDeg, latDeg, out);
      },
    }),
  },
  {
    wrong: "turns the rings that it is given in place",
    law: "leaves what it is given as it is",
    change: (grid) => ({
      coverer(region) {
        for (const ring of region.flat()) {
          ring.lonDeg.reverse();
          ring.latDeg.reverse();
        }
        return grid.coverer(region);
      },
    }),
  },
];
