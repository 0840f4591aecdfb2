/** Reads the arrays of payloads of variable length that a store holds, chunk by chunk. */
import {
  StoreError,
  allocate,
  itemSize,
  type DType,
  type ObjectStore,
  type RaggedBlock,
  type TypedArray,
} from "@zagg/core";
import { RAGGED_SPEC } from "../metadata/metadata.js";
import { decompressor } from "../blocks/chunk.js";
import { chunkKeyEncoding } from "../metadata/chunk-key-encoding.js";
import { parseJson, type ExactJson } from "../metadata/exact-json.js";
import { configurationOf, fieldsOf, listOf, nameOf, type Fields } from "../metadata/metadata-fields.js";
import { parseShardIndex, shardIndexBytes } from "../blocks/shard.js";
import { declaredElements, type RaggedElements } from "./declared-elements.js";
import { parseVlenBytes } from "./vlen-bytes.js";

/** A stored ragged array. */
export interface RaggedArray extends RaggedElements {
  readonly path: string;
  /** Cells along each dimension. */
  readonly shape: readonly number[];
  /** Cells of one chunk along each dimension; less than that of an object when the array is sharded. */
  readonly chunkShape: readonly number[];
  /**
   * The payloads of one chunk; its cells in row-major order, those that are not stored empty.
   * @param index number of the chunk along each dimension
   * @throws StoreError `CHUNK_CORRUPT`, `SHARD_CORRUPT`
   * @throws RangeError when the array has no such chunk
   */
  readChunk(index: readonly number[]): Promise<RaggedBlock>;
}

/**
 * Opens a ragged array: one that zagg wrote, or one of `variable_length_bytes` of another writer if `elements` says what
 * its bytes are. Chunks may be sharded (index at the end, with its checksum), and are compressed by zstd or not at all;
 * their keys may be of either encoding. The fill value is the empty one.
 * @throws StoreError `ARRAY_MISSING`, `ARRAY_UNSUPPORTED`, `METADATA_CORRUPT`
 */
export async function openRagged(
  store: ObjectStore,
  path: string,
  elements?: RaggedElements,
): Promise<RaggedArray> {
  const fields = await readMetadata(store, path);
  if (fields["data_type"] !== "variable_length_bytes") {
    throw unsupported(
      path,
      `its data type is ${JSON.stringify(fields["data_type"])}, not variable_length_bytes`,
    );
  }
  const { dtype, innerShape } = elements ?? elementsOf(path, fields);
  const shape = numbers(path, fields["shape"]);
  const grid = configurationOf(fields["chunk_grid"]);
  const storedShape = numbers(path, grid["chunk_shape"]);
  const codecs = listOf(fields["codecs"]);
  const sharding = nameOf(codecs[0]) === "sharding_indexed" ? configurationOf(codecs[0]) : undefined;
  if (
    sharding !== undefined &&
    !(sharding["index_location"] === undefined || sharding["index_location"] === "end")
  )
    throw unsupported(path, "the index of its shards is not at their end");
  if (sharding !== undefined && listOf(sharding["index_codecs"]).map(nameOf).join() !== "bytes,crc32c")
    throw unsupported(path, "the index of its shards is not coded by bytes and crc32c");
  const keyOf = chunkKeyEncoding(fields["chunk_key_encoding"]);
  if (keyOf === undefined)
    throw unsupported(path, `the keys of its chunks are coded by ${nameOf(fields["chunk_key_encoding"])}`);
  if (fields["fill_value"] !== "") throw unsupported(path, "cells that are not stored are not empty");
  const chunkShape = sharding === undefined ? storedShape : numbers(path, sharding["chunk_shape"]);
  const decompress = await chunkDecoder(path, sharding === undefined ? codecs : listOf(sharding["codecs"]));
  const perObject = storedShape.map((extent, axis) => extent / chunkShape[axis]!);
  const cells = product(chunkShape);
  const decode = (bytes: Uint8Array): RaggedBlock => payloads(bytes, cells, dtype, product(innerShape));

  return {
    path,
    dtype,
    innerShape,
    shape,
    chunkShape,
    async readChunk(index) {
      assertChunk(path, index, shape, chunkShape);
      const object = index.map((number, axis) => Math.floor(number / perObject[axis]!));
      const key = `${path}/${keyOf(object)}`;
      const stored =
        sharding === undefined
          ? await store.get(key)
          : await chunkOfShard(
              store,
              key,
              perObject,
              index.map((number, axis) => number % perObject[axis]!),
            );
      if (stored === undefined) return { offsets: new Int32Array(cells + 1), values: allocate(dtype, 0) };
      return decode(await decompress(stored));
    },
  };
}

