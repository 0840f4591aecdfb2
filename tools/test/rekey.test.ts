/** Rekeyed maps beside fresh builds, on every grid we ship: a pair inside the area of the old map is never missing. */
import { NO_ID, createRegistry, type GridPlugin, type Region, type ZaggConfig } from "@zagg/core";
import { regionFromBbox } from "@zagg/sphere";
import { h3 } from "@zagg/grid-h3";
import { healpix } from "@zagg/grid-healpix";
import { rectilinear } from "@zagg/grid-rectilinear";
import { zones } from "@zagg/grid-zones";
import {
  buildShardMap,
  diffShardMaps,
  gridOfMap,
  parseShardMap,
  rekeyShardMap,
  serializeShardMap,
  type GranuleFootprint,
  type ShardMap,
} from "@zagg/shardmap";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runs, some } from "../../vitest.effort.mjs";

const DEGREES = 180 / Math.PI;

const polar = { crs: "EPSG:3031", resolution: 5000, bounds: [-3_000_000, -3_000_000, 3_000_000, 3_000_000] };
const tiles = (side: number, more = {}) =>
  rectilinear.create({ ...polar, chunk_shape: [side, side], ...more } as never, []);
const geographic = (rows: number, columns: number) =>
  rectilinear.create(
    {
      crs: "EPSG:4326",
      resolution: 0.5,
      bounds: [-180, -90, 180, 90],
      chunk_shape: [rows, columns],
    } as never,
    [],
  );
const nested = (parent: number, child: number, more = {}) =>
  healpix.create({ parent_order: parent, child_order: child, ...more }, []);
const hexagons = (parent: number, child: number) => h3.create({ parent_res: parent, child_res: child }, []);
const blocks = {
  type: "FeatureCollection",
  features: Array.from({ length: 40 }, (_, i) => {
    const [west, south] = [(i % 8) * 5 - 20, Math.floor(i / 8) * 5 - 85];
    const ring = [
      [west, south],
      [west + 5, south],
      [west + 5, south + 5],
      [west, south + 5],
      [west, south],
    ];
    return { type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [ring] } };
  }),
};
const zoned = (perShard: number) => zones.create({ geojson: blocks, zones_per_shard: perShard } as never, []);

/** What the verdict is when the region holds every granule whole, and when footprints are given as well. */
type Verdicts = readonly [plain: string, refined: string];
const SAME: Verdicts = ["exact", "exact"];
const FINER: Verdicts = ["conservative", "exact"];
/** Coarse shards reach beyond the shards that have granules. */
const COARSER: Verdicts = ["exact-where-covered", "exact-where-covered"];
const ACROSS: Verdicts = ["conservative", "exact-where-covered"];

const pairs: readonly (readonly [string, GridPlugin, GridPlugin, Verdicts])[] = [
  ["HEALPix, other cells", nested(4, 9), nested(4, 12), SAME],
  ["HEALPix, other chunks", nested(4, 9), nested(4, 9, { chunk_inner: 6 }), SAME],
  [
    "HEALPix, geodetic, other layout",
    nested(4, 9, { latitude: "geodetic" }),
    nested(4, 8, { latitude: "geodetic", layout: "dense" }),
    SAME,
  ],
  ["HEALPix, coarser shards", nested(5, 9), nested(3, 9), COARSER],
  ["HEALPix, finer shards", nested(3, 9), nested(5, 10), FINER],
  ["HEALPix, base cells split", nested(0, 5), nested(2, 5), FINER],
  ["polar tiles, other chunks", tiles(50), tiles(50, { chunk_inner: [25, 25] }), SAME],
  ["polar tiles, other cells", tiles(50), tiles(100, { resolution: 2500 }), SAME],
  ["polar tiles, coarser shards", tiles(50), tiles(150), COARSER],
  ["polar tiles, finer shards", tiles(150), tiles(50), FINER],
  ["polar tiles, shards across shards", tiles(60), tiles(80), ACROSS],
  ["geographic tiles, finer shards", geographic(90, 120), geographic(30, 40), FINER],
  ["geographic tiles, coarser shards", geographic(30, 40), geographic(90, 120), COARSER],
  ["H3, coarser shards", hexagons(3, 5), hexagons(2, 5), COARSER],
  ["H3, finer shards", hexagons(2, 5), hexagons(3, 5), FINER],
  ["H3, other cells, which the edges of shards follow", hexagons(2, 4), hexagons(2, 5), ACROSS],
  ["zones, more per shard", zoned(4), zoned(8), COARSER],
  ["zones, fewer per shard", zoned(8), zoned(4), FINER],
  ["zones, shards across shards", zoned(6), zoned(4), ACROSS],
];

