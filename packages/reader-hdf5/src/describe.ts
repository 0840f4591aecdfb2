/** What a granule says of one of its datasets. */
import {
  cfAttributes,
  cfEncoding,
  type CfAttribute,
  type CfAttributeName,
  type CfAttributes,
  type DatasetInfo,
} from "@zagg/core";
import type { Metadata } from "h5wasm/node";

import { readAttribute, storedAttribute } from "./attributes.js";
import { unconvertible } from "./failures.js";
import { withFileBytes } from "./file-bytes.js";
import type { Hdf5Library, LibraryInstance } from "./library.js";
import { leadsAbroad } from "./links.js";
import { dtypeOf, isPlain, parseNumberType, type NumberType } from "./number-type.js";
import { readObjectHeader, type ObjectHeader } from "./object-header.js";
import { packingOf, type Packing } from "./packed-chunks.js";
import type { Addressing } from "./superblock.js";

/** A file as this package needs it. */
export interface Hdf5File {
  /** Names it in messages. */
  readonly shown: string;
  /** Where it is on the disk. */
  readonly path: string;
  readonly addressing: Addressing;
  /** Paths that are known to lead to no other file. */
  readonly inside: Set<string>;
}

/** A dataset as this package needs it. */
export interface Described {
  /** Its absolute path, with single slashes. */
  readonly path: string;
  readonly info: DatasetInfo;
  readonly type: NumberType;
  /** Whether HDF5 gives elements just as a typed array of the dtype holds them. */
  readonly isPlain: boolean;
  /** Whether HDF5 gives its elements in big-endian order. */
  readonly isSwapped: boolean;
  /** How its chunks are packed, where HDF5 does not notice that a chunk is too short. */
  readonly packing: Packing | null;
  /** Columns of one stored chunk; null when the dataset is not chunked, or of one dimension. */
  readonly chunkColumns: number | null;
  /** The numbers of a 64-bit integer dataset that stand for missing values, exact; else empty. */
  readonly fills: readonly bigint[];
}

/** HDF5 datatype classes (H5Tpublic.h, `H5T_class_t`). */
const INTEGER = 0;
const FLOAT = 1;
const ENUM = 8;

/**
 * Describes a numeric dataset; null when there is none at the path.
 * @param id        the open file
 * @param requested absolute or relative to the root; links are followed
 * @throws ReaderError `DATASET_TYPE`; other errors where the file is damaged
 */
export function describeDataset(
  instance: LibraryInstance,
  file: Hdf5File,
  id: bigint,
  requested: string,
): Described | null {
  const path = `/${requested.split("/").filter(Boolean).join("/")}`;
  const metadata = datasetMetadata(instance, id, path);
  if (metadata === null || metadata.shape === null) return null;
  if (metadata.type !== INTEGER && metadata.type !== FLOAT && metadata.type !== ENUM) return null;
  const { library } = instance;
  const header = headerOf(library, file, id, path);
  const type = typeOf(file, path, metadata, header);
  const dtype = isBool(metadata) ? "bool" : dtypeOf(type);
  const { missing, ...described } = cfEncoding(dtype, readCfAttributes(library, id, path, header));
  const isWide = dtype === "int64" || dtype === "uint64";
  // HDF5 converts the byte order of numbers on reading, but not of enumerations.
  const isSwapped = metadata.type === ENUM && type.bigEndian && type.size > 1;
  const filters = metadata.chunks === null ? [] : library.Module.get_dataset_filters(id, path);
  return {
    path,
    info: { shape: metadata.shape, dtype, chunkRows: metadata.chunks?.[0] ?? null, ...described },
    type,
    isPlain: isPlain(type) && !isSwapped,
    isSwapped,
    packing: packingOf(filters, type.size),
    chunkColumns: metadata.chunks?.[1] ?? null,
    fills: isWide ? missing.map(BigInt) : [],
  };
}

function datasetMetadata(
  { library, diagnostics }: LibraryInstance,
  id: bigint,
  path: string,
): Metadata | null {
  const { Module } = library;
  const type = Module.get_type(id, path);
  if (diagnostics.reasons().length > 0) {
    if (isBelowDataset(library, id, path)) return null;
    throw new Error(`a link on the way to ${path} cannot be followed`);
  }
  return type === Module.H5G_DATASET ? Module.get_dataset_metadata(id, path) : null;
}

/** HDF5 fails on a path that leads through a dataset, where it merely finds nothing on other paths that lead nowhere. */
function isBelowDataset({ Module }: Hdf5Library, id: bigint, path: string): boolean {
  for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
    if (Module.get_type(id, path.slice(0, end)) === Module.H5G_DATASET) return true;
  }
  return false;
}

const WANTED: ReadonlySet<string> = new Set(cfAttributes);

/** The header of a dataset: an object reference is its address. */
function headerOf(library: Hdf5Library, file: Hdf5File, id: bigint, path: string): ObjectHeader {
  if (leadsAbroad(library, id, path, file.inside)) {
    const why = "a link leads to it in another file, where the type of its numbers is not looked at";
    throw unconvertible(file.shown, path, why, "name the other file, or copy the dataset into this one");
  }
  const reference = Buffer.from(library.Module.create_object_reference(id, path));
  try {
    const address = Number(reference.readBigUInt64LE(0));
    return withFileBytes(file.path, file.addressing, (bytes) => readObjectHeader(bytes, address, WANTED));
  } catch (cause) {
    // A RangeError would pass for a breakdown of the library.
    throw new Error(`the object header of ${path} cannot be read`, { cause });
  }
}

const REWRITE = "rewrite the file with plain numbers, as NumPy and netCDF have them";

function typeOf(file: Hdf5File, path: string, { size }: Metadata, { datatype }: ObjectHeader): NumberType {
  if (datatype === null) {
    throw unconvertible(file.shown, path, "their type is kept in a table of shared messages", REWRITE);
  }
  const type = parseNumberType(datatype);
  if (typeof type === "string") throw unconvertible(file.shown, path, type, REWRITE);
  if (type?.size !== size) throw new Error(`the object header of ${path} has another type`);
  return type;
}

/** An enumeration of one byte as h5py and netCDF write booleans. */
function isBool({ type, size, enum_type }: Metadata): boolean {
  const members = enum_type?.members ?? {};
  const isPair = Object.keys(members).length === 2 && members["FALSE"] === 0 && members["TRUE"] === 1;
  return type === ENUM && size === 1 && isPair;
}

/** Straight from the header where it has them: the library's way of it takes longer, and does not look at the bits of a type. */
function readCfAttributes(
  library: Hdf5Library,
  id: bigint,
  path: string,
  { attributes, hasOthers }: ObjectHeader,
): CfAttributes {
  const others = new Set(hasOthers ? library.Module.get_attribute_names(id, path) : []);
  const found: Partial<Record<CfAttributeName, CfAttribute>> = {};
  for (const name of cfAttributes) {
    const stored = attributes.get(name);
    const attribute = stored === undefined ? null : storedAttribute(stored);
    if (attribute !== null) found[name] = attribute;
    else if (stored !== undefined || others.has(name)) found[name] = readAttribute(library, id, path, name);
  }
  return found;
}
