/** Rings that fit in no hemisphere enclose what lies left of their edges, by every grid: also along seams that are there twice. */
import type { GridPlugin, Region, Ring } from "@zagg/core";
import { h3 } from "@zagg/grid-h3";
import { healpix } from "@zagg/grid-healpix";
import { zones } from "@zagg/grid-zones";
import { regionFromBbox } from "@zagg/sphere";
import { describe, expect, it } from "vitest";
import { ringOf, type LonLat } from "./proofs/sphere.js";
import { tiledGrid } from "./proofs/tiled-grids.js";

function boxZones(): GridPlugin {
  const features = Array.from({ length: 24 * 18 }, (_, k) => {
    const [west, south] = [15 * (k % 24) - 180, 10 * Math.floor(k / 24) - 90];
    const box = [
      [west, south],
      [west + 15, south],
      [west + 15, south + 10],
      [west, south + 10],
    ];
    return { type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [box] } };
  });
  const params = { geojson: { type: "FeatureCollection", features }, zones_per_shard: 1 };
  return zones.create(params as never, []);
}

const grids: readonly (readonly [string, GridPlugin])[] = [
  ["healpix", healpix.create({ parent_order: 4, child_order: 5 } as never, [])],
  ["h3", h3.create({ parent_res: 2, child_res: 3 }, [])],
  ["zones", boxZones()],
  ["EPSG:4326", tiledGrid("EPSG:4326", 5, [-180, -90, 180, 90]).grid],
];

/** Everything on one side of a parallel, cut along a meridian as RFC 7946 asks; counter-clockwise. */
function cutAlong(seam: number, latitude: number, pole: 90 | -90): Ring {
  const east = Array.from({ length: 37 }, (_, k): LonLat => [seam + 10 * k, latitude]);
  return pole === 90
    ? ringOf(...east, [seam + 360, 90], [seam, 90], east[0]!)
    : ringOf(...east.toReversed(), [seam, -90], [seam + 360, -90], east.at(-1)!);
}

const reversed = ({ lonDeg, latDeg }: Ring): Ring => ({
  lonDeg: lonDeg.toReversed(),
  latDeg: latDeg.toReversed(),
});

describe.each(grids)("the coverage of a ring by %s", (_name, grid) => {
  const shards = (region: Region): number => grid.coverer(region).shardKeys.length;
  const all = shards(regionFromBbox([-180, -90, 180, 90]));
  /** A cap, and what the edges along the seam pass, to and fro, on their way to the other pole. */
  const capAndSeam = (pole: 90 | -90, seam: number): number => {
    const cap = regionFromBbox(pole === 90 ? [-180, 57, 180, 90] : [-180, -90, 180, -57]);
    const latitude = pole === 90 ? 57 : -57;
    return shards([...cap, [ringOf([seam - 1e-9, latitude], [seam + 1e-9, latitude], [seam, -pole])]]);
  };
  const rest = {
    north: shards(regionFromBbox([-180, -57, 180, 90])),
    south: shards(regionFromBbox([-180, -90, 180, 57])),
  };
  /** Rings follow great circles of 10 degrees where boxes follow parallels, which shards beside them may tell apart. */
  const near = (found: number, expected: number): void =>
    expect(Math.abs(found - expected) / all).toBeLessThan(0.03);

  it.each([-180, 0, 90, -137.5])(
    "cut along the meridian %d is right on either side, whichever way it runs",
    (seam) => {
      const north = cutAlong(seam, -57, 90);
      const south = cutAlong(seam, 57, -90);
      near(shards([[north]]), rest.north);
      near(shards([[south]]), rest.south);
      near(shards([[reversed(north)]]), capAndSeam(-90, seam));
      near(shards([[reversed(south)]]), capAndSeam(90, seam));
    },
  );

  it("that is the whole globe holds all but what its holes hold", () => {
    const globe = ringOf([-180, -90], [180, -90], [180, 90], [-180, 90], [-180, -90]);
    const hole = ringOf(...Array.from({ length: 36 }, (_, k): LonLat => [10 * k - 180, 57]));
    for (const outer of [globe, reversed(globe)]) {
      expect(shards([[outer]])).toBe(all);
      near(shards([[outer, hole]]), rest.south);
    }
  });
});