/** A swath along a great circle: from a point, in a direction, of a length and width in degrees. */
interface Swath {
  readonly lon: number;
  readonly lat: number;
  readonly azimuth: number;
  readonly length: number;
  readonly width: number;
}

/** Places at poles, the antimeridian and between; mostly in the south, where the tiles and zones are. */
const swaths = fc.array(
  fc.record({
    lon: fc.oneof(fc.constantFrom(-180, 179.9, 0, 45), fc.double({ min: -180, max: 180, noNaN: true })),
    lat: fc.oneof(fc.constantFrom(-89.99, -88, -70), fc.double({ min: -88, max: -62, noNaN: true })),
    azimuth: fc.double({ min: 0, max: 360, noNaN: true }),
    length: fc.double({ min: 0.5, max: 12, noNaN: true }),
    width: fc.double({ min: 0.02, max: 1.5, noNaN: true }),
  }),
  { minLength: 1, maxLength: 12 },
);

/** The point at a distance along and beside the swath's great circle, as longitude and latitude. */
function pointOf({ lon, lat, azimuth }: Swath, along: number, beside: number): [number, number] {
  const [l, p, a] = [lon / DEGREES, lat / DEGREES, azimuth / DEGREES];
  const start = [Math.cos(p) * Math.cos(l), Math.cos(p) * Math.sin(l), Math.sin(p)];
  const east = [-Math.sin(l), Math.cos(l), 0];
  const north = [-Math.sin(p) * Math.cos(l), -Math.sin(p) * Math.sin(l), Math.cos(p)];
  const ahead = north.map((n, i) => n * Math.cos(a) + east[i]! * Math.sin(a));
  const right = east.map((e, i) => e * Math.cos(a) - north[i]! * Math.sin(a));
  const [d, w] = [along / DEGREES, beside / DEGREES];
  const [x, y, z] = start.map(
    (s, i) => (s * Math.cos(d) + ahead[i]! * Math.sin(d)) * Math.cos(w) + right[i]! * Math.sin(w),
  ) as [number, number, number];
  return [Math.atan2(y, x) * DEGREES, Math.atan2(z, Math.hypot(x, y)) * DEGREES];
}

function footprintOf(swath: Swath): Region {
  const steps = 12;
  const side = (beside: number) =>
    Array.from({ length: steps + 1 }, (_, i) => pointOf(swath, (swath.length * i) / steps, beside));
  const ring = [...side(-swath.width / 2), ...side(swath.width / 2).reverse()];
  return [
    [{ lonDeg: Float64Array.from(ring, ([lon]) => lon), latDeg: Float64Array.from(ring, ([, lat]) => lat) }],
  ];
}

const granulesOf = (list: readonly Swath[]): readonly GranuleFootprint[] =>
  list.map((swath, i) => ({
    record: { id: `g${String(i).padStart(2, "0")}`, s3: null, https: null },
    footprint: footprintOf(swath),
  }));

const everywhere = regionFromBbox([-180, -90, 180, -40]);
const somewhere = regionFromBbox([-60, -89, 75, -66]);

async function build(
  grid: GridPlugin,
  granules: readonly GranuleFootprint[],
  region: Region,
): Promise<ShardMap | undefined> {
  return buildShardMap({ grid, granules, region, now: () => 0 }).then(
    ({ map }) => map,
    () => undefined,
  );
}

/** Ids by shard key. */
const listsOf = ({ shardKeys, granules }: ShardMap): Map<bigint, Set<string>> =>
  new Map(Array.from(shardKeys, (key, shard) => [key, new Set(granules[shard]!.map(({ id }) => id))]));

const shardOf = (grid: GridPlugin, [lon, lat]: [number, number]): bigint => {
  const out = new BigUint64Array(1);
  grid.shardsOf(Float64Array.of(lon), Float64Array.of(lat), out);
  return out[0]!;
};

/** How near, in degrees, a granule is to a shard that a build lists it in. */
const GROWN_DEG = 0.3;

/** Whether a swath, grown on all sides, has one of a lattice of points in a shard. */
function hasPointIn(grid: GridPlugin, key: bigint, swath: Swath, grownDeg: number): boolean {
  const [along, beside] = [80, 12];
  const points = Array.from({ length: along * beside }, (_, k) =>
    pointOf(
      swath,
      -grownDeg + (swath.length + 2 * grownDeg) * ((k % along) / (along - 1)),
      (swath.width + 2 * grownDeg) * (Math.floor(k / along) / (beside - 1) - 0.5),
    ),
  );
  return points.some((at) => shardOf(grid, at) === key);
}

