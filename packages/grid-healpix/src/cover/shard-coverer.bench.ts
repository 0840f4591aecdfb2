/** Footprints against shards: descent of the region's own quadtree, beside the coverage of each footprint alone. */
import { bench, describe } from "vitest";
import { circle } from "../../test/spherical-oracle.js";
import { polarSwath } from "../../test/swaths.js";
import { healpix } from "../healpix.js";

const FOOTPRINTS = 400;
const grid = healpix.create({ parent_order: 7, child_order: 12 }, []);
const coverer = grid.coverer([[circle([0, 0, -1], 0.13, 60)]]);
const footprints = Array.from({ length: FOOTPRINTS }, (_, k) => polarSwath(k, FOOTPRINTS));

describe(`${FOOTPRINTS} swaths over ${coverer.shardKeys.length} shards`, () => {
  bench("coverer", () => {
    for (const footprint of footprints) coverer.cover(footprint);
  });
  bench("coverage of each footprint", () => {
    for (const footprint of footprints) void grid.coverer(footprint).shardKeys;
  });
});
