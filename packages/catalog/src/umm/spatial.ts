/** GeoJSON from the spatial extent of a UMM-G granule: polygons, boxes, and orbits. */
import { CatalogError, type JsonObject } from "@zagg/core";
import { shown } from "@zagg/core/internal";
import { isObject } from "../assets.js";
import { malformedItem } from "../problem.js";
import { noArea } from "../wkb-read.js";
import { boxRings } from "./box.js";
import { groundTrack, icesat2Orbit, type OrbitParameters, type OrbitPass } from "./orbit.js";
import { swathRings } from "./swath.js";

type Ring = readonly (readonly [number, number])[];
type Fields = Readonly<Record<string, unknown>>;

/**
 * The ground that a granule covers. Polygons and boxes come before an orbit, which only says where the spacecraft was.
 * @throws CatalogError `CATALOG_NO_AREA` for points, lines and nothing; `CATALOG_ITEM`, `CATALOG_ORBIT` for malformed parts
 */
export function ummGeometry(umm: Fields, orbit: Partial<OrbitParameters> = {}): JsonObject {
  const extent = fieldsOf(umm["SpatialExtent"]);
  const domain = fieldsOf(extent["HorizontalSpatialDomain"]);
  const geometry = fieldsOf(domain["Geometry"]);
  const polygons = [
    ...listOf(geometry["GPolygons"]).map(polygonRings),
    ...listOf(geometry["BoundingRectangles"]).flatMap((box) => boxRings(boxOf(box)).map((ring) => [ring])),
  ];
  if (polygons.length > 0) return multiPolygon(polygons);
  if (isObject(domain["Orbit"])) {
    const parameters = { ...icesat2Orbit, ...orbit };
    const rings = swathRings(groundTrack(passOf(domain["Orbit"]), parameters), parameters.swathWidthKm);
    return multiPolygon(rings.map((ring) => [ring]));
  }
  const found = ["Points", "Lines"].find((name) => listOf(geometry[name]).length > 0);
  throw noArea(
    found === undefined
      ? "a granule has no spatial extent"
      : `the spatial extent of a granule is of ${found}`,
  );
}

function multiPolygon(polygons: readonly (readonly Ring[])[]): JsonObject {
  const [only] = polygons;
  return polygons.length === 1
    ? ({ type: "Polygon", coordinates: only } as unknown as JsonObject)
    : ({ type: "MultiPolygon", coordinates: polygons } as unknown as JsonObject);
}

/** The boundary, then the exclusive zones as holes. */
function polygonRings(polygon: Fields): Ring[] {
  const zones = listOf(fieldsOf(polygon["ExclusiveZone"])["Boundaries"]);
  return [fieldsOf(polygon["Boundary"]), ...zones].map(({ Points: points }) => {
    const ring = listOf(points).map(
      (point) => [numberOf(point, "Longitude"), numberOf(point, "Latitude")] as const,
    );
    const isClosed = ring.length > 1 && ring[0]![0] === ring.at(-1)![0] && ring[0]![1] === ring.at(-1)![1];
    return isClosed || ring.length === 0 ? ring : [...ring, ring[0]!];
  });
}

function boxOf(box: Fields): [number, number, number, number] {
  const [west, south, east, north] = ["West", "South", "East", "North"].map((side) =>
    numberOf(box, `${side}BoundingCoordinate`),
  );
  return [west!, south!, east!, north!];
}

function passOf(orbit: Fields): OrbitPass {
  const direction = (name: string): "A" | "D" => {
    const value = orbit[name];
    if (value === "A" || value === "D") return value;
    throw new CatalogError("CATALOG_ORBIT", {
      what: `${name} of an orbit is ${shown(value)}`,
      why: "an orbit goes northward, A, or southward, D",
      mend: "correct the granule at its source",
    });
  };
  return {
    ascendingCrossing: numberOf(orbit, "AscendingCrossing"),
    startLatitude: numberOf(orbit, "StartLatitude"),
    startDirection: direction("StartDirection"),
    endLatitude: numberOf(orbit, "EndLatitude"),
    endDirection: direction("EndDirection"),
  };
}

function numberOf(fields: Fields, name: string): number {
  const value = fields[name];
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw malformedItem(`${name} is ${shown(value)}`, "it is a number of degrees");
}

function fieldsOf(value: unknown): Fields {
  return isObject(value) ? value : {};
}

function listOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
