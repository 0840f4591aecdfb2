/** Granules from STAC: items, and collections of them as a search or a file gives them. */
import type { BoundingBox, JsonObject } from "@zagg/core";
import { shown } from "@zagg/core/internal";
import { byName, isObject, namedAssets, type AssetOptions } from "./assets.js";
import type { CatalogItem } from "./item.js";
import { malformedItem, readEach, type ItemsAndProblems } from "./problem.js";
import { utcTime } from "./time.js";

/**
 * The granule of a STAC item, or of any GeoJSON feature with an id. Its geometry is taken as it is: whether it is a
 * footprint shows when one is made of it.
 * @throws CatalogError `CATALOG_ITEM` when it has no id, or when a part that it has is of the wrong type
 */
export function itemFromStac(value: unknown, options: AssetOptions = {}): CatalogItem {
  if (!isObject(value)) throw malformedItem("an entry is no object", "a STAC item is a GeoJSON feature");
  const { id, geometry = null, bbox = null, collection } = value;
  if (typeof id !== "string" || id === "") {
    const what = id === undefined ? "an item has no id" : `an item has the id ${shown(id)}`;
    throw malformedItem(what, "granules are known by their id, a text");
  }
  const of = (part: string): string => `${part} of item ${id}`;
  if (geometry !== null && !isObject(geometry)) {
    throw malformedItem(`${of("the geometry")} is ${shown(geometry)}`, "it is a GeoJSON geometry or null");
  }
  if (value["assets"] !== undefined && value["assets"] !== null && !isObject(value["assets"])) {
    throw malformedItem(
      `${of("the assets")} are ${shown(value["assets"])}`,
      "they stand by name, in an object",
    );
  }
  const properties = isObject(value["properties"]) ? value["properties"] : {};
  const at = (name: string): string | null => {
    const text = properties[name] ?? null;
    const time = typeof text === "string" ? utcTime(text) : null;
    if (text === null || typeof time === "string") return time as string | null;
    throw malformedItem(`${of(name)} is ${shown(text)}`, "it is a moment as RFC 3339 writes it");
  };
  const ends = { start: at("start_datetime"), end: at("end_datetime") };
  const moment = ends.start === null && ends.end === null ? at("datetime") : null;
  return {
    id,
    collection: typeof collection === "string" ? collection : null,
    geometry: geometry as JsonObject | null,
    bbox: bbox === null ? null : boxOf(bbox, id),
    start: ends.start ?? moment,
    end: ends.end ?? moment,
    assets: namedAssets(value["assets"], options),
    updated: at("updated"),
    bytes: bytesOf(properties, value["assets"]),
  };
}

/**
 * The granules of an ItemCollection, a FeatureCollection, one item, or a list of items. Entries that are no granule are
 * problems, and do not keep the others from being read.
 * @returns undefined when the value is none of these
 */
export function itemsFromStac(value: unknown, options: AssetOptions = {}): ItemsAndProblems | undefined {
  const entries = stacEntries(value);
  return entries && readStacEntries(entries, options);
}

/** The granules of some entries of a list, of which `firstIndex` come before. */
export function readStacEntries(
  entries: readonly unknown[],
  options: AssetOptions = {},
  firstIndex = 0,
): ItemsAndProblems {
  return readEach(
    entries,
    (entry) => itemFromStac(entry, options),
    (entry) => (isObject(entry) ? entry["id"] : undefined),
    firstIndex,
  );
}

/** The items of a STAC document, unread. */
export function stacEntries(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value))
    return value.every((entry) => isObject(entry) && entry["type"] === "Feature") ? value : undefined;
  if (!isObject(value)) return undefined;
  if (value["type"] === "Feature") return [value];
  return Array.isArray(value["features"]) ? value["features"] : undefined;
}

/** Four numbers of a STAC bbox, of which six have heights too. */
function boxOf(value: unknown, id: string): BoundingBox | null {
  const numbers =
    Array.isArray(value) && value.every((part) => Number.isFinite(part)) ? (value as number[]) : [];
  if (numbers.length === 4) return numbers as unknown as BoundingBox;
  if (numbers.length === 6) return [numbers[0]!, numbers[1]!, numbers[3]!, numbers[4]!];
  throw malformedItem(`the bbox of item ${id} is ${shown(value)}`, "it is four or six numbers");
}

/** The item's own size, else that of a data asset (file extension). */
export function bytesOf(properties: Readonly<Record<string, unknown>>, assets: unknown): number | null {
  const sizes = byName(isObject(assets) ? assets : {})
    .map(([, asset]) => asset)
    .filter(isObject)
    .filter(
      ({ roles, href }) => (Array.isArray(roles) && roles.includes("data")) || /\.h5$/i.test(String(href)),
    )
    .map((asset) => asset["file:size"]);
  return [properties["bytes"], properties["file:size"], ...sizes].find(isSize) ?? null;
}

export function isSize(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
