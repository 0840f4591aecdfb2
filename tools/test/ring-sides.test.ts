/**
 * Rings that fit in no hemisphere enclose what lies left of their edges, by every grid: also along seams that are there twice. What is
 * compared is area: the part of places, spread evenly over the sphere, whose shard is covered.
 */
import type { GridPlugin, Region, Ring } from "@zagg/core";
import { h3 } from "@zagg/grid-h3";
import { healpix } from "@zagg/grid-healpix";
import { rectilinear } from "@zagg/grid-rectilinear";
import { zones } from "@zagg/grid-zones";
import { regionFromGeoJson } from "@zagg/sphere";
import { describe, expect, it } from "vitest";
import { ringOf, type LonLat } from "./proofs/sphere.js";
import { isProof } from "../../vitest.effort.mjs";

/** Rows of boxes, low where the rings are. */
function boxZones(): GridPlugin {
  const half = [0, 45, 59.9, 60, 60.1, 60.2, 61, 75, 90];
  const rows = [
    ...half
      .slice(1)
      .map((lat) => -lat)
      .toReversed(),
    ...half,
  ];
  const features = rows.slice(1).flatMap((north, row) =>
    Array.from({ length: 36 }, (_, k) => {
      const [west, south] = [10 * k - 180, rows[row]!];
      const box = [
        [west, south],
        [west + 10, south],
        [west + 10, north],
        [west, north],
      ];
      return { type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [box] } };
    }),
  );
  const params = { geojson: { type: "FeatureCollection", features }, zones_per_shard: 1 };
  return zones.create(params as never, []);
}

/** Shards of so many tenths of a degree by 10 degrees. */
const plate = (tenths: number) => ({
  crs: "EPSG:4326",
  resolution: 0.1,
  bounds: [-180, -90, 180, 90],
  chunk_shape: [tenths, 100],
});

type NamedGrid = readonly [name: string, grid: GridPlugin];

const gridsOf = (order: number, res: number, tenths: number): readonly NamedGrid[] => [
  ["healpix", healpix.create({ parent_order: order, child_order: order + 1 } as never, [])],
  ["h3", h3.create({ parent_res: res, child_res: res + 1 }, [])],
  ["zones", boxZones()],
  ["EPSG:4326", rectilinear.create(plate(tenths) as never, [])],
];

const PLACES = 5000;
const lons = Float64Array.from({ length: PLACES }, (_, k) => ((137.50776405 * k) % 360) - 180);
const lats = Float64Array.from(
  { length: PLACES },
  (_, k) => (Math.asin((2 * k + 1) / PLACES - 1) * 180) / Math.PI,
);

/** Of the sphere beyond 60 degrees on one side: (1 + sin 60°) / 2, which chords of 10 degrees make 0.0003 more. */
const RIGHT = 0.933;

/** Everything on one side of a parallel, cut along a meridian as RFC 7946 asks; counter-clockwise. */
function cutAlong(seam: number, pole: 90 | -90): Ring {
  const latitude = pole === 90 ? -60 : 60;
  const east = Array.from({ length: 37 }, (_, k): LonLat => [seam + 10 * k, latitude]);
  return pole === 90
    ? ringOf(...east, [seam + 360, 90], [seam, 90], east[0]!)
    : ringOf(...east.toReversed(), [seam, -90], [seam + 360, -90], east.at(-1)!);
}

const reversed = ({ lonDeg, latDeg }: Ring): Ring => ({
  lonDeg: lonDeg.toReversed(),
  latDeg: latDeg.toReversed(),
});

/** The part of the sphere that the shards which a region covers have: of places, or of shards where these are equal in area. */
function shareOf([name, grid]: NamedGrid): (region: Region) => number {
  const keys = new BigUint64Array(PLACES);
  grid.shardsOf(lons, lats, keys);
  const shards = 12 * 4 ** Number(grid.spatialSignature()["parent_order"]);
  return (region) => {
    const { shardKeys } = grid.coverer(region);
    if (name === "healpix") return shardKeys.length / shards;
    const covered = new Set(shardKeys);
    return keys.filter((key) => covered.has(key)).length / PLACES;
  };
}

const SEAMS = [-180, 0, 90, -137.5];
/** Of large shards on an edge more may be of one side than of the other. */
const COARSE = 0.007;

describe.each(gridsOf(4, 2, 5))("the coverage of a ring by %s", (name, grid) => {
  const share = shareOf([name, grid]);
  /** Shards on the edge are of both sides. */
  const near = (side: number, other: number): void =>
    expect(Math.abs((side + 1 - other) / 2 - RIGHT)).toBeLessThan(COARSE);

  it.each(SEAMS)("cut along the meridian %d is all of one side, either way", (seam) => {
    for (const pole of [90, -90] as const) {
      const ring = cutAlong(seam, pole);
      near(share([[ring]]), share([[reversed(ring)]]));
    }
  });

  it("that is the whole globe holds all but what its holes hold, on the seam too", () => {
    const globe = ringOf([-180, -90], [180, -90], [180, 90], [-180, 90], [-180, -90]);
    const hole = ringOf(...Array.from({ length: 36 }, (_, k): LonLat => [10 * k - 180, -60]));
    for (const outer of [globe, reversed(globe)]) {
      expect(share([[outer]])).toBe(1);
      near(share([[outer, hole]]), share([[hole]]));
    }
  });

  it("is the same from a file of halves that are cut at the antimeridian", () => {
    const half = (west: number): number[][] => [
      ...Array.from({ length: 19 }, (_, k) => [west + 10 * k, -60]),
      [west + 180, 90],
      [west, 90],
      [west, -60],
    ];
    const halves = { type: "MultiPolygon", coordinates: [[half(-180)], [half(0)]] };
    expect(share(regionFromGeoJson(halves))).toBe(share([[cutAlong(-180, 90)]]));
  });
});

describe.runIf(isProof)("of small shards,", () => {
  it.each(gridsOf(8, 5, 1))("%s covers 0.933 of the sphere, wherever the seam", (name, grid) => {
    const share = shareOf([name, grid]);
    for (const seam of SEAMS) {
      const shares = ([90, -90] as const).map((pole) => share([[cutAlong(seam, pole)]]));
      console.log(`${name}, cut at ${seam}: ${shares.map((part) => part.toFixed(4)).join(", ")}`);
      for (const part of shares) expect(Math.abs(part - RIGHT)).toBeLessThan(0.001);
    }
  });
});
