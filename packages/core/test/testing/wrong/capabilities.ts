/** Flags that are not so. */
import { NO_ID } from "../../../src/index.js";
import { boxGrid } from "../box-grid.js";
import type { WrongGrid } from "./wrong-grid.js";

export const wrongCapabilities: readonly WrongGrid[] = [
  {
    wrong: "says uint32 of wider ids",
    law: "has cell ids as wide as it says, and no narrower",
    change: (grid) => ({
      cellsOf: (key) => grid.cellsOf(key).map((id) => id + 2n ** 40n),
      assign(lonDeg, latDeg, out) {
        grid.assign(lonDeg, latDeg, out);
        out.forEach((id, i) => {
          if (id !== NO_ID) out[i] = id + 2n ** 40n;
        });
      },
    }),
  },
  {
    wrong: "says uint64 of ids that fit 32 bits",
    law: "has cell ids as wide as it says, and no narrower",
    change: (grid) => ({ capabilities: { ...grid.capabilities, cellIds: "uint64" } }),
  },
  {
    wrong: "says that it is hierarchical, and cuts the cells of the coarser grid",
    law: "nests each cell in one cell of the derived grid, when it says that it is hierarchical",
    options: { derived: (fields) => boxGrid({ cell_deg: 5 }, fields) },
  },
  {
    wrong: "says that boxes of degrees have equal areas",
    law: "has cells of equal area in most shards, when it says so",
    change: (grid) => ({ capabilities: { ...grid.capabilities, equalArea: true } }),
  },
];
