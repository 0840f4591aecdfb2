/**
 * The assets of a row as STAC has them in JSON, whichever way a writer of Parquet has spread them: a struct, a map or JSON text under
 * `assets`, or columns of their own whose names begin with `assets.`. What they mean is then told by the one rule of {@link namedAssets}.
 */
import { isObject } from "../assets.js";
import { malformedItem } from "../problem.js";
import { columnType } from "./failure.js";
import type { LeafValues } from "./row-groups.js";

const WHOLE = "assets";
const FLAT = /^assets\.(.+?)(?:\.(href|roles|type|title|alternate|file:size))?$/;

/** The columns that hold assets, or a part of one. */
export function assetColumnNames(columns: readonly string[]): readonly string[] {
  return columns.filter((name) => name === WHOLE || FLAT.test(name));
}

/**
 * Name to asset, as in JSON.
 * @param values of {@link assetColumnNames}
 * @throws CatalogError `CATALOG_ITEM`, `CATALOG_PARQUET_COLUMN`
 */
export function assetsOfRow(
  values: ReadonlyMap<string, LeafValues>,
  row: number,
): Readonly<Record<string, unknown>> {
  const assets = new Map<string, unknown>();
  for (const [column, rows] of values) {
    const value = rows[row] ?? null;
    if (value === null) continue;
    if (column === WHOLE) {
      for (const [name, asset] of Object.entries(wholeOf(value)))
        if ((asset ?? null) !== null) assets.set(name, assetOf(asset, name));
      continue;
    }
    const [, name = "", part] = FLAT.exec(column) ?? [];
    const known = assets.get(name) as object | undefined;
    assets.set(name, assetOf(part === undefined ? value : { ...known, [part]: value }, name));
  }
  return Object.fromEntries(assets);
}

function wholeOf(value: unknown): Readonly<Record<string, unknown>> {
  const whole = parsed(value);
  if (isObject(whole)) return whole;
  throw malformedItem("the assets of a row are no object", "assets stand by name");
}

/** An asset without the members that are null, which JSON leaves out. Text alone is an href, unless it is JSON. */
function assetOf(given: unknown, name: string): Readonly<Record<string, unknown>> {
  const value = parsed(given);
  if (typeof value === "string") return { href: value };
  if (!isObject(value))
    throw malformedItem(`the asset ${name} of a row is no object`, "an asset has an href");
  const members = Object.entries(value).filter(([, member]) => (member ?? null) !== null);
  const asset = Object.fromEntries(members.map(([key, member]) => [key, numberOf(member)]));
  if (asset["href"] instanceof Uint8Array) throw columnType(`${WHOLE}.${name}.href`, "text", "bytes");
  if ("alternate" in asset) asset["alternate"] = alternatesOf(asset["alternate"]);
  return asset;
}

function alternatesOf(given: unknown): unknown {
  const alternates = parsed(given);
  if (!isObject(alternates)) return alternates;
  return Object.fromEntries(
    Object.entries(alternates)
      .filter(([, alternate]) => isObject(alternate))
      .map(([name, alternate]) => [name, assetOf(alternate, name)]),
  );
}

/** JSON text that holds an object, read; everything else as it is. */
function parsed(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*\{/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

function numberOf(member: unknown): unknown {
  return typeof member === "bigint" ? Number(member) : member;
}
