/** A dataset as its object header describes it. */
import { assertKnownFilters } from "./filters/decode-chunk.js";
import { chunkCounts, readChunkTable, type ChunkGrid, type ChunkTable } from "./chunks/chunk-table.js";
import { elementCount, parseDataspace, type Dataspace } from "./messages/dataspace.js";
import { parseDatatype, type Datatype } from "./messages/datatype.js";
import { parseFillValue, parseOldFillValue } from "./messages/fill-value.js";
import { parseFilterPipeline, type Filter } from "./messages/filter-pipeline.js";
import { parseLayout, type Layout } from "./messages/layout.js";
import { Damage, Unsupported, UnsupportedLayout } from "./problems.js";
import type { FileBytes } from "./structure/file-bytes.js";
import { MESSAGE, type Message } from "./structure/object-header.js";

/** A layout that HDF5 itself can read: a virtual dataset, or values in other files. */
export interface UnknownLayout {
  readonly kind: "unknown";
  readonly what: string;
}

export interface StoredDataset {
  readonly type: Datatype;
  readonly space: Dataspace;
  /** What holds the values; a text that says why when this walk cannot read it. */
  readonly layout: Layout | UnknownLayout;
  readonly filters: readonly Filter[];
  /** Bytes of the element that stands where nothing was written; undefined for zero. */
  readonly fill: Uint8Array | undefined;
  /** Undefined unless the dataset is chunked. */
  readonly grid: ChunkGrid | undefined;
  readonly chunkCounts: readonly number[];
  /** Where the chunks are: asked once, kept. @throws UnknownFilter, Damage, as the source does */
  chunks(): Promise<ChunkTable>;
}

/** One chunk must fit in memory, plain and stored. */
const LONGEST_CHUNK = 256 * 2 ** 20;

/** The dataset of an object; undefined when the object is none. @throws Damage, Unsupported */
export function parseDataset(file: FileBytes, messages: readonly Message[]): StoredDataset | undefined {
  const bytesOf = (kind: number) => messages.find(({ type }) => type === kind)?.bytes;
  const spaceBytes = bytesOf(MESSAGE.dataspace);
  const typeBytes = bytesOf(MESSAGE.datatype);
  const layoutBytes = bytesOf(MESSAGE.layout);
  if (spaceBytes === undefined || typeBytes === undefined || layoutBytes === undefined) return undefined;
  if (bytesOf(MESSAGE.externalFiles) !== undefined)
    throw new Unsupported("a dataset whose values are in other files");
  const type = parseDatatype(typeBytes);
  const space = parseDataspace(spaceBytes, file.lengthBytes);
  const layout =
    bytesOf(MESSAGE.externalFiles) === undefined
      ? knownLayout(layoutBytes, file)
      : { kind: "unknown" as const, what: "its values are in other files" };
  const filterBytes = bytesOf(MESSAGE.filters);
  const filters = filterBytes === undefined ? [] : parseFilterPipeline(filterBytes);
  const grid = layout.kind === "chunked" ? chunkGrid(type, space, layout, filters) : undefined;
  if (layout.kind !== "chunked" && !Number.isSafeInteger(elementCount(space.shape) * type.size))
    throw new Damage("a dataset has an impossible size");
  const fill = fillBytes(bytesOf(MESSAGE.fillValue), bytesOf(MESSAGE.oldFillValue), type);
  let table: Promise<ChunkTable> | undefined;
  return {
    type,
    space,
    layout,
    filters,
    fill,
    grid,
    chunkCounts: grid === undefined ? [] : chunkCounts(grid),
    async chunks() {
      if (grid === undefined || layout.kind !== "chunked") return new Map();
      assertKnownFilters(filters);
      table ??= readChunkTable(file, grid, layout).catch((error: unknown) => {
        table = undefined;
        throw error;
      });
      return table;
    },
  };
}

function knownLayout(bytes: Uint8Array, file: FileBytes): Layout | UnknownLayout {
  try {
    return parseLayout(bytes, file.offsetBytes, file.lengthBytes);
  } catch (error) {
    if (error instanceof UnsupportedLayout) return { kind: "unknown", what: error.message };
    throw error;
  }
}

function chunkGrid(
  type: Datatype,
  { shape, limits }: Dataspace,
  { chunkShape }: Extract<Layout, { kind: "chunked" }>,
  filters: readonly Filter[],
): ChunkGrid {
  if (chunkShape.length !== shape.length) throw new Damage("chunks have other dimensions than their dataset");
  const chunkBytes = elementCount(chunkShape) * type.size;
  if (chunkBytes > LONGEST_CHUNK) throw new Unsupported(`chunks of ${chunkBytes} bytes`);
  return { shape, limits, chunkShape, chunkBytes, isFiltered: filters.length > 0 };
}

function fillBytes(
  message: Uint8Array | undefined,
  oldMessage: Uint8Array | undefined,
  type: Datatype,
): Uint8Array | undefined {
  const bytes =
    (message === undefined ? undefined : parseFillValue(message)) ??
    (oldMessage === undefined ? undefined : parseOldFillValue(oldMessage));
  return bytes?.length === type.size ? bytes : undefined;
}
