/** What a stored Zarr 3 hierarchy holds: groups, arrays, and how much of them is stored. */
import { StoreError, type Json, type JsonObject, type ObjectStore } from "@zagg/core";
import { parseJson, toPlainJson, type ExactJson } from "./exact-json.js";

export interface StoredGroup {
  /** Path from the root; empty for the root itself. */
  readonly path: string;
  readonly attributes: JsonObject;
}

export interface StoredArray {
  readonly path: string;
  /** Its Zarr name, which need not be one that zagg writes. */
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Extent of one stored object; null for a chunk grid that is not regular. */
  readonly storedShape: readonly number[] | null;
  /** Extent of one chunk: less than `storedShape` when the array is sharded. */
  readonly chunkShape: readonly number[] | null;
  /** Names of the codecs, those of the chunks within a shard for a sharded array. */
  readonly codecs: readonly string[];
  readonly dimensions: readonly (string | null)[] | null;
  /** As the metadata spells it (`"NaN"`); a bigint when it exceeds 2^53. */
  readonly fillValue: Json | bigint;
  readonly attributes: JsonObject;
  /** Stored objects and their bytes, metadata excepted. */
  readonly objects: number;
  readonly bytes: number;
}

export interface StoredHierarchy {
  /** Whether the root carries the metadata of everything below it. */
  readonly consolidated: boolean;
  /** The root first. */
  readonly groups: readonly StoredGroup[];
  readonly arrays: readonly StoredArray[];
  /** Everything in the store, metadata included. */
  readonly objects: number;
  readonly bytes: number;
}

type Fields = { readonly [key: string]: ExactJson };
type Node = { readonly path: string; readonly fields: Fields };
interface Usage {
  objects: number;
  bytes: number;
}

const METADATA_NAME = "zarr.json";

/**
 * Describes a store. Reads its metadata, lists its keys and asks for the size of every object.
 * @throws StoreError `STORE_NOT_ZARR`, `METADATA_CORRUPT`
 */
export async function readHierarchy(store: ObjectStore): Promise<StoredHierarchy> {
  const root = await readDocument(store, METADATA_NAME);
  if (root === undefined) throw notZarr(store.uri);
  const consolidated = fieldsOf(root["consolidated_metadata"])?.["metadata"];
  const members = fieldsOf(consolidated) === undefined ? await readMembers(store) : membersOf(consolidated);
  const nodes: readonly Node[] = [{ path: "", fields: root }, ...members];
  const arrayNodes = nodes.filter(({ fields }) => fields["node_type"] === "array");
  const { total, byArray } = await measure(store, new Set(arrayNodes.map(({ path }) => path)));
  return {
    consolidated: fieldsOf(consolidated) !== undefined,
    groups: nodes
      .filter(({ fields }) => fields["node_type"] === "group")
      .map(({ path, fields }) => ({ path, attributes: attributesOf(fields) })),
    arrays: arrayNodes.map((node) => describeArray(node, byArray.get(node.path) ?? { objects: 0, bytes: 0 })),
    ...total,
  };
}

function describeArray({ path, fields }: Node, usage: Usage): StoredArray {
  const { data_type: dataType, fill_value: fillValue = null, dimension_names: dimensions } = fields;
  const shape = numbersOf(fields["shape"]);
  if (shape === null) throw corrupt(`${path}/${METADATA_NAME}`, "it gives no shape");
  const storedShape = numbersOf(fieldsOf(fieldsOf(fields["chunk_grid"])?.["configuration"])?.["chunk_shape"]);
  const codecs = listOf(fields["codecs"]);
  const sharding = fieldsOf(codecs.find((codec) => codecName(codec) === "sharding_indexed"));
  const inner = fieldsOf(sharding?.["configuration"]);
  return {
    path,
    dtype: typeof dataType === "string" ? dataType : String(fieldsOf(dataType)?.["name"]),
    shape,
    storedShape,
    chunkShape: inner === undefined ? storedShape : numbersOf(inner["chunk_shape"]),
    codecs: (inner === undefined ? codecs : listOf(inner["codecs"])).map(codecName),
    dimensions: Array.isArray(dimensions) ? (dimensions as readonly (string | null)[]) : null,
    fillValue: typeof fillValue === "bigint" ? fillValue : toPlainJson(fillValue),
    attributes: attributesOf(fields),
    ...usage,
  };
}

