/**
 * The pages of a column chunk, looked through before they are decoded. The decoder believes what pages say of themselves: a
 * changed byte can ask it for billions of values. (Parquet format: data pages, run-length encoding / bit-packing hybrid.)
 */
import { damaged } from "./failure.js";
import { readThriftStruct, readVarInt, type ThriftStruct } from "./thrift.js";

export type Decompress = (bytes: Uint8Array, length: number) => Uint8Array;

export interface ChunkOfPages {
  readonly name: string;
  /** Values that it may have in all. */
  readonly values: number;
  readonly maxDefinition: number;
  readonly maxRepetition: number;
  /** Undefined for a chunk that is not compressed. */
  readonly decompress: Decompress | undefined;
}

const DATA_PAGE = 0;
const DATA_PAGE_V2 = 3;
const DICTIONARY_ENCODINGS = new Set([2, 8]);
const MAX_PAGE_BYTES = 2 ** 30;
/** A bit-packed run comes in eights; some writers round up to more. */
const RUN_SLACK = 1024;

/**
 * Looks through all pages.
 * @returns what compressed pages hold, by where they begin in the chunk
 * @throws CatalogError `CATALOG_PARQUET`
 */
export function checkedPages(bytes: Uint8Array, chunk: ChunkOfPages): ReadonlyMap<number, Uint8Array> {
  const unpacked = new Map<number, Uint8Array>();
  let values = 0;
  let at = 0;
  while (at < bytes.length - 1 && values < chunk.values) {
    const [header, start] = readThriftStruct(bytes, at);
    const packed = numberOf(header, 3, chunk);
    const length = numberOf(header, 2, chunk);
    at = start + packed;
    if (at > bytes.length || length > MAX_PAGE_BYTES) throw broken(chunk, "a page is longer than its column");
    const page = bytes.subarray(start, at);
    const unpack = (part: Uint8Array, size: number): Uint8Array => {
      const whole = chunk.decompress === undefined ? part : chunk.decompress(part, size);
      if (chunk.decompress !== undefined) unpacked.set(part.byteOffset - bytes.byteOffset, whole);
      return whole;
    };
    if (header[1] === DATA_PAGE) values += checkPage(unpack(page, length), structOf(header, 5, chunk), chunk);
    else if (header[1] === DATA_PAGE_V2) {
      values += checkPageV2(page, length, structOf(header, 8, chunk), chunk, unpack);
    } else if (length > 0) unpack(page, length);
    if (values > chunk.values) throw broken(chunk, `its pages hold more than ${chunk.values} values`);
  }
  return unpacked;
}

/** @returns its number of values */
function checkPage(page: Uint8Array, header: ThriftStruct, chunk: ChunkOfPages): number {
  const values = countOf(header, 1, chunk);
  let at = 0;
  for (const max of [chunk.maxRepetition, chunk.maxDefinition]) {
    if (max === 0) continue;
    if (at + 4 > page.length) throw broken(chunk, "a page ends in its levels");
    const length = new DataView(page.buffer, page.byteOffset + at, 4).getUint32(0, true);
    checkRuns(page.subarray(at + 4, at + 4 + length), bitsOf(max), values, chunk);
    at += 4 + length;
  }
  checkIndexes(page.subarray(at), header[2], values, chunk);
  return values;
}

function checkPageV2(
  page: Uint8Array,
  length: number,
  header: ThriftStruct,
  chunk: ChunkOfPages,
  unpack: Decompress,
): number {
  const values = countOf(header, 1, chunk);
  if (countOf(header, 2, chunk) > values) throw broken(chunk, "a page has more nulls than values");
  const definitionBytes = numberOf(header, 5, chunk);
  const repetitionBytes = numberOf(header, 6, chunk);
  const levelBytes = definitionBytes + repetitionBytes;
  if (levelBytes > page.length || levelBytes > length) throw broken(chunk, "a page ends in its levels");
  if (chunk.maxRepetition > 0) {
    checkRuns(page.subarray(0, repetitionBytes), bitsOf(chunk.maxRepetition), values, chunk);
  }
  if (chunk.maxDefinition > 0) {
    checkRuns(page.subarray(repetitionBytes, levelBytes), bitsOf(chunk.maxDefinition), values, chunk);
  }
  const packed = page.subarray(levelBytes);
  if (length > levelBytes) {
    const whole = header[7] === 0 ? packed : unpack(packed, length - levelBytes);
    checkIndexes(whole, header[4], values, chunk);
  }
  return values;
}

/** Indexes into a dictionary, if the values are that. */
function checkIndexes(bytes: Uint8Array, encoding: unknown, values: number, chunk: ChunkOfPages): void {
  if (!DICTIONARY_ENCODINGS.has(encoding as number) || bytes.length === 0) return;
  const width = bytes[0]!;
  if (width > 32) throw broken(chunk, `its indexes have ${width} bits`);
  if (width > 0) checkRuns(bytes.subarray(1), width, values, chunk, true);
}

/** Runs that give no more values than there are, and, unless nulls may make them fewer, no less. */
function checkRuns(
  bytes: Uint8Array,
  width: number,
  values: number,
  chunk: ChunkOfPages,
  mayEndEarly = false,
): void {
  let seen = 0;
  let at = 0;
  while (seen < values) {
    if (at >= bytes.length && mayEndEarly) return;
    const [head, after] = readVarInt(bytes, at);
    const isPacked = head % 2 === 1;
    const count = isPacked ? 8 * Math.floor(head / 2) : head / 2;
    if (count === 0 || count > values - seen + RUN_SLACK) throw broken(chunk, `a run of ${count} values`);
    at = after + (isPacked ? (count * width) / 8 : Math.ceil(width / 8));
    seen += count;
  }
}

function bitsOf(value: number): number {
  return 32 - Math.clz32(value);
}

function countOf(header: ThriftStruct, field: number, chunk: ChunkOfPages): number {
  const count = numberOf(header, field, chunk);
  if (count > chunk.values) throw broken(chunk, `a page of ${count} values`);
  return count;
}

function numberOf(header: ThriftStruct, field: number, chunk: ChunkOfPages): number {
  const value = header[field];
  if (!Number.isSafeInteger(value) || (value as number) < 0)
    throw broken(chunk, "a page header lacks a size");
  return value as number;
}

function structOf(header: ThriftStruct, field: number, chunk: ChunkOfPages): ThriftStruct {
  const value = header[field];
  if (typeof value !== "object") throw broken(chunk, "a page header lacks a part");
  return value;
}

function broken({ name }: ChunkOfPages, why: string): Error {
  return damaged(`column ${name} is damaged: ${why}`);
}
