/** The policy for footprints that the README of the catalog package states, as shards show it. */
import { granuleOf, itemFromStac } from "@zagg/catalog";
import type { OutputFieldSet } from "@zagg/core";
import { healpix } from "@zagg/grid-healpix";
import { describe, expect, it } from "vitest";

const grid = healpix.create({ parent_order: 4, child_order: 6 } as never, [] as unknown as OutputFieldSet);
type Ring = [number, number][];

function granule(geometry: object | null) {
  return granuleOf(
    itemFromStac({ type: "Feature", id: "A", geometry, properties: {}, assets: { data: { href: "A.h5" } } }),
  );
}

/** Shards of a footprint of rings, each a polygon of its own. */
function shards(...rings: Ring[]): string[] {
  const coordinates = rings.map((ring) => [[...ring, ring[0]]]);
  return Array.from(
    grid.coverer(granule({ type: "MultiPolygon", coordinates }).footprint!).shardKeys,
    String,
  );
}

/** The shard of a place. */
function at(lon: number, lat: number): string {
  const out = new BigUint64Array(1);
  grid.shardsOf(Float64Array.of(lon), Float64Array.of(lat), out);
  return String(out[0]);
}

const cap: Ring = [
  [0, -80],
  [90, -80],
  [180, -80],
  [-90, -80],
];
const crossing: Ring = [
  [170, -10],
  [-170, -10],
  [-170, 10],
  [170, 10],
];

describe("a footprint", () => {
  it.each([
    ["a pole", cap, [30, -89]],
    ["the antimeridian", crossing, [179.9, 0]],
  ] as const)("over %s is the same in either order of its corners", (_what, ring, [lon, lat]) => {
    const found = shards([...ring]);
    expect(found).toContain(at(lon, lat));
    expect(shards(ring.toReversed())).toEqual(found);
    expect(found.length).toBeLessThan(0.05 * 12 * 4 ** 4);
  });

  it("that is split at the antimeridian covers what it covers whole", () => {
    const west: Ring = [
      [170, -10],
      [180, -10],
      [180, 10],
      [170, 10],
    ];
    const east: Ring = [
      [-180, -10],
      [-170, -10],
      [-170, 10],
      [-180, 10],
    ];
    const split = shards(west, east);
    for (const shard of [at(175, 0), at(-175, 0), at(180, 0)]) expect(split).toContain(shard);
    // The chords of the halves bulge less, by a few kilometres.
    expect(shards(crossing).filter((shard) => !split.includes(shard)).length).toBeLessThanOrEqual(2);
  });

  it("larger than a hemisphere lies to the left of its edges", () => {
    const ring: Ring = [
      [0, 0.5],
      [90, -0.5],
      [180, 0.5],
      [-90, -0.5],
      [-45, 0.4],
      [-20, -0.5],
    ];
    const [left, right] = [shards(ring), shards(ring.toReversed() as Ring)];
    expect([left.includes(at(10, 80)), left.includes(at(10, -80))]).toEqual([true, false]);
    expect([right.includes(at(10, 80)), right.includes(at(10, -80))]).toEqual([false, true]);
  });

  it("that crosses itself covers both its lobes", () => {
    const found = shards([
      [0, 0],
      [20, 20],
      [20, 0],
      [0, 20],
    ]);
    for (const shard of [at(3, 10), at(17, 10)]) expect(found).toContain(shard);
    expect(found).not.toContain(at(10, 2));
  });

  it("as thin as a track covers the shards along it", () => {
    const found = shards([
      [10, 0],
      [10.000001, 0],
      [10.000001, 40],
      [10, 40],
    ]);
    for (const lat of [1, 13, 27, 39]) expect(found).toContain(at(10.0000005, lat));
  });

  it.each([
    ["no corner", { type: "Polygon", coordinates: [[]] }, "REGION_RING"],
    [
      "two corners",
      {
        type: "Polygon",
        coordinates: [
          [
            [0, 0],
            [1, 1],
            [0, 0],
          ],
        ],
      },
      "REGION_RING",
    ],
    [
      "corners on one line, to and fro",
      {
        type: "Polygon",
        coordinates: [
          [
            [0, 0],
            [1, 0],
            [2, 0],
            [1, 0],
          ],
        ],
      },
      "REGION_RING",
    ],
    [
      "a latitude of 91",
      {
        type: "Polygon",
        coordinates: [
          [
            [0, 0],
            [1, 91],
            [2, 0],
          ],
        ],
      },
      "REGION_COORDINATE",
    ],
    [
      "NaN",
      {
        type: "Polygon",
        coordinates: [
          [
            [0, 0],
            [NaN, 1],
            [2, 0],
          ],
        ],
      },
      "REGION_COORDINATE",
    ],
    [
      "null for a number",
      {
        type: "Polygon",
        coordinates: [
          [
            [0, 0],
            [null, 1],
            [2, 0],
          ],
        ],
      },
      "REGION_NOT_GEOJSON",
    ],
    ["nothing", null, "CATALOG_NO_AREA"],
    ["a point", { type: "Point", coordinates: [0, 0] }, "CATALOG_NO_AREA"],
  ])("of %s is a problem with a code", (_what, geometry, code) => {
    expect(granule(geometry)).toMatchObject({ footprint: null, problem: { code } });
  });
});
