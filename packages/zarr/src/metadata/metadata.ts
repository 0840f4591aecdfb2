/** The `zarr.json` documents of arrays and groups. Zarr 3 core specification, sections "Array metadata", "Group metadata". */
import type { ArraySpec, GroupSpec, HierarchySpec, JsonObject } from "@zagg/core";
import type { ExactJson } from "./exact-json.js";
import { fillValueJson } from "./fill-value.js";

type Document = { readonly [key: string]: ExactJson };

/** What zarr-python calls its default level, without the frame checksum. */
export const ZSTD_LEVEL = 3;

/** Names the layout of ragged arrays and its version. */
export const RAGGED_SPEC = "zagg-ragged/2";

const littleEndian = { name: "bytes", configuration: { endian: "little" } };
const oneByteTypes: readonly string[] = ["bool", "int8", "uint8"];

/** The document of an array, keys and content as zarr-python 3 writes them; `formatJson` gives its text. */
export function arrayMetadata(array: ArraySpec): Document {
  const storedShape = array.sharded ? array.blockShape : array.chunkShape;
  return {
    shape: array.shape,
    data_type: array.ragged === undefined ? array.dtype : "variable_length_bytes",
    chunk_grid: { name: "regular", configuration: { chunk_shape: storedShape } },
    chunk_key_encoding: { name: "default", configuration: { separator: "/" } },
    fill_value: array.ragged === undefined ? fillValueJson(array.dtype, array.fillValue) : "",
    codecs: array.sharded ? [shardingCodec(array)] : chunkCodecs(array),
    attributes: { ...array.attributes, ...raggedAttribute(array) },
    ...(array.shape.length === 0 ? {} : { dimension_names: array.dimensions }),
    zarr_format: 3,
    node_type: "array",
    storage_transformers: [],
  };
}

/** What the bytes of a ragged array's cells are, for whoever opens it. Normative: docs/spec/ragged.md. */
function raggedAttribute({ dtype, ragged }: ArraySpec): JsonObject {
  if (ragged === undefined) return {};
  const { innerShape } = ragged;
  const elements = { spec: RAGGED_SPEC, dtype, inner_shape: innerShape, order: "C", endian: "little" };
  return { ragged: JSON.stringify(elements) };
}

/** The document of a group below the root. */
export function groupMetadata(group: GroupSpec): Document {
  return { attributes: group.attributes, zarr_format: 3, node_type: "group" };
}

/**
 * The document of the root (the group that is listed with an empty path, or one without attributes), with the metadata
 * of everything below it inline, so that a reader needs one request and no listing.
 */
export function rootMetadata(hierarchy: HierarchySpec): Document {
  const attributes = hierarchy.groups.find((group) => group.path === "")?.attributes ?? {};
  return consolidatedGroup(attributes, membersOf(hierarchy));
}

function consolidatedGroup(attributes: JsonObject, metadata: Document): Document {
  return {
    attributes,
    zarr_format: 3,
    consolidated_metadata: { kind: "inline", must_understand: false, metadata },
    node_type: "group",
  };
}

/**
 * Documents by path, in listed order, shallow before deep and siblings together: zarr-python 3.1 loses members whose
 * siblings do not follow one another. Groups among them carry empty consolidated metadata, as there.
 */
function membersOf({ groups, arrays }: HierarchySpec): Document {
  const members = [
    ...groups
      .filter(({ path }) => path !== "")
      .map(({ path, attributes }) => ({ path, document: consolidatedGroup(attributes, {}) })),
    ...arrays.map((array) => ({ path: array.path, document: arrayMetadata(array) })),
  ];
  const parents = [...new Set(members.map(({ path }) => parentPath(path)))];
  const rank = ({ path }: { readonly path: string }) =>
    path.split("/").length * parents.length + parents.indexOf(parentPath(path));
  members.sort((a, b) => rank(a) - rank(b));
  return Object.fromEntries(members.map(({ path, document }) => [path, document]));
}

/** The path of the group that holds a node; empty for the root. */
export function parentPath(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

function shardingCodec(array: ArraySpec): ExactJson {
  return {
    name: "sharding_indexed",
    configuration: {
      chunk_shape: array.chunkShape,
      codecs: chunkCodecs(array),
      index_codecs: [littleEndian, { name: "crc32c" }],
      index_location: "end",
    },
  };
}

function chunkCodecs(array: ArraySpec): readonly ExactJson[] {
  const bytes =
    array.ragged !== undefined
      ? { name: "vlen-bytes", configuration: {} }
      : oneByteTypes.includes(array.dtype)
        ? { name: "bytes" }
        : littleEndian;
  if (array.compression === "none") return [bytes];
  return [bytes, { name: "zstd", configuration: { level: ZSTD_LEVEL, checksum: false } }];
}
