import { describe, expect, it } from "vitest";
import type { GridPlugin, OutputFieldSet } from "../../src/index.js";
import { gridLaws } from "../../src/testing.js";
import { box, boxGrid, boxIdAt, type BoxParams } from "./box-grid.js";
import { brokenLaws } from "./collect.js";
import { wrongCells } from "./wrong/cells.js";
import { wrongCoarsenings } from "./wrong/coarser.js";
import { wrongIdentities } from "./wrong/identity.js";
import { wrongIsolation } from "./wrong/isolation.js";
import { wrongPoints } from "./wrong/points.js";
import { wrongRegions } from "./wrong/regions.js";
import { wrongSeams } from "./wrong/seams.js";
import { wrongStorage } from "./wrong/storage.js";
import { PARAMS, type WrongGrid } from "./wrong/wrong-grid.js";
import { isProof } from "../../../../vitest.effort.mjs";

/** The kit is to find each of these with few points. */
const NUM_RUNS = 16;

const wrongGrids: readonly WrongGrid[] = [
  ...wrongIdentities,
  ...wrongIsolation,
  ...wrongPoints,
  ...wrongStorage,
  ...wrongRegions,
  ...wrongSeams,
  ...wrongCells,
  ...wrongCoarsenings,
];

/** @param only asks this law alone, which takes a hundredth of the time */
async function lawsBrokenBy({ change, options = {} }: Omit<WrongGrid, "wrong" | "law">, only?: string) {
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
  const kit = {
    create: make(PARAMS),
    factory: { ...box, create: (params: BoxParams, fields: OutputFieldSet) => make(params)(fields) },
    params: PARAMS,
    unchunked: (fields: OutputFieldSet) => boxGrid({ ...PARAMS, chunked: false }, fields),
    isInside: () => true,
    cellValues: { cell_ids: boxIdAt },
    numRuns: NUM_RUNS,
    ...options,
  };
  return brokenLaws(kit, only);
}

describe("the kit, by a grid that is correct", () => {
  it("finds nothing", async () => {
    expect(await lawsBrokenBy({})).toEqual([]);
  });
});

describe("the kit, by a grid that", () => {
  for (const { wrong, law, ...grid } of wrongGrids) {
    it(`${wrong}, finds it`, async () => {
      const broken = await lawsBrokenBy(grid, isProof ? undefined : law);
      expect(broken.map((test) => test.law)).toContain(law);
      expect(broken.find((test) => test.law === law)?.message).toMatch(`${law}: `);
    });
  }
});

describe("each law", () => {
  it("is needed: a wrong grid is found by it", () => {
    expect([...new Set(wrongGrids.map(({ law }) => law))].sort()).toEqual([...gridLaws].sort());
  });
});

describe("a failure", () => {
  it("names the law, the offending point, and what is said of it", async () => {
    const offByOne = wrongCells.find(
      ({ wrong }) => wrong === "finds every point at the first position of its shard",
    )!;
    const [broken] = await lawsBrokenBy(offByOne, offByOne.law);
    expect(broken?.message).toMatch(
      /^locates the centre of each cell at the cell's position: the centre \(-?[\d.e-]+, -?[\d.e-]+\) of position \d+ of shard \d+ is at position 0/,
    );
  });

  it("of a member that is not written yet leaves alone the laws that do without it", async () => {
    const unwritten = () => {
      throw new Error("not written yet");
    };
    const broken = await lawsBrokenBy({ change: () => ({ shardFootprint: unwritten }) });
    expect(broken.every(({ message }) => message.includes("not written yet"))).toBe(true);
    expect(broken.map(({ law }) => law)).not.toContain(
      "locates a point in a shard exactly when shardsOf gives that shard",
    );
  });
});
