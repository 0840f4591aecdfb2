/** Granules from CMR's UMM-JSON (UMM-G), as granule searches answer. */
import { boxOfRegion, regionFromGeoJson } from "@zagg/sphere";
import { shown } from "@zagg/core/internal";
import { isObject, namedAssets, type AssetOptions, type NamedAssets } from "../assets.js";
import type { CatalogItem } from "../item.js";
import { malformedItem, readEach, type ItemsAndProblems } from "../problem.js";
import { isSize } from "../stac.js";
import { utcTime } from "../time.js";
import type { OrbitParameters } from "./orbit.js";
import { ummGeometry } from "./spatial.js";

export interface UmmOptions extends AssetOptions {
  /** The collection's `OrbitParameters`, for granules that are described by their orbit; those of ICESat-2 by default. */
  readonly orbit?: Partial<OrbitParameters>;
}

type Fields = Readonly<Record<string, unknown>>;

/** CMR's names of kinds of links, and the roles that STAC has for them. */
const ROLES: Readonly<Record<string, string>> = {
  "GET DATA": "data",
  "GET DATA VIA DIRECT ACCESS": "data",
  "EXTENDED METADATA": "metadata",
  "GET RELATED VISUALIZATION": "browse",
};

const UNIT_BYTES: Readonly<Record<string, number>> = { KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12, PB: 1e15 };

/**
 * The granules of a page of UMM-JSON. Granules without an area, and malformed ones, are problems.
 * @returns undefined when the value is no such page
 */
export function itemsFromUmm(page: unknown, options: UmmOptions = {}): ItemsAndProblems | undefined {
  const entries = ummEntries(page);
  return entries && readUmmEntries(entries, options);
}

/** The granules of a page, unread. */
export function ummEntries(page: unknown): readonly unknown[] | undefined {
  const items = isObject(page) ? page["items"] : page;
  if (isObject(page) && typeof page["GranuleUR"] === "string") return [page];
  const isPage = Array.isArray(items) && (isObject(page) ? true : items.length > 0);
  return isPage && items.every((item) => isObject(item) && (isObject(item["umm"]) || "GranuleUR" in item))
    ? items
    : undefined;
}

/** The granules of some entries of a page, of which `firstIndex` come before. */
export function readUmmEntries(
  entries: readonly unknown[],
  options: UmmOptions = {},
  firstIndex = 0,
): ItemsAndProblems {
  return readEach(
    entries,
    (entry) => itemFromUmm(entry, options),
    (entry) => ummOf(entry)["GranuleUR"],
    firstIndex,
  );
}

function itemFromUmm(entry: unknown, options: UmmOptions): CatalogItem {
  const umm = ummOf(entry);
  const meta = fieldsOf(isObject(entry) ? entry["meta"] : undefined);
  const id = producerId(umm) ?? umm["GranuleUR"];
  if (typeof id !== "string" || id === "")
    throw malformedItem(`a granule has the id ${shown(id)}`, "it is a text");
  const geometry = ummGeometry(umm, options.orbit);
  return {
    id,
    collection: collectionOf(umm),
    geometry,
    bbox: boxOfRegion(regionFromGeoJson(geometry)),
    ...timesOf(umm, id),
    assets: assetsOf(umm, options),
    updated: timeOf(meta["revision-date"] ?? umm["RevisionDate"] ?? updateDate(umm), "the revision date", id),
    bytes: bytesOf(umm),
  };
}

/** The file's name, which is what STAC has for an id; a `GranuleUR` may be a database's number. */
function producerId(umm: Fields): string | undefined {
  const identifiers = listOf(fieldsOf(umm["DataGranule"])["Identifiers"]);
  const found = identifiers.find(({ IdentifierType: type }) => type === "ProducerGranuleId");
  return typeof found?.["Identifier"] === "string" ? found["Identifier"] : undefined;
}

function collectionOf(umm: Fields): string | null {
  const { ShortName: name, Version: version, EntryTitle: title } = fieldsOf(umm["CollectionReference"]);
  if (typeof name === "string") return typeof version === "string" ? `${name}_${version}` : name;
  return typeof title === "string" ? title : null;
}

function timesOf(umm: Fields, id: string): { start: string | null; end: string | null } {
  const temporal = fieldsOf(umm["TemporalExtent"]);
  const range = fieldsOf(temporal["RangeDateTime"]);
  const single = temporal["SingleDateTime"];
  return {
    start: timeOf(range["BeginningDateTime"] ?? single, "the beginning", id),
    end: timeOf(range["EndingDateTime"] ?? single, "the end", id),
  };
}

function timeOf(value: unknown, what: string, id: string): string | null {
  if (value === undefined || value === null) return null;
  const time = typeof value === "string" ? utcTime(value) : undefined;
  if (time !== undefined) return time;
  throw malformedItem(`${what} of granule ${id} is ${shown(value)}`, "it is a moment as RFC 3339 writes it");
}

function updateDate(umm: Fields): unknown {
  const dates = listOf(umm["ProviderDates"]);
  const last =
    dates.find(({ Type: type }) => type === "Update") ?? dates.find(({ Type: type }) => type === "Insert");
  return last?.["Date"];
}

function assetsOf(umm: Fields, options: UmmOptions): NamedAssets {
  const links = listOf(umm["RelatedUrls"]).map((link, i) => {
    const { URL: href, Type: kind, MimeType: type, Subtype: subtype } = link;
    const isMetadata =
      kind === "VIEW RELATED INFORMATION" &&
      /metadata/i.test(`${String(type)} ${String(subtype)} ${String(href)}`);
    const isXml = kind === "VIEW RELATED INFORMATION" && /\.xml$/i.test(String(href));
    const role = isMetadata || isXml ? "metadata" : ROLES[String(kind)];
    return [
      `link ${i}`,
      { href, type, ...(role === undefined ? { roles: ["other"] } : { roles: [role] }) },
    ] as const;
  });
  return namedAssets(Object.fromEntries(links), options);
}

/** What the archive says of its files; a size without a unit is in megabytes, as CMR's providers mean it. */
function bytesOf(umm: Fields): number | null {
  const files = listOf(fieldsOf(umm["DataGranule"])["ArchiveAndDistributionInformation"]);
  const sizes = files.map((file) => {
    const { SizeInBytes: exact, Size: size, SizeUnit: unit } = file;
    if (isSize(exact)) return exact;
    return typeof size === "number" && size > 0 ? Math.round(size * (UNIT_BYTES[String(unit)] ?? 1e6)) : 0;
  });
  const largest = Math.max(0, ...sizes);
  return isSize(largest) && largest > 0 ? largest : null;
}

function ummOf(entry: unknown): Fields {
  if (!isObject(entry)) return {};
  return isObject(entry["umm"]) ? entry["umm"] : entry;
}

function fieldsOf(value: unknown): Fields {
  return isObject(value) ? value : {};
}

function listOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
