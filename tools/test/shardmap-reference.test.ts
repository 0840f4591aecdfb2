/** The pairs of the synthetic archive, compared with those that plain intersection finds. */
import { healpix, nestedFromMorton } from "@zagg/grid-healpix";
import { expect, it } from "vitest";
import { capCells, plainlyMet } from "../bench/plain-intersection.mjs";
import { RING_GRID, ringRegion, swathFootprint } from "../bench/swath-archive.mjs";

/** Spread over the archive; among them are three that pass a shard by less than two metres. */
const SWATHS = [577, 1447, 1837, ...Array.from({ length: 200 }, (_, i) => 178 * i)];

it("covers swaths with the shards that plain intersection on the sphere finds, one by one", () => {
  const { type: _type, ...params } = RING_GRID;
  const coverer = healpix.create(params as never, []).coverer(ringRegion());
  const ids = Array.from(coverer.shardKeys, (key) => nestedFromMorton(key).nested);
  const cells = capCells(RING_GRID.parent_order, ids);
  expect(cells).toHaveLength(564);
  let pairs = 0;
  for (const index of SWATHS) {
    const footprint = swathFootprint(index);
    const met = plainlyMet(footprint, cells);
    pairs += met.length;
    expect([...coverer.cover(footprint)], `swath ${index}`).toEqual(met);
  }
  expect(pairs).toBeGreaterThan(9_000);
});
