/** Well-known binary out: ISO, little endian, two numbers per position. */
import { CatalogError, type JsonObject } from "@zagg/core";
import { isObject } from "./assets.js";

const TYPES: Readonly<Record<string, number>> = {
  Point: 1,
  LineString: 2,
  Polygon: 3,
  MultiPoint: 4,
  MultiLineString: 5,
  MultiPolygon: 6,
  GeometryCollection: 7,
};
const MAX_DEPTH = 16;

/**
 * The bytes of a GeoJSON geometry; heights are left out. Same geometry, same bytes.
 * @throws CatalogError `CATALOG_GEOMETRY`
 */
export function wkbFromGeoJson(geometry: JsonObject): Uint8Array {
  const out: Out = { bytes: new Uint8Array(512), view: new DataView(new ArrayBuffer(0)), at: 0 };
  out.view = new DataView(out.bytes.buffer);
  writeGeometry(out, geometry, 0);
  return out.bytes.slice(0, out.at);
}

interface Out {
  bytes: Uint8Array;
  view: DataView;
  at: number;
}

function writeGeometry(out: Out, geometry: unknown, depth: number): void {
  const type = isObject(geometry) ? TYPES[String(geometry["type"])] : undefined;
  if (type === undefined || !isObject(geometry)) throw unwritable("it is no GeoJSON geometry");
  const { coordinates } = geometry;
  writeHeader(out, type);
  if (type === 1) {
    if (Array.isArray(coordinates) && coordinates.length === 0) return writeNumbers(out, NaN, NaN);
    return writePosition(out, coordinates);
  }
  if (type === 2) return writeList(out, coordinates, writePosition);
  if (type === 3) return writeRings(out, coordinates);
  if (type === 7) {
    if (depth >= MAX_DEPTH) throw unwritable("its collections are nested too deep");
    return writeList(out, geometry["geometries"], (_out, member) => writeGeometry(out, member, depth + 1));
  }
  writeList(out, coordinates, (_out, member) => {
    writeHeader(out, type - 3);
    if (type === 4) writePosition(out, member);
    else if (type === 5) writeList(out, member, writePosition);
    else writeRings(out, member);
  });
}

function writeRings(out: Out, rings: unknown): void {
  writeList(out, rings, (_out, ring) => writeList(out, ring, writePosition));
}

function writeList(out: Out, list: unknown, write: (out: Out, member: unknown) => void): void {
  if (!Array.isArray(list)) throw unwritable("a list of coordinates is none");
  ensure(out, 4);
  out.view.setUint32(out.at, list.length, true);
  out.at += 4;
  for (const member of list) write(out, member);
}

function writePosition(out: Out, position: unknown): void {
  const [lon, lat] = Array.isArray(position) ? (position as unknown[]) : [];
  if (typeof lon !== "number" || typeof lat !== "number")
    throw unwritable("a position is not longitude and latitude");
  writeNumbers(out, lon, lat);
}

function writeNumbers(out: Out, lon: number, lat: number): void {
  ensure(out, 16);
  out.view.setFloat64(out.at, lon, true);
  out.view.setFloat64(out.at + 8, lat, true);
  out.at += 16;
}

function writeHeader(out: Out, type: number): void {
  ensure(out, 5);
  out.view.setUint8(out.at, 1);
  out.view.setUint32(out.at + 1, type, true);
  out.at += 5;
}

function ensure(out: Out, bytes: number): void {
  if (out.at + bytes <= out.bytes.length) return;
  const wider = new Uint8Array(2 * (out.at + bytes));
  wider.set(out.bytes);
  out.bytes = wider;
  out.view = new DataView(wider.buffer);
}

function unwritable(why: string): CatalogError {
  return new CatalogError("CATALOG_GEOMETRY", {
    what: "a geometry cannot be written as well-known binary",
    why,
    mend: "correct the geometry at its source",
  });
}
