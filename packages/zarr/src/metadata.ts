/** The `zarr.json` documents of arrays and groups. Zarr 3 core specification, sections "Array metadata", "Group metadata". */
import type { ArraySpec, GroupSpec, HierarchySpec } from "@zagg/core";
import type { ExactJson } from "./exact-json.js";
import { fillValueJson } from "./fill-value.js";

type Document = { readonly [key: string]: ExactJson };

/** What zarr-python calls its default level, without the frame checksum. */
export const ZSTD_LEVEL = 3;

const littleEndian = { name: "bytes", configuration: { endian: "little" } };
const oneByteTypes: readonly string[] = ["bool", "int8", "uint8"];

/** The document of an array, keys and content as zarr-python 3 writes them. */
export function arrayMetadata(array: ArraySpec): Document {
  const storedShape = array.sharded ? array.blockShape : array.chunkShape;
  return {
    shape: array.shape,
    data_type: array.dtype,
    chunk_grid: { name: "regular", configuration: { chunk_shape: storedShape } },
    chunk_key_encoding: { name: "default", configuration: { separator: "/" } },
    fill_value: fillValueJson(array.dtype, array.fillValue),
    codecs: array.sharded ? [shardingCodec(array)] : chunkCodecs(array),
    attributes: array.attributes,
    ...(array.shape.length === 0 ? {} : { dimension_names: array.dimensions }),
    zarr_format: 3,
    node_type: "array",
    storage_transformers: [],
  };
}

/**
 * The document of a group, with the metadata of everything below it inline, so that a reader needs no listing and one
 * request, whether it opens the root or a group in it.
 */
export function groupMetadata(group: GroupSpec, hierarchy: HierarchySpec): Document {
  return groupDocument(group, membersBelow(group.path, hierarchy));
}

/** The document of the root: of the group that is listed with an empty path, or of one without attributes. */
export function rootMetadata(hierarchy: HierarchySpec): Document {
  const root = hierarchy.groups.find((group) => group.path === "") ?? { path: "", attributes: {} };
  return groupMetadata(root, hierarchy);
}

function groupDocument(group: GroupSpec, members: Document): Document {
  return {
    attributes: group.attributes,
    zarr_format: 3,
    consolidated_metadata: { kind: "inline", must_understand: false, metadata: members },
    node_type: "group",
  };
}

/**
 * Documents by relative path, in listed order, shallow before deep and siblings together: zarr-python 3 loses members
 * whose siblings do not follow one another.
 */
function membersBelow(parent: string, { groups, arrays }: HierarchySpec): Document {
  const prefix = parent === "" ? "" : `${parent}/`;
  const inside = ({ path }: { readonly path: string }) => path !== "" && path.startsWith(prefix);
  const members = [
    ...groups.filter(inside).map((group) => ({ path: group.path, document: groupDocument(group, {}) })),
    ...arrays.filter(inside).map((array) => ({ path: array.path, document: arrayMetadata(array) })),
  ];
  const parents = [...new Set(members.map(({ path }) => parentPath(path)))];
  const rank = ({ path }: { readonly path: string }) =>
    path.split("/").length * parents.length + parents.indexOf(parentPath(path));
  members.sort((a, b) => rank(a) - rank(b));
  return Object.fromEntries(members.map(({ path, document }) => [path.slice(prefix.length), document]));
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
  const bytes = oneByteTypes.includes(array.dtype) ? { name: "bytes" } : littleEndian;
  if (array.compression === "none") return [bytes];
  return [bytes, { name: "zstd", configuration: { level: ZSTD_LEVEL, checksum: false } }];
}
