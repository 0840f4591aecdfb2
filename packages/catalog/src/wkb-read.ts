/**
 * Well-known binary (OGC 06-103r4, clause 8.2) in, as ISO and EWKB write it: both byte orders, Z and M passed over, an SRID
 * accepted when it says WGS 84.
 */
import {
  CatalogError,
  GeometryError,
  type JsonObject,
  type Polygon,
  type Region,
  type Ring,
} from "@zagg/core";
import { foldedLongitude, isPlace, ringFromArrays } from "@zagg/sphere";

const POINT = 1;
const LINE = 2;
const POLYGON = 3;
const COLLECTION = 7;
const TYPE_NAMES = [
  "",
  "Point",
  "LineString",
  "Polygon",
  "MultiPoint",
  "MultiLineString",
  "MultiPolygon",
  "GeometryCollection",
];
/** What a collection of this type may hold; 0 for anything. */
const MEMBER_TYPES: Readonly<Record<number, number>> = { 4: POINT, 5: LINE, 6: POLYGON, 7: 0 };
const MAX_DEPTH = 16;
const WGS84 = new Set([0, 4326, 4979]);

interface Cursor {
  readonly view: DataView;
  readonly take: TakeNumbers;
  at: number;
}

/** Room for so many numbers. */
export type TakeNumbers = (length: number) => Float64Array;

const ownRoom: TakeNumbers = (length) => new Float64Array(length);

/** Numbers of one block of memory. */
const BLOCK = 2 ** 15;

/** Room in shared blocks, for rings that live and die together: half a million small arrays take a second to collect. */
export function sharedRoom(): TakeNumbers {
  let block = new Float64Array(0);
  let used = 0;
  return (length) => {
    if (used + length > block.length) {
      if (length > BLOCK) return new Float64Array(length);
      block = new Float64Array(BLOCK);
      used = 0;
    }
    used += length;
    return block.subarray(used - length, used);
  };
}

interface Header {
  readonly type: number;
  /** Numbers a position. */
  readonly size: number;
  readonly little: boolean;
}

/**
 * The polygons of a geometry, as `regionFromGeoJson` would read the same coordinates. Points and lines are no area.
 * @param take room for the coordinates
 * @throws CatalogError `CATALOG_WKB`, `CATALOG_NO_AREA`
 * @throws GeometryError `REGION_COORDINATE`, `REGION_RING`, `REGION_CROSSING`
 */
export function regionFromWkb(bytes: Uint8Array, take = ownRoom): Region {
  const cursor = cursorOf(bytes, take);
  const region: Polygon[] = [];
  collectPolygons(cursor, region, 0);
  assertEnd(cursor);
  if (region.length > 0) return region;
  throw noArea("the geometry is empty");
}

/**
 * The geometry as GeoJSON, with two numbers per position, unchecked but for being well formed.
 * @throws CatalogError `CATALOG_WKB`
 */
export function geoJsonFromWkb(bytes: Uint8Array): JsonObject {
  const cursor = cursorOf(bytes);
  const geometry = readGeoJson(cursor, 0);
  assertEnd(cursor);
  return geometry;
}

export function noArea(what: string): CatalogError {
  return new CatalogError("CATALOG_NO_AREA", {
    what,
    why: "it is by the area that they cover that granules of a catalog are assigned to shards",
    mend: "take the granules from a catalog with polygons, or import the files themselves",
  });
}

function cursorOf(bytes: Uint8Array, take = ownRoom): Cursor {
  return { take, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), at: 0 };
}

function collectPolygons(cursor: Cursor, region: Polygon[], depth: number): void {
  const header = readHeader(cursor);
  if (header.type === POLYGON) return addPolygon(cursor, header, region);
  const memberType = MEMBER_TYPES[header.type];
  if (memberType !== undefined && (memberType === 0 || memberType === POLYGON)) {
    if (depth >= MAX_DEPTH) throw malformed(cursor, "collections are nested too deep");
    for (let left = readCount(cursor, header.little, 5); left > 0; left--) {
      assertMember(cursor, memberType);
      collectPolygons(cursor, region, depth + 1);
    }
    return;
  }
  throw noArea(`the geometry is a ${TYPE_NAMES[header.type]}`);
}

function addPolygon(cursor: Cursor, header: Header, region: Polygon[]): void {
  const rings: Ring[] = [];
  for (let left = readCount(cursor, header.little, 4); left > 0; left--) {
    rings.push(readRing(cursor, header, `ring ${rings.length} of polygon ${region.length}`));
  }
  if (rings.length > 0) region.push(rings);
}

