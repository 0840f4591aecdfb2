/** What a deliberately wrong grid is made of. */
import type { GridPlugin, OutputFieldSet } from "../../../src/index.js";
import type { GridContractOptions } from "../../../src/testing.js";

/** The grid that each wrong one is a change of. */
export const PARAMS = { cell_deg: 7.5 } as const;

/** A grid that is wrong in one way, and the law that must say so. */
export interface WrongGrid {
  readonly wrong: string;
  readonly law: string;
  readonly change?: (grid: GridPlugin, fields: OutputFieldSet) => Partial<GridPlugin>;
  readonly options?: Partial<GridContractOptions>;
}
