/** Reads JSON values one after another from bytes, strictly, and says where text stops being JSON. */
import { JsonBytes, type JsonSource, type Place } from "./json-bytes.js";
import { JsonScanner, type JsonSpan } from "./json-scanner.js";

/** Where text stops being JSON. */
export interface Fault extends Place {
  /** What stands there; null at the end of the text. */
  readonly found: string | null;
  readonly expected: string;
}

/** One value that was passed; what its methods and bytes give is gone when the next one is passed. */
export interface PassedValue {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly stop: number;
  readonly hash: number;
  readonly hasNumbers: boolean;
  readonly depth: number;
  text(): string;
  json(): unknown;
  /** Parsing and writing it again changes nothing, see `JsonSpan`. */
  isPlain(): boolean;
}

/** Walks one text; every method throws what `fail` makes of a fault. */
export interface MemberReader {
  /** The next byte after white space; -1 at the end. */
  peek(): number;
  place(): Place;
  value(): PassedValue;
  /** Passes an object; `visit` gets each key and must pass its value. */
  members(visit: (key: string, at: Place) => void): void;
  /** Passes an array; `visit` must pass each element. */
  elements(visit: () => void): void;
  /** Passes white space up to the end. */
  finish(): void;
}

const COMMA = 44;
const COLON = 58;

/** @param fail makes the error of a fault */
export function createMemberReader(source: JsonSource, fail: (fault: Fault) => Error): MemberReader {
  const cursor = new JsonBytes(source);
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const loose = new TextDecoder("utf-8", { ignoreBOM: true });

  const faultHere = (expected: string): never => {
    const byte = cursor.peek();
    throw fail({ ...cursor.place(), found: byte < 0 ? null : String.fromCharCode(byte), expected });
  };
  const decode = (): string => {
    try {
      return decoder.decode(cursor.bytes.subarray(cursor.start, cursor.stop));
    } catch {
      const text = loose.decode(cursor.bytes.subarray(cursor.start, cursor.stop));
      throw fail(faultIn(text, text.indexOf("\ufffd"), "UTF-8 text", cursor.startPlace));
    }
  };
  /** Passes the whole value strictly; the text is JSON when it returns. */
  const scan = (text: string): JsonSpan => {
    const scanner = new JsonScanner(text, (offset, expected) => {
      throw fail(faultIn(text, offset, expected, cursor.startPlace));
    });
    const span = scanner.span();
    if (span.end < text.length) {
      throw fail(faultIn(text, span.end, `"," or a closing bracket`, cursor.startPlace));
    }
    return span;
  };
  const passed: PassedValue = {
    get bytes() {
      return cursor.bytes;
    },
    get start() {
      return cursor.start;
    },
    get stop() {
      return cursor.stop;
    },
    get hash() {
      return cursor.hash;
    },
    get hasNumbers() {
      return cursor.hasNumbers;
    },
    get depth() {
      return cursor.depth;
    },
    text: decode,
    json() {
      const text = decode();
      // JSON.parse is the faster of the two, but does not say where it stops, and recurses without a limit.
      if (cursor.depth > 1) scan(text);
      try {
        return JSON.parse(text) as unknown;
      } catch {
        scan(text);
        throw fail(faultIn(text, 0, "a value", cursor.startPlace));
      }
    },
    isPlain: () => scan(decode()).plain,
  };
  const value = (): PassedValue => {
    cursor.space();
    cursor.passValue();
    return passed;
  };
  const sequence = (close: "}" | "]", visit: () => void): void => {
    const closing = close.charCodeAt(0);
    cursor.pass();
    if (cursor.space() === closing) {
      cursor.pass();
      return;
    }
    for (;;) {
      visit();
      const byte = cursor.space();
      if (byte !== COMMA && byte !== closing) faultHere(`"," or "${close}"`);
      cursor.pass();
      if (byte === closing) return;
      cursor.space();
    }
  };
  return {
    peek: () => cursor.space(),
    place: () => cursor.place(),
    value,
    elements: (visit) => sequence("]", visit),
    members(visit) {
      sequence("}", () => {
        const QUOTE = 34;
        if (cursor.peek() !== QUOTE) faultHere("a key in double quotes");
        const at = cursor.place();
        const key = value().json() as string;
        if (cursor.space() !== COLON) faultHere(`":"`);
        cursor.pass();
        cursor.space();
        visit(key, at);
      });
    },
    finish() {
      if (cursor.space() >= 0) faultHere("the end of the text");
    },
  };
}

/** A fault inside a value that begins at `start`. */
function faultIn(text: string, offset: number, expected: string, start: Place): Fault {
  const before = text.slice(0, offset);
  const bytes = (part: string): number => new TextEncoder().encode(part).length;
  const lastLine = before.lastIndexOf("\n");
  return {
    position: start.position + bytes(before),
    line: start.line + before.split("\n").length - 1,
    column: lastLine < 0 ? start.column + bytes(before) : bytes(before.slice(lastLine + 1)) + 1,
    found: text[offset] ?? null,
    expected,
  };
}
