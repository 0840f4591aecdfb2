/** What a granule says of one of its datasets. */
import type { DatasetInfo, DType } from "@zagg/core";
import type { Metadata } from "h5wasm/node";

import { elementType } from "./element-type.js";
import type { Hdf5Library, LibraryInstance } from "./library.js";

/** A dataset as this package needs it. */
export interface Described {
  /** Its absolute path, with single slashes. */
  readonly path: string;
  readonly info: DatasetInfo;
  /** Columns of one stored chunk; null when the dataset is not chunked, or of one dimension. */
  readonly chunkColumns: number | null;
  /** The `_FillValue` of a 64-bit integer dataset, exact; else null. */
  readonly fill: bigint | null;
}

const FILL_ATTRIBUTE = "_FillValue";

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
  const fill = fillAttribute(instance.library, file, path);
  return {
    path,
    info: {
      shape: metadata.shape,
      dtype,
      fillValue: fill === null ? null : asHeld(fill, dtype),
      chunkRows: metadata.chunks?.[0] ?? null,
    },
    chunkColumns: metadata.chunks?.[1] ?? null,
    fill: fill === null || (dtype !== "int64" && dtype !== "uint64") ? null : exactInteger(fill),
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

/** The attribute's number, whether it is stored as a scalar or as an array of one; null when there is none. */
function fillAttribute({ Dataset, Module }: Hdf5Library, file: bigint, path: string): number | bigint | null {
  if (!Module.get_attribute_names(file, path).includes(FILL_ATTRIBUTE)) return null;
  const value: unknown = new Dataset(file, path).get_attribute(FILL_ATTRIBUTE, false);
  const single: unknown =
    ArrayBuffer.isView(value) && "length" in value && value.length === 1 ? (value as Float64Array)[0] : value;
  return typeof single === "number" || typeof single === "bigint" ? single : null;
}

/** The number that an element equal to the fill value is read as. */
function asHeld(fill: number | bigint, dtype: DType): number {
  return dtype === "float32" ? Math.fround(Number(fill)) : Number(fill);
}

function exactInteger(fill: number | bigint): bigint | null {
  if (typeof fill === "bigint") return fill;
  return Number.isInteger(fill) ? BigInt(fill) : null;
}
