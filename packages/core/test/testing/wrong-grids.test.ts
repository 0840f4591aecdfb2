import { describe, expect, it } from "vitest";
import type { GridPlugin, OutputFieldSet } from "../../src/index.js";
import { gridLaws } from "../../src/testing.js";
import { box, boxGrid, type BoxParams } from "./box-grid.js";
import { brokenLaws } from "./collect.js";
import { wrongCapabilities } from "./wrong/capabilities.js";
import { wrongIdentities } from "./wrong/identity.js";
import { wrongIsolation } from "./wrong/isolation.js";
import { wrongPoints } from "./wrong/points.js";
import { wrongRegions } from "./wrong/regions.js";
import { wrongStorage } from "./wrong/storage.js";
import { PARAMS, type WrongGrid } from "./wrong/wrong-grid.js";

/** The kit is to find each of these with few points. */
const NUM_RUNS = 16;

const wrongGrids: readonly WrongGrid[] = [
  ...wrongIdentities,
  ...wrongIsolation,
  ...wrongPoints,
  ...wrongStorage,
  ...wrongRegions,
  ...wrongCapabilities,
];

async function lawsBrokenBy({ change, options = {} }: Omit<WrongGrid, "wrong" | "law">) {
  const make = (params: BoxParams) => (fields: OutputFieldSet) => {
    const grid = boxGrid(params, fields);
    const parts = change?.(grid, fields) ?? {};
    const changed: GridPlugin = {
      ...grid,
      signature: () => ({ ...changed.spatialSignature(), output_fields: grid.signature().output_fields }),
      ...parts,
    };
    return changed;
  };
  return brokenLaws({
    create: make(PARAMS),
    factory: { ...box, create: (params: BoxParams, fields: OutputFieldSet) => make(params)(fields) },
    params: PARAMS,
    unchunked: (fields) => boxGrid({ ...PARAMS, chunked: false }, fields),
    isInside: () => true,
    numRuns: NUM_RUNS,
    ...options,
  });
}

describe("the kit, by a grid that is correct", () => {
  it("finds nothing", async () => {
    expect(await lawsBrokenBy({})).toEqual([]);
  });
});

describe("the kit, by a grid that", () => {
  for (const { wrong, law, ...grid } of wrongGrids) {
    it(`${wrong}, finds it`, async () => {
      const broken = await lawsBrokenBy(grid);
      expect(broken.map((test) => test.law)).toContain(law);
      expect(broken.find((test) => test.law === law)?.message).toMatch(`${law}: `);
    });
  }

  it("is any of these, has a law for each: all of them are needed", () => {
    expect([...new Set(wrongGrids.map(({ law }) => law))].sort()).toEqual([...gridLaws].sort());
  });
});
