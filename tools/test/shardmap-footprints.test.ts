/** Footprints of every shape on the sphere, placed on the shards of every grid that we ship. */
import { NO_ID, type GridPlugin, type Polygon, type Region, type Ring } from "@zagg/core";
import { h3 } from "@zagg/grid-h3";
import { healpix } from "@zagg/grid-healpix";
import { rectilinear } from "@zagg/grid-rectilinear";
import { zones } from "@zagg/grid-zones";
import { buildShardMap } from "@zagg/shardmap";
import { describe, expect, it } from "vitest";
import { some } from "../../vitest.effort.mjs";
import { generator } from "../bench/samples.mjs";
import { swathFootprint } from "../bench/swath-archive.mjs";

/** Boxes of ten degrees from 80 south to 80 north. */
const boxes = Array.from({ length: 36 * 16 }, (_, i) => {
  const [west, south] = [-180 + 10 * (i % 36), -80 + 10 * Math.floor(i / 36)];
  const corners = [[west, south], [west + 10, south], [west + 10, south + 10], [west, south + 10], [west, south]]; // prettier-ignore
  return {
    type: "Feature",
    properties: { name: `z${i}` },
    geometry: { type: "Polygon", coordinates: [corners] },
  };
});

const polar = (crs: string): GridPlugin =>
  rectilinear.create(
    { crs, resolution: 10_000, bounds: [-4e6, -4e6, 4e6, 4e6], chunk_shape: [25, 25] } as never,
    [],
  );
const grids: Readonly<Record<string, GridPlugin>> = {
  healpix: healpix.create({ parent_order: 3, child_order: 8 } as never, []),
  "healpix, geodetic": healpix.create({ parent_order: 4, child_order: 8, latitude: "geodetic" } as never, []),
  "rectilinear, south": polar("EPSG:3031"),
  "rectilinear, north": polar("EPSG:3413"),
  h3: h3.create({ parent_res: 2, child_res: 4 } as never, []),
  zones: zones.create({ geojson: { type: "FeatureCollection", features: boxes }, id: "name" } as never, []),
};

const ring = (...lonLat: readonly (readonly [number, number])[]): Ring => ({
  lonDeg: Float64Array.from(lonLat, ([lon]) => lon),
  latDeg: Float64Array.from(lonLat, ([, lat]) => lat),
});
const reversed = ({ lonDeg, latDeg }: Ring): Ring => ({
  lonDeg: lonDeg.toReversed(),
  latDeg: latDeg.toReversed(),
});
const turned = ({ lonDeg, latDeg }: Ring): Ring => ({ lonDeg: lonDeg.map((lon) => lon + 360), latDeg });
const mirrored = (region: Region): Region =>
  region.map((polygon) =>
    polygon.map(({ lonDeg, latDeg }) => ({ lonDeg, latDeg: latDeg.map((lat) => -lat) })),
  );
/** A ring of so many vertices at one latitude. */
const circle = (lat: number, vertices = 24): Ring =>
  ring(...Array.from({ length: vertices }, (_, i) => [(360 * i) / vertices - 180, lat] as const));

/** Footprints that fit in a hemisphere, of a polygon each. */
const shapes: Readonly<Record<string, Polygon>> = {
  "around the south pole": [circle(-80)],
  "around the north pole": [circle(72)],
  "with a corner at a pole": [ring([10, -90], [10, -70], [50, -70])],
  "with a hole around the pole": [circle(-70), circle(-85)],
  "across the antimeridian": [ring([170, -70], [-165, -70], [-165, -55], [170, -55])],
  "across the antimeridian, written beyond 180": [ring([170, 40], [195, 40], [195, 59], [170, 59])],
  "a sliver of a centimetre": [ring([20, -75], [40, -65], [40, -65.0000001])],
  "a ring that repeats vertices": [ring([0, 50], [0, 50], [10, 50], [10, 58], [10, 58], [0, 58], [0, 50])],
  "a track that turns at 88 south": swathFootprint(7)[0]!,
  "a track that turns at 88 north": mirrored(swathFootprint(19))[0]!,
};

