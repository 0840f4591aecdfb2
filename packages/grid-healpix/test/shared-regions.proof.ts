/** Real polygons and a real shard map; runs where the sample data stand beside the repository. */
import type { Region, Ring } from "@zagg/core";
import { describe, expect, it } from "vitest";
import { coverRegion } from "../src/cover/cover-region.js";
import { healpix } from "../src/healpix.js";
import { assignNested } from "../src/kernels/nested.js";
import { geoJsonRegion, sharedHas, sharedText, topoJsonCountries } from "./shared-files.js";
import { lonLatOf, ringVectors, windsAround, type Vector } from "./spherical-oracle.js";

const neon = "fixtures/benchmark/AOP_NEON.geojson";
const neonMap = "fixtures/benchmark/shardmaps/sm_healpix_o11.json";
const areas = ["Antarctica_IMBIE27", "grandmesa", "dicksonfjord", "bahia_de_jiguey"].map(
  (name) => `data/polygons/${name}.geojson`,
);
const countries = "data/polygons/world_atlas_countries-110m.topojson";

/** A generator of fractions, the same in every run. */
function fractions(): () => number {
  let state = 12345;
  return () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
}

/** Points inside a region by the slow oracle: drawn from the box of each polygon's vertices in space. */
function innerPoints(region: Region, perPolygon: number): Vector[] {
  const next = fractions();
  return region.flatMap((polygon) => {
    const rings = polygon.map(ringVectors);
    const outer = rings[0]!;
    const box = [0, 1, 2].map((axis) => {
      const values = outer.map((v) => v[axis]!);
      return [Math.min(...values), Math.max(...values)] as const;
    });
    const found: Vector[] = [];
    for (let tries = 0; tries < 40 * perPolygon && found.length < perPolygon; tries++) {
      const drawn = box.map(([low, high]) => low + next() * (high - low));
      const norm = Math.hypot(...drawn);
      const p = drawn.map((part) => part / norm) as unknown as Vector;
      if (rings.filter((ring) => windsAround(ring, p)).length % 2 === 1) found.push(p);
    }
    return found;
  });
}

function expectPointsCovered(region: Region, order: number, points: readonly Vector[]): void {
  const covered = new Set(coverRegion(region, order, "geodetic"));
  const places = points.map(lonLatOf);
  const ids = new BigUint64Array(points.length);
  assignNested(
    order,
    Float64Array.from(places, ([lon]) => lon),
    Float64Array.from(places, ([, lat]) => lat),
    "geodetic",
    ids,
  );
  expect(ids.filter((id) => !covered.has(id))).toHaveLength(0);
}

/** The different places of a ring, whichever way their longitudes are written. */
function placesOf(ring: Ring): Set<string> {
  return new Set(ringVectors(ring).map((v) => v.map((part) => part.toFixed(9)).join()));
}

describe.runIf(sharedHas(neon, neonMap))("the NEON area at order 11", () => {
  const grid = (latitude: "authalic" | "geodetic") =>
    healpix.create({ parent_order: 11, child_order: 19, chunk_inner: 13, latitude }, []);

  it("covers exactly the 22 shards of its published map, in the authalic convention", () => {
    const keys = /"shard_keys": \[([^\]]*)\]/.exec(sharedText(neonMap))![1]!;
    const expected = keys.split(",").map((key) => BigInt(key.trim()));
    expect(expected).toHaveLength(22);
    expect([...grid("authalic").coverer(geoJsonRegion(neon)).shardKeys]).toEqual(expected);
  });

  it("prepares a coverer of the same shards, and finds all of them for the area itself", () => {
    const region = geoJsonRegion(neon);
    const coverer = grid("authalic").coverer(region);
    expect(coverer.shardKeys).toEqual(grid("authalic").coverer(region).shardKeys);
    expect([...coverer.cover(region)]).toEqual([...coverer.shardKeys.keys()]);
  });
});

describe.runIf(sharedHas(...areas))("real areas", () => {
  it.each(areas)("%s: every cell of an inner point is covered", (path) => {
    const region = geoJsonRegion(path);
    const points = innerPoints(region, 400);
    expect(points.length).toBeGreaterThan(100);
    for (const order of [0, 3, 6, 9, 12]) expectPointsCovered(region, order, points);
  });
});

describe.runIf(sharedHas(countries))("the countries of the world", () => {
  it("cover every cell of an inner point", () => {
    let checked = 0;
    for (const country of topoJsonCountries(countries).values()) {
      // A piece of North Korea is six times the same point, which is refused.
      const region = country.filter((polygon) => polygon.every((ring) => placesOf(ring).size > 2));
      const points = innerPoints(region, 30);
      checked += points.length;
      for (const order of [2, 6]) expectPointsCovered(region, order, points);
    }
    expect(checked).toBeGreaterThan(3000);
  });

  it("Antarctica, drawn down to the pole and back, holds the pole and not the equator", () => {
    const covered = new Set(coverRegion(topoJsonCountries(countries).get("Antarctica")!, 5, "geodetic"));
    const cells = new BigUint64Array(3);
    assignNested(5, Float64Array.of(10, 179.9, 0), Float64Array.of(-89.9, -85, 0), "geodetic", cells);
    expect([...cells].map((cell) => covered.has(cell))).toEqual([true, true, false]);
  });
});
