import { describe, expect, it } from "vitest";
import { fnv1a } from "../src/fingerprint.js";
import { zones, type ZonesParams } from "../src/index.js";
import { box, collectionOf, zone } from "./geojson.js";
import { gridOf } from "./zones-of-points.js";

type Feature = ZonesParams["geojson"]["features"][number];

const ring = box(0, 0, 1, 1);
const polygon = { type: "Polygon", coordinates: [ring] };

function create(features: readonly Feature[], id?: string) {
  const geojson = { type: "FeatureCollection" as const, features: [...features] };
  return zones.create(id === undefined ? { geojson } : { geojson, id }, []);
}

function refusal(features: readonly Feature[], id?: string): { code: string; message: string } {
  try {
    create(features, id);
  } catch (error) {
    return error as { code: string; message: string };
  }
  throw new Error("nothing was refused");
}

describe("the names of zones", () => {
  const namesOf = (features: readonly Feature[], id?: string) =>
    create(features, id).storage.attributes.zone_names;

  it("are ids when every feature has one, and indices otherwise", () => {
    expect(
      namesOf([
        { id: "a", geometry: polygon },
        { id: 7, geometry: polygon },
      ]),
    ).toEqual(["a", "7"]);
    expect(namesOf([{ id: "1", geometry: polygon }, { geometry: polygon }])).toEqual(["0", "1"]);
  });

  it("are the values of the property that `id` names", () => {
    expect(namesOf([{ properties: { code: 12 }, geometry: polygon }], "code")).toEqual(["12"]);
  });

  it("are refused when they are missing or occur twice, with the number of the feature", () => {
    const missing = refusal(
      [
        { properties: { name: "x" }, geometry: polygon },
        { properties: null, geometry: polygon },
      ],
      "name",
    );
    expect(missing.code).toBe("GRID_ZONE_ID");
    expect(missing.message).toContain("feature 1");
    const twice = refusal([
      { id: "x", geometry: polygon },
      { id: "y", geometry: polygon },
      { id: "x", geometry: polygon },
    ]);
    expect(twice.code).toBe("GRID_ZONE_DUPLICATE");
    expect(twice.message).toContain("features 0 and 2");
  });
});

describe("bad features", () => {
  it("are refused by name", () => {
    const bad = (geometry: unknown) =>
      refusal([
        { id: "good", geometry: polygon },
        { id: "bad one", geometry },
      ] as Feature[]);
    const cases = [
      [null, "GRID_ZONE_GEOMETRY"],
      [{ type: "Point", coordinates: [0, 0] }, "GRID_ZONE_GEOMETRY"],
      [{ type: "Polygon", coordinates: [] }, "GRID_ZONE_GEOMETRY"],
      [{ type: "MultiPolygon", coordinates: [] }, "GRID_ZONE_GEOMETRY"],
      [{ type: "MultiPolygon", coordinates: [ring] }, "GRID_ZONE_GEOMETRY"],
      [
        {
          type: "Polygon",
          coordinates: [
            [
              [0, 0],
              ["1", 0],
              [1, 1],
            ],
          ],
        },
        "GRID_ZONE_GEOMETRY",
      ],
      [
        {
          type: "Polygon",
          coordinates: [
            [
              [0, 0],
              [1, 0],
              [0, 0],
            ],
          ],
        },
        "GEOMETRY_RING",
      ],
      [
        {
          type: "Polygon",
          coordinates: [
            [
              [0, 0],
              [0, 100],
              [1, 1],
            ],
          ],
        },
        "GEOMETRY_COORDINATE",
      ],
      [
        {
          type: "Polygon",
          coordinates: [
            [
              [0, 0],
              [180, 0],
              [1, 1],
            ],
          ],
        },
        "GEOMETRY_EDGE",
      ],
    ] as const;
    for (const [geometry, code] of cases) {
      const error = bad(geometry);
      expect([geometry, error.code]).toEqual([geometry, code]);
      expect(error.message).toContain('"bad one"');
    }
  });

  it("and coordinates of another CRS are refused, wherever the file says so", () => {
    const crs = { type: "name", properties: { name: "EPSG:3413" } };
    const feature = { type: "Feature", properties: {}, geometry: polygon };
    const documents = [
      { type: "FeatureCollection", crs, features: [feature] },
      { type: "FeatureCollection", features: [{ ...feature, crs }] },
      { type: "FeatureCollection", features: [{ ...feature, geometry: { ...polygon, crs } }] },
    ];
    for (const geojson of documents) {
      expect(() => zones.create({ geojson } as never, [])).toThrow(
        expect.objectContaining({ code: "REGION_CRS" }),
      );
    }
    const known = { ...documents[0]!, crs: { type: "name", properties: { name: "OGC:CRS84" } } };
    expect(zones.create({ geojson: known } as never, []).spatialSignature()["count"]).toBe(1);
  });

  it("and none at all are refused", () => {
    expect(refusal([]).code).toBe("GRID_ZONES_EMPTY");
    const geojson = collectionOf([zone("a", ring)]);
    expect(() => zones.create({ geojson, zones_per_shard: 0 }, [])).toThrowError(
      expect.objectContaining({ code: "GRID_ZONES_PER_SHARD" }) as Error,
    );
  });
});