/** A ring about the equator that no hemisphere holds; the northern part of the sphere is to its left. */
const zigzag = ring(...Array.from({ length: 24 }, (_, k) => [15 * k - 179, k % 2 ? 20 : -20] as const));
const everywhere: Region = [[zigzag], [reversed(zigzag)]];

/** Keys of the shards that each footprint is listed in. */
async function shardsOf(grid: GridPlugin, footprints: readonly Region[]): Promise<readonly string[][]> {
  const record = (id: string) => ({ id, s3: null, https: null });
  const granules = footprints.map((footprint, i) => ({ record: record(`${i}`), footprint }));
  // One granule touches every shard, so that a footprint off the grid makes no empty map.
  const all = { record: record("all"), footprint: everywhere };
  const { map, report } = await buildShardMap({ grid, granules: [all, ...granules], region: everywhere });
  expect(report.skipped).toEqual([]);
  const keys = [...map.shardKeys].map(String);
  return footprints.map((_footprint, i) =>
    keys.filter((_key, shard) => map.granules[shard]!.some(({ id }) => id === `${i}`)),
  );
}

/** Points in a polygon: random ones of the box around its outer ring that an odd number of rings wind around. */
function pointsIn(polygon: Polygon, count: number, seed: number): { lon: Float64Array; lat: Float64Array } {
  const next = generator(seed);
  const rings = polygon.map((one) => vectorsOf(one));
  const outer = rings[0]!;
  const points: [number, number][] = [];
  while (points.length < count) {
    // Between three vertices, so that thin shapes are hit too.
    const mixed = [0, 0, 0];
    for (let k = 0; k < 3; k++) {
      const vertex = outer[Math.floor(next() * outer.length)]!;
      const weight = next() ** 2;
      for (let axis = 0; axis < 3; axis++) mixed[axis]! += weight * vertex[axis]!;
    }
    const norm = Math.hypot(...mixed);
    const point = mixed.map((part) => part / norm);
    if (rings.filter((one) => winds(one, point)).length % 2 === 0) continue;
    points.push([(Math.atan2(point[1]!, point[0]!) * 180) / Math.PI, (Math.asin(point[2]!) * 180) / Math.PI]);
  }
  return { lon: Float64Array.from(points, ([lon]) => lon), lat: Float64Array.from(points, ([, lat]) => lat) };
}

function vectorsOf({ lonDeg, latDeg }: Ring): number[][] {
  return Array.from(lonDeg, (lon, i) => {
    const [l, b] = [(lon * Math.PI) / 180, (latDeg[i]! * Math.PI) / 180];
    return [Math.cos(b) * Math.cos(l), Math.cos(b) * Math.sin(l), Math.sin(b)];
  });
}

function winds(vertices: readonly number[][], p: readonly number[]): boolean {
  const dot = (a: readonly number[], b: readonly number[]): number =>
    a[0]! * b[0]! + a[1]! * b[1]! + a[2]! * b[2]!;
  let sum = 0;
  vertices.forEach((a, i) => {
    const b = vertices[(i + 1) % vertices.length]!;
    const det =
      p[0]! * (a[1]! * b[2]! - a[2]! * b[1]!) +
      p[1]! * (a[2]! * b[0]! - a[0]! * b[2]!) +
      p[2]! * (a[0]! * b[1]! - a[1]! * b[0]!);
    sum += Math.atan2(det, dot(a, b) - dot(a, p) * dot(b, p));
  });
  return Math.abs(sum) > Math.PI;
}

