/**
 * What the object header of a dataset says that h5wasm does not tell. HDF5 File Format Specification 3.0, sections IV.A.1 (headers)
 * and IV.A.2 (messages).
 */

/** Bytes of an open file, from the superblock on: addresses in the file count from there. */
export interface FileBytes {
  /** @throws RangeError when the file ends before */
  read(address: number, length: number): Buffer;
  /** Bytes of an address, and of a length, in this file. */
  readonly offsetBytes: number;
  readonly lengthBytes: number;
}

/** An attribute of one value or more, as it is stored. */
export interface StoredAttribute {
  /** Its datatype message. */
  readonly datatype: Buffer;
  /** How many values it has. */
  readonly count: number;
  readonly data: Buffer;
}

export interface ObjectHeader {
  /** The datatype message; null when it is kept where only HDF5 finds it. */
  readonly datatype: Buffer | null;
  /** Those attributes asked for that are in the header itself, by name. */
  readonly attributes: ReadonlyMap<string, StoredAttribute>;
  /** Whether there may be others: HDF5 keeps many, or large ones, elsewhere. */
  readonly hasOthers: boolean;
}

const DATATYPE = 0x03;
const ATTRIBUTE = 0x0c;
const CONTINUATION = 0x10;
const ATTRIBUTE_INFO = 0x15;
/** Flag of a message that stands elsewhere. */
const SHARED = 0x02;
/** Blocks that one header may have: far beyond what any has, and an end to those that go round in a circle. */
const MOST_BLOCKS = 10_000;

interface Message {
  readonly type: number;
  readonly flags: number;
  readonly body: Buffer;
}

/**
 * @param wanted names of attributes
 * @throws RangeError when there is no object header at the address, or one that is damaged
 */
export function readObjectHeader(
  file: FileBytes,
  address: number,
  wanted: ReadonlySet<string>,
): ObjectHeader {
  const attributes = new Map<string, StoredAttribute>();
  let datatype: Buffer | null = null;
  let hasOthers = false;
  for (const message of messages(file, address)) {
    if (message.type === DATATYPE) datatype = datatypeOf(file, message);
    if (message.type === ATTRIBUTE_INFO) hasOthers = true;
    if (message.type === ATTRIBUTE) {
      const isHere = (message.flags & SHARED) === 0 && addAttribute(file, message.body, wanted, attributes);
      hasOthers ||= !isHere;
    }
  }
  return { datatype, attributes, hasOthers };
}

function* messages(file: FileBytes, address: number): Generator<Message> {
  const prefix = file.read(address, 16);
  const isNewer = prefix.toString("latin1", 0, 4) === "OHDR";
  const blocks = [isNewer ? firstBlock2(file, address) : firstBlock1(file, address, prefix)];
  const tracksOrder = isNewer && (prefix.readUInt8(5) & 0x04) !== 0;
  for (let at = 0; at < blocks.length; at++) {
    if (at > MOST_BLOCKS) throw new RangeError("the header goes on without end");
    for (const message of isNewer ? messages2(blocks[at]!, tracksOrder) : messages1(blocks[at]!)) {
      if (message.type === CONTINUATION) blocks.push(nextBlock(file, message.body, isNewer));
      else yield message;
    }
  }
}

function firstBlock1(file: FileBytes, address: number, prefix: Buffer): Buffer {
  if (prefix.readUInt8(0) !== 1) throw new RangeError("no object header");
  return file.read(address + 16, prefix.readUInt32LE(8));
}

function firstBlock2(file: FileBytes, address: number): Buffer {
  const prefix = file.read(address, 6);
  const flags = prefix.readUInt8(5);
  const sizeBytes = 1 << (flags & 3);
  const before = 6 + ((flags & 0x20) === 0 ? 0 : 16) + ((flags & 0x10) === 0 ? 0 : 4);
  const size = file.read(address + before, sizeBytes).readUIntLE(0, Math.min(sizeBytes, 6));
  return file.read(address + before + sizeBytes, size);
}

const CHECKSUM_BYTES = 4;

