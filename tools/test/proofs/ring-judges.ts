/** What grids and catalogs make of a region, against the plain sphere of the kit. */
import { geoJsonFromWkb, regionFromWkb, wkbFromGeoJson } from "@zagg/catalog";
import { NO_ID, type GridPlugin, type Region } from "@zagg/core";
import { regionHolds } from "@zagg/core/testing";
import { h3 } from "@zagg/grid-h3";
import { healpix } from "@zagg/grid-healpix";
import { rectilinear } from "@zagg/grid-rectilinear";
import { zones } from "@zagg/grid-zones";
import { boxOfRegion, geoJsonArea, prepareRegion, regionsMeet, type GeoJsonArea } from "@zagg/sphere";
import { ringOf, type LonLat } from "./sphere.js";

/** A place, and what is known of it. */
export interface JudgedPlace {
  readonly place: LonLat;
  readonly inside: boolean;
  /** Whether the region is farther away than this, degrees. */
  isFarther(angle: number): boolean;
  /** Whether every edge is. */
  isOffEdges(angle: number): boolean;
}

/** Says what is wrong of a region, at which place; nothing when all is right. */
export interface Judge {
  readonly name: string;
  /** Whether it is for rings that do not cross themselves. */
  readonly isForSimple?: boolean;
  judge(region: Region, places: readonly JudgedPlace[]): readonly string[];
}

/** @param margin nothing is said of places nearer to an edge: edges of a grid may lie elsewhere */
function gridJudge(name: string, grid: GridPlugin, shardDeg: number, margin: number): Judge {
  return {
    name,
    judge(region, places) {
      const { shardKeys, cover } = grid.coverer(region);
      const covered = new Set(shardKeys);
      const shards = new BigUint64Array(places.length);
      const [lons, lats] = [0, 1].map((k) => Float64Array.from(places, ({ place }) => place[k as 0 | 1]));
      grid.shardsOf(lons!, lats!, shards);
      const wrong = places.flatMap(({ inside, place, isFarther, isOffEdges }, i) => {
        const key = shards[i]!;
        if (key === NO_ID) return [];
        if (inside && !covered.has(key) && isOffEdges(margin)) return [`lacks ${String(place)}`];
        return !inside && covered.has(key) && isFarther(shardDeg + margin) ? [`has ${String(place)}`] : [];
      });
      const alone = cover(region).length;
      return alone === shardKeys.length
        ? wrong
        : [...wrong, `finds ${alone} of its ${shardKeys.length} shards again`];
    },
  };
}

const ROUNDING_DEG = 1e-6;

function boxZones(): GridPlugin {
  const features = Array.from({ length: 36 * 20 }, (_, k) => {
    const [west, south] = [10 * (k % 36) - 180, 9 * Math.floor(k / 36) - 90];
    const box = [
      [west, south],
      [west + 10, south],
      [west + 10, south + 9],
      [west, south + 9],
    ];
    return { type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [box] } };
  });
  return zones.create({ geojson: { type: "FeatureCollection", features }, zones_per_shard: 1 } as never, []);
}

export function createJudges(): readonly Judge[] {
  const healpixOf = (latitude: string) =>
    healpix.create({ parent_order: 4, child_order: 5, latitude } as never, []);
  const plate = { crs: "EPSG:4326", resolution: 1, bounds: [-180, -90, 180, 90], chunk_shape: [4, 4] };
  return [
    gridJudge("healpix, geodetic", healpixOf("geodetic"), 8, ROUNDING_DEG),
    gridJudge("healpix, authalic", healpixOf("authalic"), 8, 0.4),
    gridJudge("h3", h3.create({ parent_res: 2, child_res: 3 }, []), 5, ROUNDING_DEG),
    gridJudge("zones", boxZones(), 14, ROUNDING_DEG),
    gridJudge("EPSG:4326", rectilinear.create(plate as never, []), 6, ROUNDING_DEG),
    { name: "regions that meet", judge: judgeMeeting },
    { name: "boxes", judge: judgeBox },
    { name: "outlines as GeoJSON", judge: judgeDrawing, isForSimple: true },
    { name: "outlines as WKB", judge: judgeWkb },
  ];
}

