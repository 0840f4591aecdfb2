/** A list of granules with polygon footprints: a STAC item collection, or any GeoJSON features with ids and hrefs. */
import { ConfigError, errorToJson, isCodedError, type JsonObject, type Region } from "@zagg/core";
import { regionFromGeoJson, type GranuleFootprint } from "@zagg/shardmap";
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

export interface ItemCollection {
  readonly granules: readonly GranuleFootprint[];
  /** Items whose geometry is no footprint: kept without one, so that the build counts and names them. */
  readonly malformed: readonly { readonly id: string; readonly code: string }[];
}

/**
 * The granules of a STAC item collection. https, s3 and file hrefs come from the assets `data` and `data_s3`, else from those
 * with the role `data`.
 * @throws ConfigError `CLI_CATALOG_FORMAT`
 */
export async function readItems(path: string): Promise<ItemCollection> {
  const text = await readInput(path, "catalog");
  const items = itemsOf(path, text);
  const malformed: { id: string; code: string }[] = [];
  const granules = items.map((item, i): GranuleFootprint => {
    if (typeof item.id !== "string" || item.id === "") {
      throw notItems(path, `item ${i} has no id`);
    }
    return {
      record: { id: item.id, ...hrefsOf(item), ...timesOf(item) },
      footprint: footprintOf(item, malformed),
    };
  });
  return { granules, malformed };
}

function itemsOf(path: string, text: string): readonly Item[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw notItems(path, cause instanceof Error ? cause.message : String(cause));
  }
  const collection = value as { type?: unknown; features?: unknown } | null;
  if (collection?.type === "Feature") return [collection as Item];
  if (Array.isArray(collection?.features)) return collection.features as readonly Item[];
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

function footprintOf(item: Item, malformed: { id: string; code: string }[]): Region | null {
  try {
    return regionFromGeoJson(item.geometry);
  } catch (error) {
    if (!isCodedError(error)) throw error;
    malformed.push({ id: String(item.id), code: errorToJson(error).code });
    return null;
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
