/** Geometries for properties: rings anywhere, clean and not. */
import type { BoundingBox, JsonObject } from "@zagg/core";
import fc from "fast-check";
import type { CatalogItem, ItemAsset } from "../src/index.js";
import { timeOfMicros } from "../src/time.js";

type Position = [number, number];

const coordinate = (limit: number) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.double({ min: -limit, max: limit, noNaN: true }) },
    { weight: 2, arbitrary: fc.integer({ min: -4, max: 4 }).map((part) => (part * limit) / 4) },
  );

/** Longitude to 180 or a little beyond, latitude; corners repeat now and then. */
export const position: fc.Arbitrary<Position> = fc.tuple(coordinate(200), coordinate(90));

/** Closed as GeoJSON has it; some walk to and fro or stand still. */
export const anyRing: fc.Arbitrary<Position[]> = fc
  .array(fc.tuple(position, fc.integer({ min: 0, max: 9 })), { minLength: 1, maxLength: 9 })
  .map((drawn) => {
    const corners = drawn.flatMap(([corner, habit], i): Position[] => {
      if (habit === 0) return [corner, corner];
      return habit === 1 && i > 0 ? [corner, drawn[i - 1]![0]] : [corner];
    });
    return [...corners, corners[0]!];
  });

const polygon = fc.array(anyRing, { minLength: 1, maxLength: 3 });

export const anyGeometry: fc.Arbitrary<JsonObject> = fc.letrec<{ geometry: JsonObject }>((tie) => ({
  geometry: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    polygon.map((coordinates) => ({ type: "Polygon", coordinates }) as JsonObject),
    fc
      .array(polygon, { maxLength: 3 })
      .map((coordinates) => ({ type: "MultiPolygon", coordinates }) as JsonObject),
    position.map((coordinates) => ({ type: "Point", coordinates }) as JsonObject),
    fc
      .array(position, { maxLength: 4 })
      .map((coordinates) => ({ type: "LineString", coordinates }) as JsonObject),
    fc
      .array(position, { maxLength: 4 })
      .map((coordinates) => ({ type: "MultiPoint", coordinates }) as JsonObject),
    fc
      .array(fc.array(position, { maxLength: 4 }), { maxLength: 3 })
      .map((coordinates) => ({ type: "MultiLineString", coordinates }) as JsonObject),
    fc
      .array(tie("geometry"), { maxLength: 3 })
      .map((geometries) => ({ type: "GeometryCollection", geometries }) as JsonObject),
  ),
})).geometry;

const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }).map((value) => value.normalize());
const micros = fc.integer({ min: Date.UTC(1960, 0) * 1e3, max: Date.UTC(2090, 0) * 1e3 });
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });

const asset: fc.Arbitrary<ItemAsset> = fc.record(
  { href: text, roles: fc.array(text, { minLength: 1, maxLength: 2 }), type: text, title: text },
  { requiredKeys: ["href"] },
);

/** Items as a source gives them: parts may be missing, and assets have names of their own beside `data`. */
export const anyItem: fc.Arbitrary<CatalogItem> = fc.record({
  id: text,
  collection: optional(text),
  geometry: optional(anyGeometry),
  bbox: optional(
    fc.tuple(coordinate(180), coordinate(90), coordinate(180), coordinate(90)) as fc.Arbitrary<BoundingBox>,
  ),
  start: optional(micros.map(timeOfMicros)),
  end: optional(micros.map(timeOfMicros)),
  assets: fc.dictionary(
    fc.constantFrom("data", "data_s3", "data_file", "metadata", "thumbnail", "B02"),
    asset,
  ),
  updated: optional(micros.map(timeOfMicros)),
  bytes: optional(fc.maxSafeNat()),
});