/** A small triangle meets what holds it, and nothing that is farther away. */
function judgeMeeting(region: Region, places: readonly JudgedPlace[]): readonly string[] {
  const prepared = prepareRegion(region);
  return places.flatMap(({ place: [lon, lat], inside, isFarther, isOffEdges }) => {
    const up = lat > 0 ? -1e-3 : 1e-3;
    const meets = regionsMeet(
      prepared,
      prepareRegion([[ringOf([lon, lat], [lon + 1e-3, lat + up], [lon, lat + up])]]),
    );
    if (inside ? meets || !isOffEdges(ROUNDING_DEG) : !meets || !isFarther(0.01)) return [];
    return [`${meets ? "meets" : "misses"} ${lon}, ${lat}`];
  });
}

function judgeBox(region: Region, places: readonly JudgedPlace[]): readonly string[] {
  const [west, south, east, north] = boxOfRegion(region);
  const width = west > east ? east + 360 - west : east - west;
  return places.flatMap(({ place: [lon, lat], inside, isOffEdges }) => {
    const isIn =
      lat >= south - 1e-4 && lat <= north + 1e-4 && (((lon - west) % 360) + 360) % 360 <= width + 1e-9;
    return inside && !isIn && Math.abs(lat) < 90 && isOffEdges(0.01) ? [`lacks ${lon}, ${lat}`] : [];
  });
}

/** Drawn on a flat map, where straight lines follow great circles within a thousandth of their length. */
function judgeDrawing(region: Region, places: readonly JudgedPlace[]): readonly string[] {
  const area = geoJsonArea(region);
  const isWithin = polygonsOf(area).every((rings) =>
    rings.flat().every(([lon, lat]) => Math.abs(lon) <= 180 && Math.abs(lat) <= 90),
  );
  return [
    ...(isWithin ? [] : ["leaves the map"]),
    ...places.flatMap(({ place: [lon, lat], inside, isOffEdges }) =>
      Math.abs(lat) < 89 && isOffEdges(0.25) && isDrawn(area, lon, lat) !== inside
        ? [`${inside ? "lacks" : "has"} ${lon}, ${lat}`]
        : [],
    ),
  ];
}

function polygonsOf(area: GeoJsonArea) {
  return area === null ? [] : area.type === "Polygon" ? [area.coordinates] : area.coordinates;
}

/** Straight lines in longitude and latitude, even-odd. */
function isDrawn(area: GeoJsonArea, lon: number, lat: number): boolean {
  return polygonsOf(area).some((rings) => {
    let inside = false;
    for (const ring of rings) {
      for (let i = 1; i < ring.length; i++) {
        const [[px, py], [x, y]] = [ring[i - 1]!, ring[i]!];
        if (px > lon !== x > lon && py + ((y - py) * (lon - px)) / (x - px) > lat) inside = !inside;
      }
    }
    return inside;
  });
}

/** Written as bytes of a catalog and read again. */
function judgeWkb(region: Region): readonly string[] {
  const coordinates = region.map((polygon) =>
    polygon.map(({ lonDeg, latDeg }) => [
      ...Array.from(lonDeg, (lon, i) => [lon, latDeg[i]!]),
      [lonDeg[0]!, latDeg[0]!],
    ]),
  );
  const wkb = wkbFromGeoJson({ type: "MultiPolygon", coordinates } as never);
  const read = regionFromWkb(wkb);
  const isSame =
    JSON.stringify(geoJsonFromWkb(wkb)) === JSON.stringify({ type: "MultiPolygon", coordinates }) &&
    JSON.stringify(read.map((p) => p.map((r) => [[...r.lonDeg], [...r.latDeg]]))) ===
      JSON.stringify(region.map((p) => p.map((r) => [[...r.lonDeg], [...r.latDeg]])));
  return isSame ? [] : ["is not what was written"];
}

/** What is known of a place of the globe, from the rings that tell a region's meaning. */
export function judged(truth: Region, place: LonLat): JudgedPlace {
  const at = { lonDeg: place[0], latDeg: place[1] };
  const inside = regionHolds(truth, at);
  return {
    place,
    inside,
    isFarther: (angle) => !regionHolds(truth, at, angle),
    isOffEdges: (angle) => !regionHolds(edgesAlone(truth), at, angle),
  };
}

const alone = new WeakMap<Region, Region>();

/** Every ring twice, so that nothing is inside but what is near an edge. */
function edgesAlone(region: Region): Region {
  const known = alone.get(region) ?? region.map((polygon) => polygon.flatMap((ring) => [ring, ring]));
  alone.set(region, known);
  return known;
}
