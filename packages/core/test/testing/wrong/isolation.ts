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
    wrong: "hands out the cells that it keeps",
    law: "keeps nothing of its callers: what they do with an answer changes no other",
    change: (grid) => {
      const kept = new Map<bigint, BigUint64Array>();
      return {
        cellsOf: (key) => {
          if (!kept.has(key)) kept.set(key, grid.cellsOf(key));
          return kept.get(key)!;
        },
      };
    },
  },
  {
    wrong: "remembers the cell before, and takes it for a point near it",
    law: "answers for a point alone as it does among others",
    change: (grid) => ({
      assign(lonDeg, latDeg, out) {
        grid.assign(lonDeg, latDeg, out);
        for (let i = 1; i < out.length; i++) {
          if (Math.abs(latDeg[i]! - latDeg[i - 1]!) < 1) out[i] = out[i - 1]!;
        }
      },
    }),
  },
];
