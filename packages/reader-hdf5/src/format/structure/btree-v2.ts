/** B-trees of version 2. HDF5 File Format Specification 3.0, section III.A.2. */
import { Damage } from "../problems.js";
import { Cursor } from "./cursor.js";
import { placed, type FileBytes } from "./file-bytes.js";
import { assertChecksum } from "./lookup3.js";

export interface RecordTree {
  /** What the records are: 5 names of links, 8 names of attributes, 10 and 11 chunks, 1 to 4 huge objects. */
  readonly type: number;
  readonly recordBytes: number;
  /** Every record, in order. */
  readonly records: readonly Uint8Array[];
}

/** Signature, version, type and checksum. */
const NODE_FRAME = 10;
const DEEPEST = 64;

/** @throws Damage */
export async function readRecordTree(file: FileBytes, address: number): Promise<RecordTree> {
  const { offsetBytes, lengthBytes } = file;
  const headBytes = 4 + 1 + 1 + 4 + 2 + 2 + 1 + 1 + offsetBytes + 2 + lengthBytes + 4;
  const bytes = await file.read(address, headBytes);
  assertChecksum(bytes, "a B-tree");
  const head = new Cursor(bytes);
  head.signature("BTHD");
  head.version(0, "a B-tree");
  const type = head.u8();
  const nodeBytes = head.u32();
  const recordBytes = head.u16();
  const depth = head.u16();
  head.skip(2);
  const root = head.address(offsetBytes);
  const rootCount = head.u16();
  const total = head.uint(lengthBytes);
  if (
    recordBytes === 0 ||
    nodeBytes <= NODE_FRAME ||
    depth > DEEPEST ||
    total * recordBytes > file.pages.size
  )
    throw new Damage("a B-tree has impossible sizes");
  if (root === undefined || total === 0) return { type, recordBytes, records: [] };
  const shape = {
    type,
    nodeBytes,
    recordBytes,
    levels: levelsOf(nodeBytes, recordBytes, depth, offsetBytes),
  };
  const records: Uint8Array[] = [];
  await collect(file, shape, { address: root, count: rootCount }, depth, records, total);
  if (records.length !== total) throw new Damage(`a B-tree has ${records.length} of ${total} records`);
  return { type, recordBytes, records };
}

interface Shape {
  readonly type: number;
  readonly nodeBytes: number;
  readonly recordBytes: number;
  readonly levels: Levels;
}

interface Levels {
  /** Bytes of the number of records of one child. */
  readonly countBytes: number;
  /** Bytes of the number of records below a child, by its level. */
  readonly totalBytes: readonly number[];
}

interface NodePlace {
  readonly address: number;
  readonly count: number;
}

/** How wide the numbers in internal nodes are: as wide as the largest of them (H5B2hdr.c, `H5B2__hdr_init`). */
function levelsOf(nodeBytes: number, recordBytes: number, depth: number, offsetBytes: number): Levels {
  const mostInLeaf = Math.floor((nodeBytes - NODE_FRAME) / recordBytes);
  const countBytes = bytesFor(mostInLeaf);
  const totalBytes = [0];
  let below = mostInLeaf;
  for (let level = 1; level <= depth; level++) {
    const pointer = offsetBytes + countBytes + (level > 1 ? totalBytes[level - 1]! : 0);
    const most = Math.floor((nodeBytes - NODE_FRAME - pointer) / (recordBytes + pointer));
    below = (most + 1) * below + most;
    totalBytes.push(bytesFor(Math.min(below, 2 ** 53)));
  }
  return { countBytes, totalBytes };
}

/** Bytes that hold every number up to this one. */
export function bytesFor(largest: number): number {
  return largest < 1 ? 1 : Math.floor(Math.floor(Math.log2(largest)) / 8) + 1;
}

async function collect(
  file: FileBytes,
  shape: Shape,
  { address, count }: NodePlace,
  level: number,
  records: Uint8Array[],
  total: number,
): Promise<void> {
  const { recordBytes, levels } = shape;
  const pointer =
    level === 0 ? 0 : file.offsetBytes + levels.countBytes + (level > 1 ? levels.totalBytes[level - 1]! : 0);
  const used = NODE_FRAME + count * recordBytes + (level === 0 ? 0 : (count + 1) * pointer);
  if (used > shape.nodeBytes) throw new Damage("a node of a B-tree is too full");
  const bytes = await file.read(address, used);
  assertChecksum(bytes, "a node of a B-tree");
  const cursor = new Cursor(bytes);
  cursor.signature(level === 0 ? "BTLF" : "BTIN");
  cursor.version(0, "a node of a B-tree");
  if (cursor.u8() !== shape.type) throw new Damage("a node of a B-tree is of another kind than its tree");
  const own = Array.from({ length: count }, () => cursor.take(recordBytes));
  if (records.length + own.length > total) throw new Damage("a B-tree has more records than it says");
  if (level === 0) {
    for (const record of own) records.push(record);
    return;
  }
  const children = Array.from({ length: count + 1 }, () => {
    const child = {
      address: placed(cursor.address(file.offsetBytes), "a node of a B-tree"),
      count: cursor.uint(levels.countBytes),
    };
    if (level > 1) cursor.skip(levels.totalBytes[level - 1]!);
    return child;
  });
  await file.pages.prefetch(
    children.map((child) => ({ start: file.base + child.address, length: shape.nodeBytes })),
  );
  for (const [i, child] of children.entries()) {
    await collect(file, shape, child, level - 1, records, total);
    if (i < own.length) records.push(own[i]!);
  }
}