async function measure(
  store: ObjectStore,
  arrays: ReadonlySet<string>,
): Promise<{ readonly total: Usage; readonly byArray: ReadonlyMap<string, Usage> }> {
  const total = { objects: 0, bytes: 0 };
  const byArray = new Map<string, Usage>();
  for await (const key of store.list("")) {
    const size = await store.size(key);
    const path = key.endsWith(METADATA_NAME) ? undefined : owner(key, arrays);
    const usages = path === undefined ? [total] : [total, byArray.get(path) ?? { objects: 0, bytes: 0 }];
    if (path !== undefined) byArray.set(path, usages[1] as Usage);
    for (const usage of usages) {
      usage.objects += 1;
      usage.bytes += size ?? 0;
    }
  }
  return { total, byArray };
}

/** The array that an object belongs to: the longest of the paths that lead to it. */
function owner(key: string, arrays: ReadonlySet<string>): string | undefined {
  for (let path = key; path !== "";) {
    path = path.slice(0, Math.max(0, path.lastIndexOf("/")));
    if (arrays.has(path)) return path;
  }
  return undefined;
}

/** Members of a store without consolidated metadata, by path. */
async function readMembers(store: ObjectStore): Promise<readonly Node[]> {
  const nodes: Node[] = [];
  for await (const key of store.list("")) {
    if (!key.endsWith(`/${METADATA_NAME}`)) continue;
    const fields = await readDocument(store, key);
    if (fields !== undefined) nodes.push({ path: key.slice(0, -METADATA_NAME.length - 1), fields });
  }
  return nodes.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function membersOf(consolidated: ExactJson | undefined): readonly Node[] {
  return Object.entries(fieldsOf(consolidated) ?? {}).map(([path, document]) => {
    const fields = fieldsOf(document);
    if (fields === undefined) throw corrupt(METADATA_NAME, `the metadata of "${path}" is not an object`);
    return { path, fields };
  });
}

async function readDocument(store: ObjectStore, key: string): Promise<Fields | undefined> {
  const bytes = await store.get(key);
  if (bytes === undefined) return undefined;
  let document: Fields | undefined;
  try {
    document = fieldsOf(parseJson(new TextDecoder().decode(bytes)));
  } catch (cause) {
    throw corrupt(key, "it is not JSON", cause);
  }
  if (document?.["zarr_format"] !== 3) throw corrupt(key, "it does not say zarr_format 3");
  return document;
}

function fieldsOf(value: ExactJson | undefined): Fields | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

function listOf(value: ExactJson | undefined): readonly ExactJson[] {
  return Array.isArray(value) ? (value as readonly ExactJson[]) : [];
}

function numbersOf(value: ExactJson | undefined): readonly number[] | null {
  return Array.isArray(value) ? (value as readonly ExactJson[]).map(Number) : null;
}

function attributesOf(fields: Fields): JsonObject {
  return toPlainJson(fieldsOf(fields["attributes"]) ?? {}) as JsonObject;
}

function codecName(codec: ExactJson): string {
  return typeof codec === "string" ? codec : String(fieldsOf(codec)?.["name"]);
}

function notZarr(uri: string): StoreError {
  return new StoreError("STORE_NOT_ZARR", {
    what: `${uri} has no ${METADATA_NAME} at its root`,
    why: "that is where a Zarr 3 hierarchy begins; a run that has not finished has none yet",
    mend: "check the path, or finish the run that writes it",
    path: uri,
  });
}

function corrupt(key: string, why: string, cause?: unknown): StoreError {
  return new StoreError("METADATA_CORRUPT", {
    what: `${key} is not Zarr 3 metadata`,
    why,
    mend: "write the store again, or open it with a tool for its version of Zarr",
    path: key,
    cause,
  });
}
