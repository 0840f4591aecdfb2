/** Chunks of a dataset of fixed limits, in an array. HDF5 File Format Specification 3.0, section VII.C. */
import { Damage } from "../problems.js";
import { Cursor } from "../structure/cursor.js";
import type { FileBytes } from "../structure/file-bytes.js";
import { assertChecksum } from "../structure/lookup3.js";
import { elementForm } from "./array-element.js";
import { placeInArray, type ChunkGrid, type ChunkTable, type StoredChunk } from "./chunk-table.js";

/** @throws Damage */
export async function fixedArrayChunks(
  file: FileBytes,
  grid: ChunkGrid,
  address: number,
): Promise<ChunkTable> {
  const { offsetBytes, lengthBytes } = file;
  const headBytes = 8 + lengthBytes + offsetBytes + 4;
  const headBlock = await file.read(address, headBytes);
  assertChecksum(headBlock, "an array of chunks");
  const head = new Cursor(headBlock);
  head.signature("FAHD");
  head.version(0, "an array of chunks");
  const client = head.u8();
  const form = elementForm(client, head.u8(), offsetBytes, grid);
  const pageBits = head.u8();
  const count = head.uint(lengthBytes);
  const data = head.address(offsetBytes);
  if (!Number.isSafeInteger(count * form.bytes) || pageBits > 31)
    throw new Damage("an array of chunks has impossible sizes");
  if (data === undefined) return new Map();

  const pageElements = 2 ** pageBits;
  const pages = count > pageElements ? Math.ceil(count / pageElements) : 0;
  const bitmapBytes = Math.ceil(pages / 8);
  const prefixBytes = 6 + offsetBytes + bitmapBytes;
  const table = new ArrayTable(grid);
  const blockBytes = prefixBytes + (pages === 0 ? count * form.bytes : 0) + 4;
  const block = await file.read(data, blockBytes);
  assertChecksum(block, "an array of chunks");
  const cursor = new Cursor(block);
  cursor.signature("FADB");
  cursor.version(0, "an array of chunks");
  cursor.skip(1 + offsetBytes);
  const written = cursor.take(bitmapBytes);
  if (pages === 0) for (let i = 0; i < count; i++) table.put(i, form.parse(cursor));
  for (let page = 0; page < pages; page++) {
    const inPage = Math.min(pageElements, count - page * pageElements);
    // Bits run from the highest of each byte (H5VM_bit_get).
    if ((written[page >> 3]! & (0x80 >> (page & 7))) === 0) continue;
    const at = data + blockBytes + page * (pageElements * form.bytes + 4);
    const bytes = await file.read(at, inPage * form.bytes + 4);
    assertChecksum(bytes, "a page of an array of chunks");
    const inside = new Cursor(bytes);
    for (let i = 0; i < inPage; i++) table.put(page * pageElements + i, form.parse(inside));
  }
  return table.chunks;
}

/** Collects what an array holds by number, as chunks by their place in the dataset. */
export class ArrayTable {
  readonly chunks = new Map<number, StoredChunk>();
  readonly #place: (number: number) => number | undefined;

  constructor(grid: ChunkGrid) {
    this.#place = placeInArray(grid);
  }

  put(number: number, chunk: StoredChunk | undefined): void {
    const place = chunk === undefined ? undefined : this.#place(number);
    if (chunk !== undefined && place !== undefined) this.chunks.set(place, chunk);
  }
}
