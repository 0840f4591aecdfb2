/** Chunks of a dataset with one dimension without limit, in an array that grows. HDF5 File Format Specification 3.0, VII.D. */
import { Damage } from "../problems.js";
import { Cursor } from "../structure/cursor.js";
import type { FileBytes } from "../structure/file-bytes.js";
import { assertChecksum } from "../structure/lookup3.js";
import { elementForm, type ElementForm } from "./array-element.js";
import type { ChunkGrid, ChunkTable } from "./chunk-table.js";
import { ArrayTable } from "./fixed-array.js";

interface Header {
  readonly form: ElementForm;
  /** Elements in the index block itself, in the smallest data block, and in a page of a large one. */
  readonly inIndex: number;
  readonly inSmallest: number;
  readonly inPage: number;
  /** Addresses of data blocks in the smallest super block. */
  readonly leastPointers: number;
  /** Super blocks that an array of the largest size has. */
  readonly superBlocks: number;
  /** Bytes of the number of an element. */
  readonly numberBytes: number;
  readonly index: number;
}

/** @throws Damage */
export async function extensibleArrayChunks(
  file: FileBytes,
  grid: ChunkGrid,
  address: number,
): Promise<ChunkTable> {
  const header = await readHeader(file, grid, address);
  if (header === undefined) return new Map();
  const table = new ArrayTable(grid);
  await readIndexBlock(file, header, table);
  return table.chunks;
}

async function readHeader(file: FileBytes, grid: ChunkGrid, address: number): Promise<Header | undefined> {
  const { offsetBytes, lengthBytes } = file;
  const bytes = await file.read(address, 12 + 6 * lengthBytes + offsetBytes + 4);
  assertChecksum(bytes, "a growing array of chunks");
  const head = new Cursor(bytes);
  head.signature("EAHD");
  head.version(0, "a growing array of chunks");
  const client = head.u8();
  const form = elementForm(client, head.u8(), offsetBytes, grid);
  const numberBits = head.u8();
  const inIndex = head.u8();
  const inSmallest = head.u8();
  const leastPointers = head.u8();
  const pageBits = head.u8();
  head.skip(6 * lengthBytes);
  const index = head.address(offsetBytes);
  const isPower = (value: number) => value > 0 && Number.isInteger(Math.log2(value));
  if (
    numberBits > 64 ||
    pageBits > 31 ||
    !isPower(inSmallest) ||
    !isPower(leastPointers) ||
    leastPointers < 2
  )
    throw new Damage("a growing array of chunks has impossible sizes");
  if (index === undefined) return undefined;
  return {
    form,
    inIndex,
    inSmallest,
    inPage: 2 ** pageBits,
    leastPointers,
    superBlocks: 1 + numberBits - Math.log2(inSmallest),
    numberBytes: Math.ceil(numberBits / 8),
    index,
  };
}

/** Data blocks of the super block of a number, and elements in each (H5EAhdr.c, `H5EA__hdr_init`). */
function superBlock(header: Header, number: number): { readonly blocks: number; readonly elements: number } {
  return {
    blocks: 2 ** Math.floor(number / 2),
    elements: header.inSmallest * 2 ** Math.floor((number + 1) / 2),
  };
}

async function readIndexBlock(file: FileBytes, header: Header, table: ArrayTable): Promise<void> {
  const { form, inIndex, leastPointers } = header;
  const direct = 2 * (leastPointers - 1);
  const inline = 2 * Math.log2(leastPointers);
  const further = header.superBlocks - inline;
  if (further < 0) throw new Damage("a growing array of chunks has impossible sizes");
  const size = 6 + file.offsetBytes + inIndex * form.bytes + (direct + further) * file.offsetBytes + 4;
  const bytes = await file.read(header.index, size);
  assertChecksum(bytes, "a growing array of chunks");
  const cursor = new Cursor(bytes);
  cursor.signature("EAIB");
  cursor.version(0, "a growing array of chunks");
  cursor.skip(1 + file.offsetBytes);
  for (let i = 0; i < inIndex; i++) table.put(i, form.parse(cursor));
  const pointers = Array.from({ length: direct + further }, () => cursor.address(file.offsetBytes));
  const last = pointers.findLastIndex((pointer) => pointer !== undefined);
  let at = 0;
  let first = inIndex;
  for (let number = 0; number < inline && at <= last; number++) {
    const { blocks, elements } = superBlock(header, number);
    for (let block = 0; block < blocks && at <= last; block++, at++, first += elements)
      await readDataBlock(file, header, pointers[at], { first, count: elements }, undefined, table);
  }
  for (let number = inline; at <= last; number++, at++) {
    const { blocks, elements } = superBlock(header, number);
    await readSuperBlock(file, header, pointers[at], number, first, table);
    first += blocks * elements;
  }
}

async function readSuperBlock(
  file: FileBytes,
  header: Header,
  address: number | undefined,
  number: number,
  first: number,
  table: ArrayTable,
): Promise<void> {
  const { blocks, elements: inBlock } = superBlock(header, number);
  if (address === undefined) return;
  const pages = inBlock > header.inPage ? inBlock / header.inPage : 0;
  const bitmapBytes = Math.ceil(pages / 8);
  const size =
    6 + file.offsetBytes + header.numberBytes + blocks * bitmapBytes + blocks * file.offsetBytes + 4;
  const bytes = await file.read(address, size);
  assertChecksum(bytes, "a growing array of chunks");
  const cursor = new Cursor(bytes);
  cursor.signature("EASB");
  cursor.version(0, "a growing array of chunks");
  cursor.skip(1 + file.offsetBytes + header.numberBytes);
  const bitmaps = Array.from({ length: blocks }, () => cursor.take(bitmapBytes));
  for (const [block, bitmap] of bitmaps.entries()) {
    const place = { first: first + block * inBlock, count: inBlock };
    await readDataBlock(file, header, cursor.address(file.offsetBytes), place, bitmap, table);
  }
}

/** @param bitmap which pages were written, for a block of pages */
async function readDataBlock(
  file: FileBytes,
  header: Header,
  address: number | undefined,
  { first, count }: { readonly first: number; readonly count: number },
  bitmap: Uint8Array | undefined,
  table: ArrayTable,
): Promise<void> {
  const { form, inPage } = header;
  if (address === undefined) return;
  const isPaged = count > inPage;
  const prefixBytes = 6 + file.offsetBytes + header.numberBytes;
  const blockBytes = prefixBytes + (isPaged ? 0 : count * form.bytes) + 4;
  const bytes = await file.read(address, blockBytes);
  assertChecksum(bytes, "a growing array of chunks");
  const cursor = new Cursor(bytes);
  cursor.signature("EADB");
  cursor.version(0, "a growing array of chunks");
  cursor.skip(1 + file.offsetBytes + header.numberBytes);
  if (!isPaged) {
    for (let i = 0; i < count; i++) table.put(first + i, form.parse(cursor));
    return;
  }
  const pageBytes = inPage * form.bytes + 4;
  for (let page = 0; page < count / inPage; page++) {
    if (bitmap === undefined || ((bitmap[page >> 3] ?? 0) & (0x80 >> (page & 7))) === 0) continue;
    const pageContent = await file.read(address + blockBytes + page * pageBytes, pageBytes);
    assertChecksum(pageContent, "a page of an array of chunks");
    const inside = new Cursor(pageContent);
    for (let i = 0; i < inPage; i++) table.put(first + page * inPage + i, form.parse(inside));
  }
}
