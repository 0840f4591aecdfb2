/** Which files of a granule are its data, whatever its source calls them. */
import type { ItemAsset } from "./item.js";

export interface AssetOptions {
  /** Keep thumbnails and browse images, which are left out otherwise. */
  readonly browse?: boolean;
}

/** The assets under the names that the rest knows, in a fixed order. */
export type NamedAssets = Readonly<Record<string, ItemAsset>>;

/** The names of data files by where they are: over http(s) `data`, else `data_` and the scheme of their hrefs. */
export type DataAssetName = "data" | `data_${string}`;

/** Those that catalogs mostly have, in the order in which they are written. */
const FIRST: readonly DataAssetName[] = ["data", "data_s3", "data_file"];

const HDF5 = /\.(h5|hdf5|he5)([?#].*)?$/i;
const BROWSE_ROLES = new Set(["thumbnail", "browse", "overview"]);

/** Members of records that could be schemes and are not. */
const RESERVED = new Set(["id", "updated", "bytes"]);

/** Where an href leads: `data` for http(s), `data_file` for a file URL or a path, else by its scheme. Undefined for what is no URL. */
export function dataAssetName(href: string): DataAssetName | undefined {
  const [, name, slashes] = /^([a-z][a-z0-9+.-]+):(\/\/)?/i.exec(href) ?? [];
  const scheme = name?.toLowerCase();
  if (scheme === undefined || scheme === "file") return "data_file";
  if (scheme === "https" || scheme === "http") return "data";
  return scheme === "s3" || (slashes !== undefined && !RESERVED.has(scheme)) ? `data_${scheme}` : undefined;
}

/** The names among these that can be data files', the usual ones first. */
export function possibleDataNames(names: Iterable<string>): readonly DataAssetName[] {
  const others = [...names].filter((name): name is `data_${string}` => /^data_/.test(name) && !isUsual(name));
  return [...FIRST, ...others];
}

/**
 * What a data file of a name is by its href: a usual name counts whatever its href is, another one when its href has the scheme that
 * it names; undefined for what is no data file.
 */
export function dataNameOf(name: DataAssetName, href: string): DataAssetName | undefined {
  const byHref = dataAssetName(href);
  return isUsual(name) ? (byHref ?? name) : byHref === name ? name : undefined;
}

/** The member of a record that holds the href of a data file. */
export function recordKey(name: DataAssetName): string {
  return name === "data" ? "https" : name.slice("data_".length);
}

/**
 * Assets named by what they are. Data are those already named `data`, `data_s3`, `data_file` or likewise by another scheme, then those with the role
 * `data`; HDF5 files come before others, and of several of a kind the one whose name comes first in the alphabet: columns of Parquet do not keep the
 * order of the source. When a granule is an HDF5 file, its other data
 * assets are left out; of others (scenes of many bands) they are kept under their own names.
 * @param assets as STAC has them: name to `{ href, roles?, type?, title? }`; what has no href is left out
 */
export function namedAssets(assets: unknown, { browse = false }: AssetOptions = {}): NamedAssets {
  const given = byName(isObject(assets) ? assets : {}).flatMap(([name, value]) => withAlternate(name, value));
  const candidates = given.filter(
    (entry) => isNamedData(entry) || hasRole(entry.asset, "data") || isBareHdf5(entry.asset),
  );
  const files = candidates.filter(({ asset }) => HDF5.test(asset.href));
  const named = (entry: Entry): boolean => isNamedData(entry);
  const ordered = [...candidates.filter(named), ...files, ...candidates];
  const kept: Record<string, ItemAsset> = {};
  const further = ordered.map(({ asset }) => dataAssetName(asset.href)).filter((name) => name !== undefined);
  for (const name of new Set([...FIRST, ...further])) {
    const chosen = ordered.find(({ asset }) => dataAssetName(asset.href) === name);
    if (chosen !== undefined) kept[name] = chosen.asset;
  }
  const metadata = given.find(({ asset }) => hasRole(asset, "metadata"));
  if (metadata !== undefined) kept["metadata"] = metadata.asset;
  const others = given.filter((entry) => {
    const { asset } = entry;
    if (asset.roles?.some((role) => BROWSE_ROLES.has(role)) === true) return browse;
    return files.length === 0 && !isNamedData(entry) && hasRole(asset, "data");
  });
  for (const { name, asset } of others) kept[name] ??= asset;
  return kept;
}

interface Entry {
  readonly name: string;
  readonly asset: ItemAsset;
}

/** The asset, and those that the alternate-assets extension lists beside it. */
function withAlternate(name: string, value: unknown): Entry[] {
  if (!isObject(value)) return [];
  const asset = assetOf(value);
  const alternates = byName(isObject(value["alternate"]) ? value["alternate"] : {})
    .map(([, alternate]) => alternate)
    .filter(isObject);
  const others = alternates.flatMap((other) => {
    const alternate = assetOf({ ...value, ...other });
    return alternate === undefined || alternate.href === asset?.href ? [] : [{ name, asset: alternate }];
  });
  return asset === undefined ? others : [{ name, asset }, ...others];
}

/** In the order of their code units, the same everywhere. */
export function byName(members: Readonly<Record<string, unknown>>): [name: string, member: unknown][] {
  return Object.entries(members).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

function assetOf({ href, roles, type, title }: Readonly<Record<string, unknown>>): ItemAsset | undefined {
  if (typeof href !== "string" || href === "") return undefined;
  const texts = Array.isArray(roles) ? roles.filter((role): role is string => typeof role === "string") : [];
  return {
    href,
    ...(texts.length === 0 ? {} : { roles: texts }),
    ...(typeof type === "string" ? { type } : {}),
    ...(typeof title === "string" ? { title } : {}),
  };
}

function isUsual(name: string): boolean {
  return (FIRST as readonly string[]).includes(name);
}

function isNamedData({ name, asset }: Entry): boolean {
  return isUsual(name) || (name.startsWith("data_") && dataAssetName(asset.href) === name);
}

function hasRole({ roles }: ItemAsset, role: string): boolean {
  return roles?.includes(role) === true;
}

function isBareHdf5({ roles, href }: ItemAsset): boolean {
  return roles === undefined && HDF5.test(href);
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
