/** A cursor over the bytes of a JSON text, which may come in chunks: it finds where values end without building them. */

/** Where a byte stands in a text. */
export interface Place {
  /** Bytes before it. */
  readonly position: number;
  /** From 1. */
  readonly line: number;
  /** From 1, in bytes. */
  readonly column: number;
}

/** What a text can be read from; a chunk is asked for when the one before is done with. */
export type JsonSource = string | Uint8Array | Iterable<Uint8Array>;

const QUOTE = 34;
const BACKSLASH = 92;
const LINE_FEED = 10;
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [123, 125, 91, 93];
const HASH_START = 0x811c9dc5;
const HASH_FACTOR = 0x01000193;

/** Walks one text from left to right, once; only the value last passed is kept. */
export class JsonBytes {
  /** Holds the value that {@link passValue} passed last, at `start` … `stop` − 1. */
  bytes: Uint8Array = new Uint8Array(0);
  start = 0;
  stop = 0;
  /** Of the bytes of that value (FNV-1a, 32 bits). */
  hash = HASH_START;
  /** A digit or minus stands in that value outside its strings. */
  hasNumbers = false;
  /** How deep containers stand in that value: 0 for a scalar, 1 for a flat object. */
  depth = 0;
  /** Where that value begins. */
  startPlace: Place = { position: 0, line: 1, column: 1 };

  private readonly chunks: Iterator<Uint8Array>;
  private at = 0;
  private end = 0;
  /** Bytes before `bytes[0]`. */
  private base = 0;
  /** The value being passed begins here; -1 between values. */
  private mark = -1;
  private room = new ArrayBuffer(0);
  private line = 1;
  private lineStart = 0;

  constructor(source: JsonSource) {
    this.chunks = chunksOf(source)[Symbol.iterator]();
    const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
    if (BYTE_ORDER_MARK.every((byte) => this.peek() === byte && this.pass())) this.lineStart = 3;
  }

  /** The next byte; -1 at the end. */
  peek(): number {
    return this.at < this.end || this.more() ? this.bytes[this.at]! : -1;
  }

  /** Passes the byte that {@link peek} gave. */
  pass(): true {
    this.at++;
    return true;
  }

  /** Passes white space. @returns the byte after it, -1 at the end */
  space(): number {
    for (;;) {
      const { bytes, end } = this;
      let { at } = this;
      for (; at < end; at++) {
        const byte = bytes[at]!;
        if (byte > 32) {
          this.at = at;
          return byte;
        }
        if (byte === LINE_FEED) this.newLine(at + 1);
        else if (byte !== 32 && byte !== 13 && byte !== 9) {
          this.at = at;
          return byte;
        }
      }
      this.at = at;
      if (!this.more()) return -1;
    }
  }

  place(): Place {
    const position = this.base + this.at;
    return { position, line: this.line, column: position - this.lineStart + 1 };
  }

  /** Passes one value by its brackets and quotes alone; whether it is JSON is for a scanner to say. */
  passValue(): void {
    this.startPlace = this.place();
    this.hash = HASH_START;
    this.hasNumbers = false;
    this.depth = 0;
    const first = this.peek();
    this.mark = this.at;
    if (first === QUOTE || first === OPEN_BRACE || first === OPEN_BRACKET) this.passNested();
    else this.passScalar();
    this.start = this.mark;
    this.stop = this.at;
    this.mark = -1;
  }

  private passScalar(): void {
    for (let byte = this.peek(); !isDelimiter(byte); byte = this.peek()) this.at++;
    this.hasNumbers = true;
  }

  private passNested(): void {
    let { bytes, at, end, hash } = this;
    let depth = 0;
    let isInString = false;
    for (;;) {
      if (at === end) {
        this.at = at;
        if (!this.more()) break;
        ({ bytes, at, end } = this);
      }
      const byte = bytes[at++]!;
      hash = Math.imul(hash ^ byte, HASH_FACTOR);
      if (isInString) {
        if (byte === QUOTE) {
          isInString = false;
          if (depth === 0) break;
        } else if (byte === BACKSLASH) {
          if (at === end) {
            this.at = at;
            if (!this.more()) break;
            ({ bytes, at, end } = this);
          }
          hash = Math.imul(hash ^ bytes[at++]!, HASH_FACTOR);
        }
      } else if (byte === QUOTE) {
        isInString = true;
      } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        if (++depth > this.depth) this.depth = depth;
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        if (--depth === 0) break;
      } else if (byte === LINE_FEED) {
        this.newLine(at);
      } else if (byte === 45 || (byte >= 48 && byte <= 57)) {
        this.hasNumbers = true;
      }
    }
    this.at = at;
    this.hash = hash;
  }

  private newLine(after: number): void {
    this.line++;
    this.lineStart = this.base + after;
  }

  /** Takes the next chunk, behind what is kept of the value being passed. @returns whether there was one */
  private more(): boolean {
    const keptFrom = this.mark < 0 ? this.end : this.mark;
    const kept = this.end - keptFrom;
    // What is kept moves before the next chunk comes: that may overwrite this one.
    if (kept > 0) this.bytes = this.inRoom(this.bytes.subarray(keptFrom, this.end), kept);
    this.base += keptFrom;
    this.at -= keptFrom;
    this.end = kept;
    if (this.mark >= 0) this.mark = 0;
    let next = this.chunks.next();
    while (next.done !== true && next.value.length === 0) next = this.chunks.next();
    if (next.done === true) return false;
    this.end = kept + next.value.length;
    if (kept === 0) {
      this.bytes = next.value;
    } else {
      this.bytes = this.inRoom(this.bytes, this.end);
      this.bytes.set(next.value, kept);
    }
    return true;
  }

  /** Bytes in memory of the cursor's own, which grows by doubling: a value of many chunks is moved but a few times. */
  private inRoom(bytes: Uint8Array, length: number): Uint8Array {
    const isThere = bytes.buffer === this.room && bytes.byteOffset === 0;
    const isLargeEnough = this.room.byteLength >= length;
    if (!isLargeEnough) this.room = new ArrayBuffer(2 * length);
    const own = new Uint8Array(this.room, 0, length);
    if (!isThere || !isLargeEnough) own.set(bytes);
    return own;
  }
}

function chunksOf(source: JsonSource): Iterable<Uint8Array> {
  if (typeof source === "string") return [new TextEncoder().encode(source)];
  return source instanceof Uint8Array ? [source] : source;
}

function isDelimiter(byte: number): boolean {
  return (
    byte === -1 ||
    byte === 44 ||
    byte === CLOSE_BRACE ||
    byte === CLOSE_BRACKET ||
    byte === 32 ||
    byte === LINE_FEED ||
    byte === 13 ||
    byte === 9
  );
}
