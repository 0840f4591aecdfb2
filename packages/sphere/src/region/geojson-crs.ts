/** The CRS that a GeoJSON document may name: files older than RFC 7946, and many tools of today, have a member `crs`. */
import { GeometryError } from "@zagg/core";
import { shown } from "@zagg/core/internal";

/** Longitude and latitude of WGS 84, as people and tools call it. */
const WGS84 = [/(^|:)(ogc:([\d.]+:)?)?crs84h?$/, /(^|:)epsg:([\d.]+:)?(4326|4979)$/, /^wgs ?84$/];

/**
 * Refuses coordinates of another CRS than the one that GeoJSON has.
 * @param crs the member of that name of any GeoJSON object; one that is missing or null says nothing
 * @throws GeometryError `REGION_CRS`
 */
export function assertGeoJsonCrs(crs: unknown, path: string): void {
  if (crs === undefined || crs === null) return;
  const { type, properties } = crs as { type?: unknown; properties?: { name?: unknown; code?: unknown } };
  const name = type === "EPSG" ? `EPSG:${String(properties?.code)}` : properties?.name;
  if (typeof name === "string") {
    const plain = name.replace(/[:/]+/g, ":").toLowerCase();
    if (WGS84.some((known) => known.test(plain))) return;
  }
  throw new GeometryError("REGION_CRS", {
    path,
    what: `${path} is ${shown(name ?? crs)}`,
    why: "coordinates of GeoJSON are longitude and latitude of WGS 84 (RFC 7946, section 4), and are read as nothing else",
    mend: "transform the file, for example with ogr2ogr -t_srs OGC:CRS84 -lco RFC7946=YES",
  });
}