describe("a grid of zones", () => {
  const five = [0, 10, 20, 30, 40].map((west) => zone(`z${west}`, box(west, 0, west + 5, 5)));

  it("has a shard for every run of zones, the last one with holes", () => {
    const grid = gridOf(five, 2);
    expect(grid.storage.placement(BigUint64Array.of(0n)).arrayShape).toEqual([6]);
    expect(grid.storage.placement(BigUint64Array.of(0n)).blockIndex(2n)).toEqual([2]);
    expect([0n, 1n, 2n].map((key) => grid.shardLabel(key))).toEqual(["zones 0-1", "zones 2-3", "zones 4-4"]);
    expect(gridOf(five, 1).shardLabel(3n)).toBe("z30");
    for (const key of [3n, -1n, 2n ** 64n - 1n]) {
      expect(() => grid.shardLabel(key)).toThrowError(
        expect.objectContaining({ code: "GRID_SHARD_UNKNOWN" }) as Error,
      );
    }
  });

  it("has no shard longer than itself", () => {
    expect(gridOf(five).storage.shardShape).toEqual([5]);
  });

  it("outlines a shard by the polygons of its zones", () => {
    const footprint = gridOf(five, 2).shardFootprint(2n);
    expect(footprint.map((rings) => rings.map(({ lonDeg }) => [...lonDeg]))).toEqual([[[40, 45, 45, 40]]]);
  });

  it("states the areas of its zones: an eighth of the sphere, a hole, and more than half of it", () => {
    const octant = [
      [0, 0],
      [90, 0],
      [0, 90],
    ] as const;
    const grid = gridOf(
      [
        zone("octant", octant),
        zone("antarctic octant", [
          [0, 0],
          [0, -90],
          [90, 0],
        ]),
        zone("without", octant, [
          [30, 30],
          [40, 30],
          [35, 40],
        ]),
        zone("hole", [
          [30, 30],
          [40, 30],
          [35, 40],
        ]),
        zone("left", [
          [0, -20],
          [60, 20],
          [120, -20],
          [180, 20],
          [-120, -20],
          [-60, 20],
        ]),
        zone("south cap", [
          [0, -60],
          [120, -60],
          [-120, -60],
        ]),
        zone("north cap", [
          [0, 60],
          [120, 60],
          [-120, 60],
        ]),
      ],
      16,
    );
    const sphere = 510_065_621.7;
    const [octantArea, antarctic, without, hole, left, south, north] = grid.storage.coordinates[0]
      ?.values as unknown as number[];
    expect((octantArea as number) / sphere).toBeCloseTo(1 / 8, 9);
    expect((antarctic as number) / sphere).toBeCloseTo(1 / 8, 9);
    expect((without as number) + (hole as number)).toBeCloseTo(octantArea as number, 3);
    expect((left as number) / sphere).toBeCloseTo(1 / 2, 9);
    expect(south).toBeCloseTo(north as number, 3);
    // Their triangles lie within 30 degrees of a pole, which is (1 - cos 30) / 2 of the sphere.
    expect((north as number) / sphere).toBeLessThan(0.067);
  });

  it("has a cell-free list of cell coordinates", () => {
    expect(gridOf(five).storage.cellCoordinates).toEqual([]);
    expect(gridOf(five).cellCoordinate).toBeUndefined();
  });
});

describe("the spatial signature", () => {
  const two = [zone("a", box(0, 0, 5, 5)), zone("b", box(5, 0, 10, 5))];

  it("changes with geometry, order and shards, and not with names", () => {
    const signature = gridOf(two, 2).spatialSignature();
    expect(Object.keys(signature)).toEqual(["type", "zones", "count", "zones_per_shard"]);
    expect(signature.zones).toMatch(/^[0-9a-f]{16}$/);
    expect(
      gridOf(
        two.map((named) => ({ ...named, name: `${named.name}!` })),
        2,
      ).spatialSignature(),
    ).toEqual(signature);
    expect(gridOf([...two].reverse(), 2).spatialSignature()).not.toEqual(signature);
    expect(gridOf(two, 1).spatialSignature()).not.toEqual(signature);
    expect(
      gridOf([zone("a", box(0, 0, 5, 5)), zone("b", box(5, 0, 10, 5.1))], 2).spatialSignature(),
    ).not.toEqual(signature);
  });

  it("is the same for a ring that repeats its first vertex", () => {
    const closed = two.map(({ name, polygons }) => ({
      name,
      polygons: polygons.map((rings) => rings.map((open) => [...open, open[0]!])),
    }));
    expect(gridOf(closed, 2).spatialSignature()).toEqual(gridOf(two, 2).spatialSignature());
  });

  it("is hashed by FNV-1a: the published values of the empty text, of a and of foobar", () => {
    expect(["", "a", "foobar"].map(fnv1a)).toEqual([
      "cbf29ce484222325",
      "af63dc4c8601ec8c",
      "85944171f73967e8",
    ]);
  });

  it("nests grids of the same zones, however many a shard has", () => {
    expect(gridOf(two, 1).nestsWith(gridOf(two, 2))).toBe(true);
    expect(gridOf(two, 1).nestsWith(gridOf([...two].reverse(), 1))).toBe(false);
  });
});
