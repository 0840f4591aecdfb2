/** What a granule says of one of its datasets. */
import { cfAttributes, cfEncoding, type CfAttributes, type DatasetInfo } from "@zagg/core";
import type { Metadata } from "h5wasm/node";

import { readAttribute } from "./attributes.js";
import { elementType } from "./element-type.js";
import type { Hdf5Library, LibraryInstance } from "./library.js";

/** A dataset as this package needs it. */
export interface Described {
  /** Its absolute path, with single slashes. */
  readonly path: string;
  readonly info: DatasetInfo;
  /** Columns of one stored chunk; null when the dataset is not chunked, or of one dimension. */
  readonly chunkColumns: number | null;
  /** The numbers of a 64-bit integer dataset that stand for missing values, exact; else empty. */
  readonly fills: readonly bigint[];
}

/**
 * Describes a numeric dataset; null when there is none at the path. Throws when what is there cannot be read.
 * @param requested absolute or relative to the root; links are followed
 */
export function describeDataset(
  instance: LibraryInstance,
  file: bigint,
  requested: string,
): Described | null {
  const path = `/${requested.split("/").filter(Boolean).join("/")}`;
  const metadata = datasetMetadata(instance, file, path);
  if (metadata === null || metadata.shape === null) return null;
  const dtype = elementType(metadata);
  if (dtype === null) return null;
  const { missing, ...described } = cfEncoding(dtype, readCfAttributes(instance.library, file, path));
  const isWide = dtype === "int64" || dtype === "uint64";
  return {
    path,
    info: { shape: metadata.shape, dtype, chunkRows: metadata.chunks?.[0] ?? null, ...described },
    chunkColumns: metadata.chunks?.[1] ?? null,
    fills: isWide ? missing.map(BigInt) : [],
  };
}

function datasetMetadata(
  { library, diagnostics }: LibraryInstance,
  file: bigint,
  path: string,
): Metadata | null {
  const { Module } = library;
  const type = Module.get_type(file, path);
  if (diagnostics.reasons().length > 0) {
    if (isBelowDataset(library, file, path)) return null;
    throw new Error(`a link on the way to ${path} cannot be followed`);
  }
  return type === Module.H5G_DATASET ? Module.get_dataset_metadata(file, path) : null;
}

/** HDF5 fails on a path that leads through a dataset, where it merely finds nothing on other paths that lead nowhere. */
function isBelowDataset({ Module }: Hdf5Library, file: bigint, path: string): boolean {
  for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
    if (Module.get_type(file, path.slice(0, end)) === Module.H5G_DATASET) return true;
  }
  return false;
}

function readCfAttributes(library: Hdf5Library, file: bigint, path: string): CfAttributes {
  const names = new Set(library.Module.get_attribute_names(file, path));
  const held = cfAttributes.filter((name) => names.has(name));
  return Object.fromEntries(held.map((name) => [name, readAttribute(library, file, path, name)]));
}
