/** Which files of a granule are its data, whatever its source calls them. */
import type { ItemAsset } from "./item.js";

export interface AssetOptions {
  /** Keep thumbnails and browse images, which are left out otherwise. */
  readonly browse?: boolean;
}

/** The assets under the names that the rest knows, in a fixed order. */
export type NamedAssets = Readonly<Record<string, ItemAsset>>;

export const dataAssetNames = ["data", "data_s3", "data_file"] as const;
export type DataAssetName = (typeof dataAssetNames)[number];

const HDF5 = /\.(h5|hdf5|he5)([?#].*)?$/i;
const BROWSE_ROLES = new Set(["thumbnail", "browse", "overview"]);

/** Where an href leads: http(s), S3, or a local file for a file URL or a path. Undefined for another scheme. */
export function dataAssetName(href: string): DataAssetName | undefined {
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(href)?.[1]?.toLowerCase();
  if (scheme === "https" || scheme === "http") return "data";
  if (scheme === "s3") return "data_s3";
  return scheme === undefined || scheme === "file" ? "data_file" : undefined;
}

/**
 * Assets named by what they are. Data are those already named `data`, `data_s3` or `data_file`, then those with the role
 * `data`; HDF5 files come before others, and the first href of each kind wins. When a granule is an HDF5 file, its other data
 * assets are left out; of others (scenes of many bands) they are kept under their own names.
 * @param assets as STAC has them: name to `{ href, roles?, type?, title? }`; what has no href is left out
 */
export function namedAssets(assets: unknown, { browse = false }: AssetOptions = {}): NamedAssets {
  const given = Object.entries(isObject(assets) ? assets : {}).flatMap(([name, value]) =>
    withAlternate(name, value),
  );
  const candidates = given.filter(
    ({ name, asset }) => isNamedData(name) || hasRole(asset, "data") || isBareHdf5(asset),
  );
  const files = candidates.filter(({ asset }) => HDF5.test(asset.href));
  const named = (entry: Entry): boolean => isNamedData(entry.name);
  const ordered = [...candidates.filter(named), ...files, ...candidates];
  const kept: Record<string, ItemAsset> = {};
  for (const name of dataAssetNames) {
    const chosen = ordered.find(({ asset }) => dataAssetName(asset.href) === name);
    if (chosen !== undefined) kept[name] = chosen.asset;
  }
  const metadata = given.find(({ asset }) => hasRole(asset, "metadata"));
  if (metadata !== undefined) kept["metadata"] = metadata.asset;
  const others = given.filter(({ name, asset }) => {
    if (asset.roles?.some((role) => BROWSE_ROLES.has(role)) === true) return browse;
    return files.length === 0 && !isNamedData(name) && hasRole(asset, "data");
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
  const alternates = Object.values(isObject(value["alternate"]) ? value["alternate"] : {}).filter(isObject);
  const others = alternates.flatMap((other) => {
    const alternate = assetOf({ ...value, ...other });
    return alternate === undefined || alternate.href === asset?.href ? [] : [{ name, asset: alternate }];
  });
  return asset === undefined ? others : [{ name, asset }, ...others];
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

function isNamedData(name: string): name is DataAssetName {
  return (dataAssetNames as readonly string[]).includes(name);
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