function readRing(cursor: Cursor, { size, little }: Header, where: string): Ring {
  const count = readCount(cursor, little, 8 * size);
  const { view } = cursor;
  const step = 8 * size;
  const start = cursor.at;
  cursor.at += count * step;
  const lonDeg = cursor.take(count);
  const latDeg = cursor.take(count);
  for (let i = 0, at = start; i < count; i++, at += step) {
    const lon = view.getFloat64(at, little);
    const lat = view.getFloat64(at + 8, little);
    if (!isPlace(lon, lat)) throw outOfRange(lon, lat, `${where}, vertex ${i}`);
    lonDeg[i] = foldedLongitude(lon);
    latDeg[i] = lat;
  }
  return ringFromArrays(lonDeg, latDeg, where);
}

function readGeoJson(cursor: Cursor, depth: number): JsonObject {
  const { type, size, little } = readHeader(cursor);
  const position = (): [number, number] => {
    const at = cursor.at;
    if (cursor.view.byteLength - at < 8 * size) throw malformed(cursor, "it ends in a position");
    cursor.at += 8 * size;
    return [cursor.view.getFloat64(at, little), cursor.view.getFloat64(at + 8, little)];
  };
  const list = <T>(bytes: number, read: () => T): T[] =>
    Array.from({ length: readCount(cursor, little, bytes) }, read);
  const line = (): [number, number][] => list(8 * size, position);
  const name = TYPE_NAMES[type]!;
  if (type === POINT) {
    const [lon, lat] = position();
    return { type: name, coordinates: Number.isNaN(lon) && Number.isNaN(lat) ? [] : [lon, lat] };
  }
  if (type === LINE) return { type: name, coordinates: line() };
  if (type === POLYGON) return { type: name, coordinates: list(4, line) };
  if (depth >= MAX_DEPTH) throw malformed(cursor, "collections are nested too deep");
  const members = list(5, () => {
    assertMember(cursor, MEMBER_TYPES[type]!);
    return readGeoJson(cursor, depth + 1);
  });
  if (type === COLLECTION) return { type: name, geometries: members };
  return { type: name, coordinates: members.map(({ coordinates }) => coordinates as never) };
}

function readHeader(cursor: Cursor): Header {
  const { view, at } = cursor;
  if (view.byteLength - at < 5) throw malformed(cursor, "it ends where a geometry should begin");
  const order = view.getUint8(at);
  if (order > 1) throw malformed(cursor, `the byte order is ${order}, neither 0 nor 1`);
  const little = order === 1;
  const code = view.getUint32(at + 1, little);
  cursor.at += 5;
  const flags = code >>> 29;
  const iso = code & 0x1fffffff;
  const type = iso % 1000;
  const extra = Math.floor(iso / 1000);
  if (type < POINT || type > COLLECTION || extra > 3)
    throw malformed(cursor, `there is no geometry type ${code}`);
  if ((flags & 1) !== 0) {
    if (view.byteLength - cursor.at < 4) throw malformed(cursor, "it ends in its SRID");
    const srid = view.getUint32(cursor.at, little);
    if (!WGS84.has(srid))
      throw malformed(cursor, `its SRID is ${srid}, but longitude and latitude are expected`);
    cursor.at += 4;
  }
  const hasZ = (flags & 4) !== 0 || extra === 1 || extra === 3;
  const hasM = (flags & 2) !== 0 || extra >= 2;
  return { type, little, size: 2 + Number(hasZ) + Number(hasM) };
}

/** A count of things of which each takes so many bytes at least: checked before anything of that size is made. */
function readCount(cursor: Cursor, little: boolean, bytes: number): number {
  const { view, at } = cursor;
  if (view.byteLength - at < 4) throw malformed(cursor, "it ends where a count should stand");
  const count = view.getUint32(at, little);
  cursor.at += 4;
  if (count * bytes > view.byteLength - cursor.at)
    throw malformed(cursor, `it is too short for a count of ${count}`);
  return count;
}

function assertMember(cursor: Cursor, memberType: number): void {
  const { view, at } = cursor;
  if (memberType === 0 || view.byteLength - at < 5) return;
  const code = view.getUint32(at + 1, view.getUint8(at) === 1) & 0x1fffffff;
  if (code % 1000 !== memberType) throw malformed(cursor, `a member of its collection has the type ${code}`);
}

function assertEnd(cursor: Cursor): void {
  if (cursor.at !== cursor.view.byteLength) throw malformed(cursor, "bytes are left over");
}

function malformed({ at, view }: Cursor, why: string): CatalogError {
  return new CatalogError("CATALOG_WKB", {
    what: `a geometry of ${view.byteLength} bytes breaks at byte ${at}`,
    why,
    mend: "write the catalog again",
  });
}

function outOfRange(lon: number, lat: number, where: string): GeometryError {
  return new GeometryError("REGION_COORDINATE", {
    path: where,
    what: `${where} is (${lon}, ${lat})`,
    why: "a position is longitude within ±540 and latitude within ±90 degrees, in that order",
    mend: "write degrees of WGS 84 (CRS84), longitude first",
  });
}
