/** Outlines of shards as GeoJSON, on every grid we ship: what a GIS draws holds the points of the shard, and no others. */
import { NO_ID, type GridPlugin } from "@zagg/core";
import { regionFromBbox } from "@zagg/sphere";
import { h3 } from "@zagg/grid-h3";
import { healpix } from "@zagg/grid-healpix";
import { rectilinear } from "@zagg/grid-rectilinear";
import { createShardMap, shardMapGeoJson } from "@zagg/shardmap";
import { describe, expect, it } from "vitest";

type Ring = readonly (readonly [number, number])[];
interface Feature {
  readonly properties: { readonly key: string; readonly label: string; readonly granules: number };
  readonly geometry:
    | { readonly type: "Polygon"; readonly coordinates: readonly Ring[] }
    | { readonly type: "MultiPolygon"; readonly coordinates: readonly (readonly Ring[])[] };
}

const tiles = (crs: string, resolution: number, bounds: readonly number[], side: number): GridPlugin =>
  rectilinear.create({ crs, resolution, bounds, chunk_shape: [side, side] } as never, []);

const grids: readonly (readonly [string, GridPlugin])[] = [
  ["HEALPix, base cells", healpix.create({ parent_order: 0, child_order: 2 }, [])],
  ["HEALPix, order 2", healpix.create({ parent_order: 2, child_order: 4 }, [])],
  [
    "HEALPix, order 3, geodetic",
    healpix.create({ parent_order: 3, child_order: 4, latitude: "geodetic" }, []),
  ],
  ["polar tiles, one around the pole", tiles("EPSG:3031", 50_000, [-3e6, -3e6, 3e6, 3e6], 24)],
  ["polar tiles, four at the pole", tiles("EPSG:3413", 50_000, [-3e6, -3e6, 3e6, 3e6], 30)],
  ["geographic tiles", tiles("EPSG:4326", 1, [-180, -90, 180, 90], 45)],
  ["H3, pentagons and poles", h3.create({ parent_res: 0, child_res: 2 }, [])],
];

const POINTS = 1200;
/** Outlines are drawn between points of the true ones: nearer to an edge than this, of all points, either is right. */
const NEAR_EDGE = 0.02;

/** Points spread evenly over the sphere (a Fibonacci lattice). */
const lonDeg = Float64Array.from(
  { length: POINTS },
  (_, i) => ((((i * 137.50776405003785 + 0.123) % 360) + 360) % 360) - 180,
);
const latDeg = Float64Array.from(
  { length: POINTS },
  (_, i) => (Math.asin(1 - (2 * i + 1) / POINTS) * 180) / Math.PI,
);

function featuresOf(grid: GridPlugin): readonly Feature[] {
  const shardKeys = grid.coverer(regionFromBbox([-180, -90, 180, 90])).shardKeys;
  const map = createShardMap({
    metadata: {},
    gridSignature: grid.spatialSignature(),
    shardKeys,
    granules: Array.from(shardKeys, () => [{ id: "a", s3: null, https: null }]),
  });
  return (JSON.parse([...shardMapGeoJson(map, grid)].join("")) as { features: Feature[] }).features;
}

const polygonsOf = ({ geometry }: Feature): readonly (readonly Ring[])[] =>
  geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;

/** Straight lines in longitude and latitude, even-odd. */
function holds(rings: readonly Ring[], lon: number, lat: number): boolean {
  let isInside = false;
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i++) {
      const [[px, py], [x, y]] = [ring[i - 1]!, ring[i]!];
      if (px > lon !== x > lon && py + ((y - py) * (lon - px)) / (x - px) > lat) isInside = !isInside;
    }
  }
  return isInside;
}

type Box = readonly [west: number, south: number, east: number, north: number];

function boxOf(rings: readonly Ring[]): Box {
  const [lons, lats] = [rings.flat().map(([lon]) => lon), rings.flat().map(([, lat]) => lat)];
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

function isInBox([west, south, east, north]: Box, lon: number, lat: number): boolean {
  return lon >= west && lon <= east && lat >= south && lat <= north;
}

function signedArea(ring: Ring): number {
  return ring.slice(1).reduce((sum, [x, y], i) => sum + (ring[i]![0] * y - x * ring[i]![1]) / 2, 0);
}

describe.each(grids)("%s", (_name, grid) => {
  const features = featuresOf(grid);

  // Outlines of H3 shards hold all of their cells, and with them some of their neighbours'.
  const isTight = grid.type !== "h3";
  const boxes = features.map((feature) => polygonsOf(feature).map(boxOf));

  it("draws each point in the shard that holds it, and in no other", () => {
    const keys = new BigUint64Array(POINTS);
    grid.shardsOf(lonDeg, latDeg, keys);
    const wrong = Array.from(keys, (key, i) => {
      const [lon, lat] = [lonDeg[i]!, latDeg[i]!];
      const drawn = features
        .filter((feature, shard) =>
          polygonsOf(feature).some(
            (rings, k) => isInBox(boxes[shard]![k]!, lon, lat) && holds(rings, lon, lat),
          ),
        )
        .map(({ properties }) => properties.key);
      const own = key === NO_ID ? "" : String(key);
      return (isTight ? drawn.join() === own : drawn.includes(own)) ? 0 : 1;
    }).reduce<number>((sum, one) => sum + one, 0);
    expect(wrong / POINTS).toBeLessThan(NEAR_EDGE);
  });

  it("covers the map once: areas in the plane add up to those of the shards", () => {
    const area = features
      .flatMap(polygonsOf)
      .flat()
      .reduce((sum, ring) => sum + signedArea(ring), 0);
    const isWhole = !grid.spatialSignature()["crs"] || grid.spatialSignature()["crs"] === "EPSG:4326";
    if (isWhole && isTight) expect(Math.abs(area / (360 * 180) - 1)).toBeLessThan(0.005);
    else expect(area).toBeGreaterThan(0);
  });

  it("is valid: closed rings, outer ones counter-clockwise, no line across the map", () => {
    for (const polygon of features.flatMap(polygonsOf)) {
      const faults: string[] = [];
      polygon.forEach((ring, i) => {
        expect(ring.length).toBeGreaterThanOrEqual(4);
        expect(ring[0]).toEqual(ring.at(-1));
        expect(Math.sign(signedArea(ring))).toBe(i === 0 ? 1 : -1);
        for (const [k, [lon, lat]] of ring.slice(1).entries()) {
          const isAcross = Math.abs(lat) < 90 && Math.abs(lon - ring[k]![0]) >= 180;
          if (isAcross || Math.abs(lon) > 180 || Math.abs(lat) > 90) faults.push(`${lon}, ${lat}`);
        }
      });
      expect(faults).toEqual([]);
    }
  });
});
