/** A region too large to list its shards selects the shards that its coverage lists, on every grid. */
import type { GridPlugin, Region } from "@zagg/core";
import { h3 } from "@zagg/grid-h3";
import { healpix } from "@zagg/grid-healpix";
import { rectilinear } from "@zagg/grid-rectilinear";
import { regionFromBbox, regionFromGeoJson } from "@zagg/sphere";
import { describe, expect, it } from "vitest";
// eslint-disable-next-line @nx/enforce-module-boundaries -- what is proven has no public name
import { shardFilter } from "../../packages/shardmap/src/bounds/shard-filter.js";

const grids: readonly (readonly [string, GridPlugin])[] = [
  ["healpix", healpix.create({ parent_order: 4, child_order: 6 }, [])],
  ["h3", h3.create({ parent_res: 1, child_res: 2 }, [])],
  [
    "rectilinear",
    rectilinear.create(
      { crs: "EPSG:3031", resolution: 100_000, bounds: [-4e6, -4e6, 4e6, 4e6], chunk_shape: [4, 4] },
      [],
    ),
  ],
];
const triangle = {
  type: "Polygon",
  coordinates: [
    [
      [100, -80],
      [-170, -60],
      [20, -55],
      [100, -80],
    ],
  ],
};
const regions: readonly (readonly [string, Region])[] = [
  ["a box", regionFromBbox([-60, -85, 40, -50])],
  ["a box across the antimeridian", regionFromBbox([150, -88, -150, -60])],
  ["a cap", regionFromBbox([-180, -90, 180, -66])],
  ["a polygon", regionFromGeoJson(triangle)],
];

describe.each(grids)("on %s", (_grid, grid) => {
  it.each(regions)("%s", (_region, region) => {
    const around = grid.coverer(regionFromBbox([-180, -90, 180, -40])).shardKeys;
    const asked = around.filter((_key, i) => i % 3 === 0);
    const listed = new Set(grid.coverer(region).shardKeys);
    const expected = [...asked].filter((key) => listed.has(key));
    expect(expected.length).toBeGreaterThan(0);
    expect([...shardFilter(grid, region, 0)(asked)]).toEqual(expected);
    expect([...shardFilter(grid, region)(asked)]).toEqual(expected);
  });
});

it("the globe takes all of any grid without a look at any", () => {
  const grid = {
    coverer: (): never => {
      throw new RangeError("too many to list");
    },
    shardFootprint: grids[0]![1].shardFootprint,
  };
  const keys = grids[0]![1].coverer(regionFromBbox([0, 0, 40, 40])).shardKeys;
  expect(shardFilter(grid, regionFromBbox([-180, -90, 180, 90]), 0)(keys)).toEqual(keys);
});
