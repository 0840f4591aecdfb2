import { describe, expect, it } from "vitest";
import { gridContract } from "../../src/testing.js";
import { box, boxGrid, boxIdAt } from "./box-grid.js";

gridContract({
  describe,
  it,
  expect,
  create: (fields) => boxGrid({ cell_deg: 2.5 }, fields),
  factory: box,
  params: { cell_deg: 2.5 },
  derived: (fields) => boxGrid({ cell_deg: 5 }, fields),
  unchunked: (fields) => boxGrid({ cell_deg: 2.5, chunked: false }, fields),
  isInside: () => true,
  cellValues: { cell_ids: boxIdAt },
});
