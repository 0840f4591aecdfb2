/** Heaps of many small objects, in which newer groups keep links and attributes. HDF5 File Format Specification 3.0, III.G. */
import { decodeChunk } from "../filters/decode-chunk.js";
import { parseFilterPipeline, type Filter } from "../messages/filter-pipeline.js";
import { Damage, Unsupported } from "../problems.js";
import { bytesFor, readRecordTree } from "./btree-v2.js";
import { Cursor } from "./cursor.js";
import { placed, type FileBytes } from "./file-bytes.js";
import { assertChecksum } from "./lookup3.js";

export interface FractalHeap {
  /** The object that an id names. @throws Damage, Unsupported */
  object(id: Uint8Array): Promise<Uint8Array>;
}

interface Header {
  readonly idBytes: number;
  readonly hasChecksums: boolean;
  readonly hugeTree: number | undefined;
  readonly width: number;
  readonly startBytes: number;
  readonly longestDirect: number;
  /** Bytes of an offset into the heap, and of the length of an object in it. */
  readonly offsetBytes: number;
  readonly lengthBytes: number;
  readonly root: number;
  readonly rootRows: number;
  readonly filters: readonly Filter[];
  /** Stored size and skipped filters of the root block, where it is a filtered direct one. */
  readonly rootStored: Stored | undefined;
}

interface Stored {
  readonly size: number;
  readonly filterMask: number;
}

/** A block of the heap: so many of its bytes start at an offset of the heap. */
interface DirectBlock {
  readonly address: number;
  readonly from: number;
  readonly bytes: number;
  readonly stored: Stored | undefined;
}

/** @throws Damage */
export async function openFractalHeap(file: FileBytes, address: number): Promise<FractalHeap> {
  const header = await readHeader(file, address);
  const blocks = new Map<number, Promise<Uint8Array>>();
  return {
    async object(id) {
      if (id.length < header.idBytes) throw new Damage("the id of an object of a heap is too short");
      const kind = (id[0]! >> 4) & 3;
      if (kind === 2) return tiny(id, header.idBytes);
      if (kind === 1) return huge(file, header, id);
      if (kind !== 0) throw new Damage("the id of an object of a heap is of no known kind");
      const cursor = new Cursor(id, 1);
      const at = cursor.uint(header.offsetBytes);
      const length = cursor.uint(header.lengthBytes);
      const block = await directBlock(file, header, at);
      const known = blocks.get(block.address) ?? blockBytes(file, header, block);
      blocks.set(block.address, known);
      const from = at - block.from;
      if (from + length > block.bytes) throw new Damage("an object of a heap reaches out of its block");
      return (await known).subarray(from, from + length);
    },
  };
}

async function readHeader(file: FileBytes, address: number): Promise<Header> {
  const { offsetBytes: O, lengthBytes: L } = file;
  const plainBytes = 4 + 1 + 2 + 2 + 1 + 4 + 12 * L + 3 * O + 2 + 2 + 2 + 2 + 4;
  const probe = new Cursor(await file.read(address, plainBytes), 7);
  const filterBytes = probe.u16();
  const bytes = await file.read(address, plainBytes + (filterBytes === 0 ? 0 : L + 4 + filterBytes));
  assertChecksum(bytes, "a heap");
  const cursor = new Cursor(bytes);
  cursor.signature("FRHP");
  cursor.version(0, "a heap");
  const idBytes = cursor.u16();
  cursor.skip(2);
  const flags = cursor.u8();
  const longestManaged = cursor.u32();
  cursor.skip(L);
  const hugeTree = cursor.address(O);
  cursor.skip(L + O + 8 * L); // free space; sizes and counts of objects
  const width = cursor.u16();
  const startBytes = cursor.uint(L);
  const longestDirect = cursor.uint(L);
  const heapBits = cursor.u16();
  cursor.skip(2);
  const root = cursor.address(O);
  const rootRows = cursor.u16();
  const rootStored = filterBytes === 0 ? undefined : { size: cursor.uint(L), filterMask: cursor.u32() };
  const filters = filterBytes === 0 ? [] : parseFilterPipeline(cursor.take(filterBytes));
  if (![width, startBytes, longestDirect].every(isPowerOfTwo) || longestDirect < startBytes || heapBits > 64)
    throw new Damage("a heap has impossible sizes");
  return {
    idBytes,
    hasChecksums: (flags & 2) !== 0,
    hugeTree,
    width,
    startBytes,
    longestDirect,
    offsetBytes: Math.ceil(heapBits / 8),
    lengthBytes: Math.min(Math.ceil(Math.log2(longestDirect) / 8), bytesFor(longestManaged)),
    root: placed(root, "the root of a heap"),
    rootRows,
    filters,
    rootStored,
  };
}

function isPowerOfTwo(value: number): boolean {
  return value > 0 && Number.isInteger(Math.log2(value));
}