/** Pairs that a diff lists for one side, whose map is given for the shards that only it has. */
function pairsOf(
  diff: ReturnType<typeof diffShardMaps>,
  side: ShardMap,
  which: "added" | "removed",
): readonly { key: bigint; id: string }[] {
  const lists = listsOf(side);
  return [
    ...diff.shards[which].map((text) => ({ key: BigInt(text), ids: [...lists.get(BigInt(text))!] })),
    ...diff.changedShards.map((shard) => ({ key: BigInt(shard.shardKey), ids: shard[which] })),
  ].flatMap(({ key, ids }) => ids.map((id) => ({ key, id })));
}

describe.each(some(pairs, 3))("%s", (_name, from, to, [plain, refined]) => {
  it("misses no granule that has a point in the area of the old map", async () => {
    await fc.assert(
      fc.asyncProperty(swaths, fc.boolean(), fc.boolean(), async (list, isWhole, isRefined) => {
        const granules = granulesOf(list);
        const map = await build(from, granules, isWhole ? everywhere : somewhere);
        if (map === undefined) return;
        const rekeyed = await rekeyShardMap({ map, from, to, footprints: isRefined ? granules : undefined });
        const [before, after] = [listsOf(map), listsOf(rekeyed.map)];
        list.forEach((swath, i) => {
          const { id } = granules[i]!.record;
          for (let k = 0; k < 60; k++) {
            const at = pointOf(
              swath,
              (swath.length * ((k * 7) % 60)) / 60,
              swath.width * (((k * 0.618) % 1) - 0.5) * 0.98,
            );
            if (before.get(shardOf(from, at))?.has(id) !== true) continue;
            const key = shardOf(to, at);
            if (key !== NO_ID) expect(after.get(key), `${id} at ${at.join()}`).toContain(id);
          }
        });
      }),
      { numRuns: runs(6, 2) },
    );
  });

  it("has the pairs of a fresh build wherever it claims to be exact, and no fewer elsewhere", async () => {
    await fc.assert(
      fc.asyncProperty(swaths, fc.boolean(), async (list, isRefined) => {
        const granules = granulesOf(list);
        const map = await build(from, granules, everywhere);
        const fresh = await build(to, granules, everywhere);
        if (map === undefined || fresh === undefined) return;
        const { map: rekeyed, report } = await rekeyShardMap({
          map,
          from,
          to,
          footprints: isRefined ? granules : undefined,
        });
        const diff = diffShardMaps(fresh, rekeyed);
        expect(diff.spatial).toEqual([]);
        // A build may list a granule that misses a shard by a hair; what counts is where its points are.
        const swathOf = (id: string) => list[Number(id.slice(1))]!;
        for (const { key, id } of pairsOf(diff, fresh, "removed")) {
          expect(hasPointIn(to, key, swathOf(id), 0), `${id} is missing in ${key}`).toBe(false);
        }
        for (const { key, id } of report.exactness === "conservative"
          ? []
          : pairsOf(diff, rekeyed, "added")) {
          expect(hasPointIn(to, key, swathOf(id), GROWN_DEG), `${id} does not belong in ${key}`).toBe(true);
        }
        expect(rekeyed.metadata["total_pairs"]).toBe(diff.pairs.b);
        // Granules stand in the order of the catalog, which here is that of their ids.
        for (const ids of rekeyed.granules)
          expect(ids.map(({ id }) => id)).toEqual(ids.map(({ id }) => id).sort());
      }),
      { numRuns: runs(4, 1) },
    );
  });

  it("says what its pairs are worth, in the report and in the map", async () => {
    const granules = granulesOf([
      { lon: -10, lat: -72, azimuth: 20, length: 3, width: 0.4 },
      { lon: 3, lat: -80, azimuth: 100, length: 6, width: 0.4 },
    ]);
    const map = (await build(from, granules, everywhere))!;
    for (const [footprints, exactness] of [
      [undefined, plain],
      [granules, refined],
    ] as const) {
      const rekeyed = await rekeyShardMap({ map, from, to, footprints });
      expect(rekeyed.report.exactness).toBe(exactness);
      const [step] = rekeyed.map.metadata["zagg_history"] as readonly Record<string, unknown>[];
      expect(step).toMatchObject({ action: "rekey", exactness, from: from.spatialSignature() });
      expect(rekeyed.map.gridSignature).toEqual(to.spatialSignature());
      expect(serializeShardMap(parseShardMap(serializeShardMap(rekeyed.map)))).toBe(
        serializeShardMap(rekeyed.map),
      );
    }
  });
});

