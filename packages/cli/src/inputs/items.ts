/** A list of granules with polygon footprints: a STAC item collection, or any GeoJSON features with ids and hrefs. */
import { dirname, resolve } from "node:path";
import {
  ConfigError,
  isCodedError,
  regionFromGeoJson,
  type Json,
  type JsonObject,
  type Region,
} from "@zagg/core";
import { relativeHref, type GranuleFootprint } from "@zagg/shardmap";
import { readInput } from "./files.js";

interface Item {
  readonly id?: unknown;
  readonly geometry?: unknown;
  readonly assets?: Readonly<Record<string, { readonly href?: unknown; readonly roles?: unknown }>>;
  readonly properties?: {
    readonly datetime?: unknown;
    readonly start_datetime?: unknown;
    readonly end_datetime?: unknown;
  };
}

/** What a catalog says of itself, and its granules. */
export interface ItemCatalog {
  readonly metadata: JsonObject;
  readonly granules: readonly GranuleFootprint[];
}

/**
 * The granules of a STAC item collection. https, s3 and file hrefs come from the assets `data` and `data_s3`, else from those
 * with the role `data`. An item whose geometry is no footprint has none here, so that the build counts and names it.
 * @param base folder that relative `file` hrefs of the records start from; in the collection they start from its own
 * @throws ConfigError `CLI_CATALOG_FORMAT`
 */
export async function readItems(path: string, base: string): Promise<ItemCatalog> {
  const { items, bbox } = itemsOf(path, await readInput(path, "catalog"));
  const granules = items.map((item, i): GranuleFootprint => {
    if (typeof item?.id !== "string" || item.id === "") throw notItems(path, `item ${i} has no id`);
    const { file, ...hrefs } = hrefsOf(item);
    const rebased = file === undefined ? {} : { file: rebase(file, dirname(resolve(path)), base) };
    return { record: { id: item.id, ...hrefs, ...rebased, ...timesOf(item) }, footprint: footprintOf(item) };
  });
  return { metadata: { source: "STAC items", ...(bbox === undefined ? {} : { bbox }) }, granules };
}

function rebase(href: string, from: string, to: string): string {
  return /^file:/i.test(href) ? href : relativeHref(to, resolve(from, href));
}

function itemsOf(path: string, text: string): { items: readonly Item[]; bbox?: Json } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw notItems(path, cause instanceof Error ? cause.message : String(cause));
  }
  const collection = value as { type?: unknown; features?: unknown } | null;
  if (collection?.type === "Feature") return { items: [collection as Item] };
  if (Array.isArray(collection?.features)) {
    const { features, bbox } = collection as { features: readonly Item[]; bbox?: Json };
    return { items: features, ...(bbox === undefined ? {} : { bbox }) };
  }
  throw notItems(path, `its type is ${JSON.stringify(collection?.type)}`);
}

function hrefsOf({ assets = {} }: Item): { s3: string | null; https: string | null; file?: string } {
  const named = ["data", "data_s3"].flatMap((name) => assets[name] ?? []);
  const byRole = Object.values(assets).filter(({ roles }) => Array.isArray(roles) && roles.includes("data"));
  const hrefs = [...named, ...byRole]
    .map(({ href }) => href)
    .filter((href): href is string => typeof href === "string");
  const withScheme = (scheme: RegExp): string | null => hrefs.find((href) => scheme.test(href)) ?? null;
  const file = hrefs.find((href) => /^file:\/\//i.test(href) || !/^[a-z][a-z0-9+.-]*:\/\//i.test(href));
  return {
    s3: withScheme(/^s3:\/\//i),
    https: withScheme(/^https?:\/\//i),
    ...(file === undefined ? {} : { file }),
  };
}

function timesOf({ properties }: Item): JsonObject {
  const start = properties?.start_datetime ?? properties?.datetime;
  const end = properties?.end_datetime ?? properties?.datetime;
  return {
    ...(typeof start === "string" ? { time_start: start } : {}),
    ...(typeof end === "string" ? { time_end: end } : {}),
  };
}

function footprintOf(item: Item): Region | null {
  try {
    return regionFromGeoJson(item.geometry);
  } catch (error) {
    if (isCodedError(error)) return null;
    throw error;
  }
}

function notItems(path: string, why: string): ConfigError {
  return new ConfigError("CLI_CATALOG_FORMAT", {
    what: `${path} is not a list of granules`,
    why,
    mend: "give a STAC item collection (GeoJSON features with id, geometry and assets), or local files with --granules",
    path,
  });
}