/** Finds the direct block that holds an offset, from the root down through the doubling table. */
async function directBlock(file: FileBytes, header: Header, at: number): Promise<DirectBlock> {
  const { width, startBytes, longestDirect, rootRows } = header;
  if (rootRows === 0) return { address: header.root, from: 0, bytes: startBytes, stored: header.rootStored };
  const directRows = Math.log2(longestDirect / startBytes) + 2;
  const rowBytes = (row: number) => startBytes * 2 ** Math.max(0, row - 1);
  let address = header.root;
  let rows = rootRows;
  let from = 0;
  for (;;) {
    const inside = at - from;
    const row = inside < width * startBytes ? 0 : Math.floor(Math.log2(inside / (width * startBytes))) + 1;
    if (row >= rows) throw new Damage("an object lies outside of its heap");
    const rowFrom = row === 0 ? 0 : width * startBytes * 2 ** (row - 1);
    const column = Math.floor((inside - rowFrom) / rowBytes(row));
    const isDirect = row < directRows;
    const isFiltered = header.filters.length > 0;
    const directBytes = file.offsetBytes + (isFiltered ? file.lengthBytes + 4 : 0);
    const headBytes = 5 + file.offsetBytes + header.offsetBytes;
    const direct = Math.min(rows, directRows) * width;
    const indirect = Math.max(0, rows - directRows) * width;
    const bytes = await file.read(
      address,
      headBytes + direct * directBytes + indirect * file.offsetBytes + 4,
    );
    assertChecksum(bytes, "a block of a heap");
    new Cursor(bytes).signature("FHIB");
    const index = row * width + column;
    const cursor = new Cursor(
      bytes,
      headBytes +
        (isDirect ? index * directBytes : direct * directBytes + (index - direct) * file.offsetBytes),
    );
    address = placed(cursor.address(file.offsetBytes), "a block of a heap");
    from += rowFrom + column * rowBytes(row);
    if (isDirect) {
      const stored = isFiltered
        ? { size: cursor.uint(file.lengthBytes), filterMask: cursor.u32() }
        : undefined;
      return { address, from, bytes: rowBytes(row), stored };
    }
    rows = Math.log2(rowBytes(row) / (width * startBytes)) + 1;
  }
}

/** All bytes of a direct block: offsets count its own head too. */
async function blockBytes(file: FileBytes, header: Header, block: DirectBlock): Promise<Uint8Array> {
  const { stored } = block;
  let bytes = await file.read(block.address, stored?.size ?? block.bytes);
  if (stored !== undefined)
    ({ bytes } = await decodeChunk(bytes, header.filters, stored.filterMask, {
      bytes: block.bytes,
      itemBytes: 1,
    }));
  new Cursor(bytes).signature("FHDB");
  if (header.hasChecksums) {
    const at = 5 + file.offsetBytes + header.offsetBytes;
    assertBlockChecksum(bytes, at);
  }
  return bytes;
}

/** The checksum of a direct block stands behind its head, and counts as zero in itself. */
function assertBlockChecksum(bytes: Uint8Array, at: number): void {
  const copy = new Uint8Array(bytes.length + 4);
  copy.set(bytes);
  copy.fill(0, at, at + 4);
  copy.set(bytes.subarray(at, at + 4), bytes.length);
  assertChecksum(copy, "a block of a heap");
}

/** An object in the id itself. */
function tiny(id: Uint8Array, idBytes: number): Uint8Array {
  const isLong = idBytes - 1 > 16;
  const length = (isLong ? ((id[0]! & 0x0f) << 8) | id[1]! : id[0]! & 0x0f) + 1;
  const from = isLong ? 2 : 1;
  if (from + length > id.length) throw new Damage("an object of a heap is longer than its id");
  return id.subarray(from, from + length);
}

/** An object that is too large for a block. */
async function huge(file: FileBytes, header: Header, id: Uint8Array): Promise<Uint8Array> {
  if (header.filters.length > 0) throw new Unsupported("a filtered heap of huge objects");
  const { offsetBytes, lengthBytes } = file;
  if (header.idBytes >= 1 + offsetBytes + lengthBytes) return placedObject(file, new Cursor(id, 1));
  const tree = await readRecordTree(file, placed(header.hugeTree, "the index of a heap"));
  const idWidth = Math.min(lengthBytes, header.idBytes - 1);
  const wanted = new Cursor(id, 1).uint(idWidth);
  for (const record of tree.records) {
    const cursor = new Cursor(record);
    cursor.skip(offsetBytes + lengthBytes);
    if (cursor.uint(lengthBytes) === wanted) return placedObject(file, new Cursor(record));
  }
  throw new Damage("an object of a heap is not in its index");
}

function placedObject(file: FileBytes, cursor: Cursor): Promise<Uint8Array> {
  const address = placed(cursor.address(file.offsetBytes), "an object of a heap");
  return file.read(address, cursor.uint(file.lengthBytes));
}
