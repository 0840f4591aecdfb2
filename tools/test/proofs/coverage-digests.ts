/** Coverages of all grids as short digests, one per grid, so that a difference names its region and its grid. */
import { createHash } from "node:crypto";
import { isCodedError, type GridPlugin, type Region } from "@zagg/core";
import { h3 } from "@zagg/grid-h3";
import { coverRegion, healpix } from "@zagg/grid-healpix";
import { mocFromRegion } from "@zagg/grid-healpix/moc";
import { zones } from "@zagg/grid-zones";
import { regionFromBbox } from "@zagg/sphere";
import { goldenRegions, type NamedRegion } from "./golden-regions.js";
import { ringOf } from "./sphere.js";
import { tiledGrid } from "./tiled-grids.js";

/** What is covered: each gives the bytes that are digested. */
type Covering = (region: Region) => Uint8Array;

/** Regions of which coverers are made. */
const around: readonly Region[] = [
  regionFromBbox([-180, -90, 180, 90]),
  regionFromBbox([-180, -90, 180, -60]),
  [[ringOf([-30, 10], [60, -20], [80, 50], [20, 75])]],
];

function bytesOf(array: BigUint64Array | Uint32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

/** The coverage, and what coverers find in it. */
function coveringsOf(grid: GridPlugin): Covering {
  const coverers = around.map((region) => grid.coverer(region));
  return (region) =>
    Buffer.concat([
      bytesOf(grid.coverer(region).shardKeys),
      ...coverers.flatMap(({ cover }) => [Buffer.from("|"), bytesOf(cover(region))]),
    ]);
}

function healpixOf(parent: number, child: number, latitude: "authalic" | "geodetic"): GridPlugin {
  return healpix.create({ parent_order: parent, child_order: child, latitude } as never, []);
}

/** Zones of all golden regions that a zone may be, and of boxes between them. */
function zonesOf(): GridPlugin {
  const usable = goldenRegions.filter(({ name }) =>
    /^(a cap|an island|random [1-5]?\d$|most|a swath)/.test(name),
  );
  const features = [
    ...usable.map(({ region }) =>
      region.map((polygon) =>
        polygon.map(({ lonDeg, latDeg }) => Array.from(lonDeg, (lon, i) => [lon, latDeg[i]!])),
      ),
    ),
    ...Array.from({ length: 72 }, (_, k) => {
      const [west, south] = [15 * (k % 24) - 180, 40 * Math.floor(k / 24) - 60];
      return [
        [
          [
            [west, south],
            [west + 15, south],
            [west + 15, south + 40],
            [west, south + 40],
          ],
        ],
      ];
    }),
  ].map((coordinates) => ({
    type: "Feature",
    properties: {},
    geometry: { type: "MultiPolygon", coordinates },
  }));
  return zones.create({ geojson: { type: "FeatureCollection", features }, zones_per_shard: 2 } as never, []);
}

const world = [-180, -90, 180, 90] as const;

/** In the order of the digests. */
export function createCoverings(): readonly (readonly [name: string, covering: Covering])[] {
  return [
    ["healpix 3 authalic", coveringsOf(healpixOf(3, 5, "authalic"))],
    ["healpix 5 geodetic", coveringsOf(healpixOf(5, 8, "geodetic"))],
    ["healpix cells 0 geodetic", (region) => bytesOf(coverRegion(region, 0, "geodetic"))],
    ["healpix cells 6 authalic", (region) => bytesOf(coverRegion(region, 6, "authalic"))],
    ["healpix moc 8 authalic", (region) => bytesOf(mocFromRegion(region, 8, "authalic").ranges)],
    ["h3 1", coveringsOf(h3.create({ parent_res: 1, child_res: 4 }, []))],
    ["h3 3", coveringsOf(h3.create({ parent_res: 3, child_res: 4 }, []))],
    ["zones", coveringsOf(zonesOf())],
    ["EPSG:4326 5", coveringsOf(tiledGrid("EPSG:4326", 5, world).grid)],
    ["EPSG:4326 3, from 0 to 360", coveringsOf(tiledGrid("EPSG:4326", 3, [0, -90, 360, 90]).grid)],
    ["EPSG:3857", coveringsOf(tiledGrid("EPSG:3857", 6e5, [-20037508, -20037508, 20037508, 20037508]).grid)],
    ["EPSG:3031", coveringsOf(tiledGrid("EPSG:3031", 2e5, [-5e6, -5e6, 5e6, 5e6]).grid)],
    ["EPSG:3413", coveringsOf(tiledGrid("EPSG:3413", 2e5, [-5e6, -5e6, 5e6, 5e6]).grid)],
    ["EPSG:32633", coveringsOf(tiledGrid("EPSG:32633", 1e5, [-1.5e6, 0, 2.5e6, 9e6]).grid)],
  ];
}

/** Eight hexadecimal digits a covering; the code of an error where one is thrown. */
export function digestsOf(
  { region }: NamedRegion,
  coverings: readonly (readonly [string, Covering])[],
): readonly string[] {
  return coverings.map(([, covering]) => {
    try {
      return createHash("sha256").update(covering(region)).digest("hex").slice(0, 8);
    } catch (error) {
      if (isCodedError(error)) return error.code;
      throw error;
    }
  });
}
