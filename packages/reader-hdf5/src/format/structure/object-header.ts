/** The messages of an object. HDF5 File Format Specification 3.0, section IV.A. */
import { Damage, Unsupported } from "../problems.js";
import { Cursor } from "./cursor.js";
import { placed, type FileBytes } from "./file-bytes.js";
import { assertChecksum } from "./lookup3.js";

/** Kinds of messages that are read. */
export const MESSAGE = {
  dataspace: 0x01,
  linkInfo: 0x02,
  datatype: 0x03,
  oldFillValue: 0x04,
  fillValue: 0x05,
  link: 0x06,
  externalFiles: 0x07,
  layout: 0x08,
  filters: 0x0b,
  attribute: 0x0c,
  continuation: 0x10,
  symbolTable: 0x11,
  attributeInfo: 0x15,
} as const;

export interface Message {
  readonly type: number;
  readonly bytes: Uint8Array;
}

/** What is read at once: most headers are shorter. */
const GUESS_BYTES = 512;
/** Headers hold up to 64 KiB a message; a sound object has few blocks. */
const MOST_BLOCKS = 1_000;
const SHARED = 0x02;
const IN_SHARED_HEAP = 1;

/** All messages of the object at an address, in order; a shared one is replaced by the message that it points to. */
export async function readObjectHeader(file: FileBytes, address: number): Promise<readonly Message[]> {
  return headerMessages(file, address, new Set());
}

async function headerMessages(
  file: FileBytes,
  address: number,
  behind: ReadonlySet<number>,
): Promise<readonly Message[]> {
  if (behind.has(address)) throw new Damage(`the object at ${address} is shared in a circle`);
  const left = file.pages.size - file.base - address;
  if (left < 16) throw new Damage(`an object at ${address} would reach out of the file`);
  const guess = await file.read(address, Math.min(GUESS_BYTES, left));
  const isNew = guess[0] === 0x4f;
  const blocks = isNew ? await newBlocks(file, address, guess) : await oldBlocks(file, address, guess);
  const messages: Message[] = [];
  for (const { type, flags, bytes } of blocks)
    messages.push(
      (flags & SHARED) === 0
        ? { type, bytes }
        : await pointedTo(file, type, bytes, new Set([...behind, address])),
    );
  return messages;
}

interface RawMessage extends Message {
  readonly flags: number;
}

/** A message of the object that a shared message points to. */
async function pointedTo(
  file: FileBytes,
  type: number,
  bytes: Uint8Array,
  behind: ReadonlySet<number>,
): Promise<Message> {
  const address = sharedAddress(file, new Cursor(bytes));
  const found = (await headerMessages(file, address, behind)).find((message) => message.type === type);
  if (found === undefined) throw new Damage(`a shared message of kind ${type} is not at ${address}`);
  return found;
}

/** Where a shared message is. @throws Unsupported for the heap of shared messages, which few files have */
export function sharedAddress(file: FileBytes, cursor: Cursor): number {
  const version = cursor.u8();
  const kind = cursor.u8();
  if (version === 1) cursor.skip(6);
  else if (version === 3 && kind === IN_SHARED_HEAP) throw new Unsupported("a table of shared messages");
  else if (version !== 2 && version !== 3) throw new Damage(`a shared message has version ${version}`);
  return placed(cursor.address(file.offsetBytes), "a shared message");
}

async function oldBlocks(
  file: FileBytes,
  address: number,
  guess: Uint8Array,
): Promise<readonly RawMessage[]> {
  const head = new Cursor(guess);
  head.version(1, `the object at ${address}`);
  head.skip(1);
  const count = head.u16();
  head.skip(4);
  const size = head.u32();
  const prefix = 16;
  const first =
    prefix + size <= guess.length
      ? guess.subarray(prefix, prefix + size)
      : await file.read(address + prefix, size);
  const messages: RawMessage[] = [];
  const waiting = [first];
  for (let block = 0; block < waiting.length; block++) {
    if (block > MOST_BLOCKS) throw new Damage(`the object at ${address} has no end`);
    const cursor = new Cursor(waiting[block]!);
    // A header may end before the number of messages that it claims: the format lets a gap stand at the end of a block.
    while (messages.length < count && cursor.left >= 8) {
      const type = cursor.u16();
      const length = cursor.u16();
      const flags = cursor.u8();
      cursor.skip(3);
      const bytes = cursor.take(length);
      messages.push({ type, flags, bytes });
      if (type === MESSAGE.continuation) waiting.push(await continued(file, bytes));
    }
  }
  return messages;
}

async function newBlocks(
  file: FileBytes,
  address: number,
  guess: Uint8Array,
): Promise<readonly RawMessage[]> {
  const head = new Cursor(guess);
  head.signature("OHDR");
  head.version(2, `the object at ${address}`);
  const flags = head.u8();
  if ((flags & 0x20) !== 0) head.skip(16);
  if ((flags & 0x10) !== 0) head.skip(4);
  const size = head.uint(1 << (flags & 3));
  const prefix = head.at;
  const whole = prefix + size + 4;
  const first = whole <= guess.length ? guess.subarray(0, whole) : await file.read(address, whole);
  assertChecksum(first, `the object at ${address}`);
  const messages: RawMessage[] = [];
  const waiting = [first.subarray(prefix, prefix + size)];
  const fieldBytes = (flags & 0x04) === 0 ? 4 : 6;
  for (let block = 0; block < waiting.length; block++) {
    if (block > MOST_BLOCKS) throw new Damage(`the object at ${address} has no end`);
    const cursor = new Cursor(waiting[block]!);
    while (cursor.left >= fieldBytes) {
      const type = cursor.u8();
      const length = cursor.u16();
      const messageFlags = cursor.u8();
      if (fieldBytes === 6) cursor.skip(2);
      const bytes = cursor.take(length);
      messages.push({ type, flags: messageFlags, bytes });
      if (type !== MESSAGE.continuation) continue;
      const next = await continued(file, bytes);
      assertChecksum(next, `the object at ${address}`);
      new Cursor(next).signature("OCHK");
      waiting.push(next.subarray(4, next.length - 4));
    }
  }
  return messages;
}

function continued(file: FileBytes, bytes: Uint8Array): Promise<Uint8Array> {
  const cursor = new Cursor(bytes);
  const address = placed(cursor.address(file.offsetBytes), "the rest of an object");
  return file.read(address, cursor.uint(file.lengthBytes));
}