describe.each(some(Object.entries(grids), 2))("footprints on the sphere: %s", (_name, grid) => {
  it("are listed in every shard that holds a point of theirs", async () => {
    const polygons = Object.values(shapes);
    const listed = await shardsOf(
      grid,
      polygons.map((polygon) => [polygon]),
    );
    let points = 0;
    polygons.forEach((polygon, i) => {
      const { lon, lat } = pointsIn(polygon, 300, i + 1);
      const keys = new BigUint64Array(lon.length);
      grid.shardsOf(lon, lat, keys);
      const held = [...new Set(keys)].filter((key) => key !== NO_ID).map(String);
      points += held.length;
      expect(listed[i], Object.keys(shapes)[i]).toEqual(expect.arrayContaining(held));
    });
    expect(points).toBeGreaterThan(10);
  });

  it("are the same in either order, a turn further on, and started at another vertex", async () => {
    const polygons = Object.values(shapes);
    const rotated = ({ lonDeg, latDeg }: Ring): Ring => ({
      lonDeg: Float64Array.of(...lonDeg.subarray(1), lonDeg[0]!),
      latDeg: Float64Array.of(...latDeg.subarray(1), latDeg[0]!),
    });
    const plain = await shardsOf(
      grid,
      polygons.map((polygon) => [polygon]),
    );
    for (const change of [reversed, turned, rotated]) {
      expect(
        await shardsOf(
          grid,
          polygons.map((polygon) => [polygon.map(change)]),
        ),
      ).toEqual(plain);
    }
  });

  it("of several polygons are listed where one of them is", async () => {
    const polygons = Object.values(shapes);
    const [together] = await shardsOf(grid, [polygons]);
    const each = await shardsOf(
      grid,
      polygons.map((polygon) => [polygon]),
    );
    expect([...together!].sort()).toEqual([...new Set(each.flat())].sort());
  });

  it("larger than a hemisphere hold what lies to the left of their edges", async () => {
    const [north, south] = await shardsOf(grid, [[[zigzag]], [[reversed(zigzag)]]]);
    const lon = Float64Array.from({ length: 36 }, (_, i) => 10 * i - 175);
    const keysAt = (lat: number): string[] => {
      const keys = new BigUint64Array(lon.length);
      grid.shardsOf(lon, new Float64Array(lon.length).fill(lat), keys);
      return [...new Set(keys)].filter((key) => key !== NO_ID).map(String);
    };
    expect(north).toEqual(expect.arrayContaining(keysAt(57)));
    expect(south).toEqual(expect.arrayContaining(keysAt(-57)));
    expect(south!.filter((key) => keysAt(57).includes(key))).toEqual([]);
    expect(north!.filter((key) => keysAt(-57).includes(key))).toEqual([]);
  });
});

describe("malformed footprints", () => {
  const bad: Readonly<Record<string, Region>> = {
    "no ring": [[ring()]],
    "two places": [[ring([1, 1], [2, 2], [1, 1])]],
    "a latitude of 91": [[ring([1, 1], [2, 91], [3, 1])]],
    "a coordinate that is no number": [[ring([1, 1], [NaN, 2], [3, 1])]],
    "an edge between opposite points": [[ring([0, 0], [180, 0], [90, 45])]],
  };

  it.each(Object.entries(grids))("are skipped and named, each under its code: %s", async (_name, grid) => {
    const granules = [{ record: { id: "good", s3: null, https: null }, footprint: everywhere as Region }];
    for (const [id, footprint] of Object.entries(bad)) {
      granules.push({ record: { id, s3: null, https: null }, footprint });
    }
    const { report, map } = await buildShardMap({ grid, granules, region: everywhere });
    expect(report.skipped.map(({ id }) => id)).toEqual(Object.keys(bad));
    expect(report.skipped.every(({ error }) => error.name === "GeometryError")).toBe(true);
    expect(report).toMatchObject({ granulesConsidered: 6, granulesAssigned: 1, granulesOutside: 0 });
    const { granules_skipped: codes } = map.metadata["zagg_build"] as {
      granules_skipped: { code: string; count: number; first_ids: string[] }[];
    };
    expect(codes.reduce((sum, { count }) => sum + count, 0)).toBe(5);
    expect(codes.flatMap(({ first_ids: ids }) => ids).sort()).toEqual(Object.keys(bad).sort());
  });
});