function nextBlock(file: FileBytes, body: Buffer, isNewer: boolean): Buffer {
  const block = file.read(
    numberAt(body, 0, file.offsetBytes),
    numberAt(body, file.offsetBytes, file.lengthBytes),
  );
  return isNewer ? block.subarray(4, block.length - CHECKSUM_BYTES) : block;
}

function* messages1(block: Buffer): Generator<Message> {
  for (let at = 0; at + 8 <= block.length;) {
    const size = block.readUInt16LE(at + 2);
    yield { type: block.readUInt16LE(at), flags: block.readUInt8(at + 4), body: part(block, at + 8, size) };
    at += 8 + size;
  }
}

function* messages2(block: Buffer, tracksOrder: boolean): Generator<Message> {
  const head = tracksOrder ? 6 : 4;
  for (let at = 0; at + head <= block.length;) {
    const size = block.readUInt16LE(at + 1);
    yield { type: block.readUInt8(at), flags: block.readUInt8(at + 3), body: part(block, at + head, size) };
    at += head + size;
  }
}

/** The type of a dataset stands in its header, or is a type with a name and a header of its own. */
function datatypeOf(file: FileBytes, { flags, body }: Message): Buffer | null {
  if ((flags & SHARED) === 0) return body;
  const version = body.readUInt8(0);
  if (version === 3 && body.readUInt8(1) !== 2) return null;
  const address = numberAt(body, version === 1 ? 8 : 2, file.offsetBytes);
  for (const message of messages(file, address)) {
    if (message.type === DATATYPE && (message.flags & SHARED) === 0) return message.body;
  }
  throw new RangeError("no type where its name leads");
}

const DATATYPE_ELSEWHERE = 0x01;

/** Adds an attribute if it is wanted. @returns false when it cannot be told: its type may be kept elsewhere */
function addAttribute(
  file: FileBytes,
  body: Buffer,
  wanted: ReadonlySet<string>,
  into: Map<string, StoredAttribute>,
): boolean {
  const version = body.readUInt8(0);
  const padded = (size: number) => (version === 1 ? Math.ceil(size / 8) * 8 : size);
  const [nameBytes, datatypeBytes, spaceBytes] = [2, 4, 6].map((at) => body.readUInt16LE(at));
  const nameAt = version === 3 ? 9 : 8;
  const named = part(body, nameAt, nameBytes!);
  const end = named.indexOf(0);
  const name = named.toString("utf8", 0, end < 0 ? named.length : end);
  if (!wanted.has(name)) return true;
  const datatypeAt = nameAt + padded(nameBytes!);
  const spaceAt = datatypeAt + padded(datatypeBytes!);
  const flags = version > 1 && (body.readUInt8(1) & DATATYPE_ELSEWHERE) !== 0 ? SHARED : 0;
  const message = { type: DATATYPE, flags, body: part(body, datatypeAt, datatypeBytes!) };
  const datatype = datatypeOf(file, message);
  if (datatype === null) return false;
  const count = extentOf(part(body, spaceAt, spaceBytes!), file.lengthBytes);
  into.set(name, { datatype, count, data: body.subarray(spaceAt + padded(spaceBytes!)) });
  return true;
}

const NULL_SPACE = 2;

/** How many values a dataspace message stands for. */
function extentOf(space: Buffer, lengthBytes: number): number {
  const version = space.readUInt8(0);
  if (version > 1 && space.readUInt8(3) === NULL_SPACE) return 0;
  let count = 1;
  for (
    let dimension = 0, at = version > 1 ? 4 : 8;
    dimension < space.readUInt8(1);
    dimension++, at += lengthBytes
  ) {
    count *= numberAt(space, at, lengthBytes);
  }
  return count;
}

function part(bytes: Buffer, at: number, length: number): Buffer {
  if (at + length > bytes.length) throw new RangeError("the header is cut off");
  return bytes.subarray(at, at + length);
}

function numberAt(bytes: Buffer, at: number, length: number): number {
  return length === 8 ? Number(bytes.readBigUInt64LE(at)) : bytes.readUIntLE(at, length);
}