/** The bytes of one chunk of a shard, of which no more is read than that and the index; undefined when it is not stored. */
async function chunkOfShard(
  store: ObjectStore,
  key: string,
  perShard: readonly number[],
  index: readonly number[],
): Promise<Uint8Array | undefined> {
  const chunks = product(perShard);
  const [size, end] = await Promise.all([
    store.size(key),
    store.getRange(key, { last: shardIndexBytes(chunks) }),
  ]);
  if (size === undefined || end === undefined) return undefined;
  const { offsets, lengths } = parseShardIndex(end, chunks, size);
  const chunk = index.reduce((number, part, axis) => number * perShard[axis]! + part, 0);
  const start = offsets[chunk]!;
  return start < 0 ? undefined : store.getRange(key, { start, stop: start + lengths[chunk]! });
}

function payloads(bytes: Uint8Array, cells: number, dtype: DType, numbersEach: number): RaggedBlock {
  const { starts, lengths } = parseVlenBytes(bytes, cells);
  const scale = numbersEach * itemSize(dtype);
  const offsets = new Int32Array(cells + 1);
  for (let cell = 0; cell < cells; cell++) {
    const length = lengths[cell]!;
    if (length % scale !== 0) throw wrongLength(cell, length, scale);
    offsets[cell + 1] = offsets[cell]! + length / scale;
  }
  const values = allocate(dtype, offsets[cells]! * numbersEach);
  const target = new Uint8Array(values.buffer);
  let at = 0;
  for (let cell = 0; cell < cells; cell++) {
    const start = starts[cell]!;
    const stop = start + lengths[cell]!;
    for (let i = start; i < stop; i++) target[at++] = bytes[i]!;
  }
  return { offsets, values: values satisfies TypedArray };
}

async function chunkDecoder(
  path: string,
  codecs: readonly ExactJson[],
): Promise<(bytes: Uint8Array) => Promise<Uint8Array>> {
  const names = codecs.map(nameOf);
  if (names[0] !== "vlen-bytes" || names.length > 2 || (names.length === 2 && names[1] !== "zstd")) {
    throw unsupported(path, `its chunks are coded by ${names.join(", ")}`);
  }
  return decompressor(names.length === 2 ? "zstd" : "none");
}

function elementsOf(path: string, fields: Fields): RaggedElements {
  const elements = declaredElements(fields["attributes"]);
  if (elements === undefined) throw unsupported(path, 'its attribute "ragged" is not that of a known layout');
  return elements;
}

async function readMetadata(store: ObjectStore, path: string): Promise<Fields> {
  const bytes = await store.get(`${path}/zarr.json`);
  if (bytes === undefined) {
    throw new StoreError("ARRAY_MISSING", {
      what: `the store has no array ${path}`,
      why: `there is no object ${path}/zarr.json`,
      mend: "list the arrays with `zagg inspect`, and name one of them",
      path,
    });
  }
  try {
    return fieldsOf(parseJson(new TextDecoder().decode(bytes)));
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw malformed(path, "it is no JSON", cause);
  }
}

function assertChunk(
  path: string,
  index: readonly number[],
  shape: readonly number[],
  chunkShape: readonly number[],
): void {
  const isInside =
    index.length === shape.length &&
    index.every(
      (number, axis) =>
        Number.isSafeInteger(number) && number >= 0 && number * chunkShape[axis]! < shape[axis]!,
    );
  if (!isInside) throw new RangeError(`${path} has no chunk [${index.join(", ")}]`);
}

function numbers(path: string, value: ExactJson | undefined): readonly number[] {
  const found = listOf(value).map(Number);
  if (Array.isArray(value) && found.every((number) => Number.isSafeInteger(number) && number >= 0))
    return found;
  throw malformed(path, "a shape in it is no list of whole numbers");
}

function product(extents: readonly number[]): number {
  return extents.reduce((result, extent) => result * extent, 1);
}

function unsupported(path: string, why: string): StoreError {
  return new StoreError("ARRAY_UNSUPPORTED", {
    what: `${path} cannot be read as a ragged array`,
    why,
    mend: `name an array of ${RAGGED_SPEC} or before, or tell the dtype and inner shape of its elements`,
    path,
  });
}

function malformed(path: string, why: string, cause?: unknown): StoreError {
  return new StoreError("METADATA_CORRUPT", {
    what: `${path}/zarr.json is not the metadata of an array`,
    why,
    mend: "write the array again; it was altered after it was written",
    path,
    ...(cause === undefined ? {} : { cause }),
  });
}

function wrongLength(cell: number, length: number, scale: number): StoreError {
  return new StoreError("CHUNK_CORRUPT", {
    what: `the payload of cell ${cell} has ${length} bytes`,
    why: `its elements have ${scale} bytes each`,
    mend: "write the chunk again, or correct the dtype and inner shape that it is read with",
  });
}