describe("the grid of a map", () => {
  const registry = createRegistry([healpix, rectilinear, h3, zones]);
  const config = (grid: object) =>
    ({ output: { grid }, aggregation: { variables: {} } }) as unknown as ZaggConfig;
  const signed = (grid: GridPlugin) => ({ gridSignature: grid.spatialSignature() });

  it.each<[string, GridPlugin, object]>([
    ["HEALPix orders", nested(6, 10), { type: "healpix", parent_order: 8, child_order: 12, chunk_inner: 10 }],
    [
      "a latitude",
      nested(6, 10, { latitude: "geodetic" }),
      { type: "healpix", parent_order: 4, child_order: 12, latitude: "geodetic" },
    ],
    [
      "a layout",
      nested(6, 10, { layout: "dense" }),
      { type: "healpix", parent_order: 6, child_order: 10, layout: "fullsphere" },
    ],
    [
      "tiles that pad the grid otherwise",
      tiles(70),
      { type: "rectilinear", ...polar, chunk_shape: [64, 64], chunk_inner: [32, 32] },
    ],
    ["H3 resolutions", hexagons(2, 5), { type: "h3", parent_res: 3, child_res: 6, chunk_res: 6 }],
    ["zones per shard", zoned(6), { type: "zones", geojson: blocks, zones_per_shard: 9 }],
  ])("is found from a configuration with other %s", (_name, grid, own) => {
    expect(gridOfMap(signed(grid), config(own), registry).spatialSignature()).toEqual(
      grid.spatialSignature(),
    );
  });

  it.each<[string, GridPlugin, object, readonly string[]]>([
    [
      "latitude",
      nested(6, 10, { latitude: "geodetic" }),
      { type: "healpix", parent_order: 8, child_order: 12 },
      ["latitude"],
    ],
    ["family", tiles(50), { type: "healpix", parent_order: 8, child_order: 12 }, ["type"]],
    [
      "extent",
      tiles(50),
      { type: "rectilinear", ...polar, bounds: [-2e6, -3e6, 3e6, 3e6], chunk_shape: [50, 50] },
      ["affine", "shape"],
    ],
    [
      "zones",
      zoned(6),
      { type: "zones", geojson: { ...blocks, features: blocks.features.slice(1) } },
      ["zones", "count"],
    ],
  ])("is refused to a configuration with another %s, which is named", (_name, grid, own, keys) => {
    expect(() => gridOfMap(signed(grid), config(own), registry)).toThrow(
      expect.objectContaining({
        code: "SHARDMAP_REKEY_SOURCE",
        details: { differences: keys.map((key) => expect.objectContaining({ key })) },
      }),
    );
  });

  it("is refused to a map that records none", () => {
    expect(() =>
      gridOfMap(
        { gridSignature: null },
        config({ type: "healpix", parent_order: 1, child_order: 2 }),
        registry,
      ),
    ).toThrow(expect.objectContaining({ code: "SHARDMAP_UNSIGNED" }));
  });

  it("must nest with the new one", async () => {
    const map = (await build(
      nested(4, 9),
      granulesOf([{ lon: 0, lat: -70, azimuth: 0, length: 2, width: 1 }]),
      everywhere,
    ))!;
    await expect(
      rekeyShardMap({ map, from: nested(4, 9), to: nested(4, 9, { latitude: "geodetic" }) }),
    ).rejects.toMatchObject({ code: "SHARDMAP_REKEY_APART" });
    await expect(rekeyShardMap({ map, from: nested(4, 9), to: tiles(50) })).rejects.toMatchObject({
      code: "SHARDMAP_REKEY_APART",
    });
  });

  it("must not lose a shard of the map to a smaller extent", async () => {
    const granules = granulesOf([{ lon: 100, lat: -75, azimuth: 0, length: 2, width: 1 }]);
    const map = (await build(tiles(50), granules, everywhere))!;
    const smaller = tiles(50, { bounds: [-3_000_000, -3_000_000, -1_000_000, 3_000_000] });
    await expect(rekeyShardMap({ map, from: tiles(50), to: smaller })).rejects.toMatchObject({
      code: "SHARDMAP_REKEY_EXTENT",
    });
  });
});
