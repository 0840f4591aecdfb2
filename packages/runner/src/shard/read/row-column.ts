/** A column that grows as granules are read. Its element type is the widest that it has been given. */
import type { Column } from "@zagg/core";
import { isBeyondDoubles } from "../beyond-doubles.js";

type ColumnConstructor = new (length: number) => Column;

/** What a column was at one time, to go back to. */
export interface ColumnMark {
  readonly length: number;
  readonly type: ColumnConstructor | undefined;
  readonly hasRest: boolean;
}

/** What a column holds. */
export interface TakenColumn {
  readonly values: Column;
  /** What the doubles in `values` lack to 64-bit integers; null when no row is beyond ±2^53. */
  readonly rest: Int16Array | null;
}

const FIRST_CAPACITY = 4096;
const GROWTH = 1.5;

export class RowColumn {
  #values: Column | undefined;
  /** As long as `#values` once a row is beyond ±2^53; until then there is none. */
  #rest: Int16Array | undefined;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Bytes of what it holds, whether used or reserved. */
  get byteLength(): number {
    return (this.#values?.byteLength ?? 0) + (this.#rest?.byteLength ?? 0);
  }

  /** Appends the values at `rows[0 … count−1]`. @param rest what doubles lack to 64-bit integers, parallel to `values` */
  append(values: Column, rows: Int32Array, count: number, rest: Int16Array | null = null): void {
    const target = this.#room(constructorOf(values), count);
    let next = this.#length;
    for (let i = 0; i < count; i++) target[next++] = values[rows[i]!]!;
    if (this.#rest !== undefined || (rest !== null && isBeyond(values, rest, rows, count)))
      this.#appendRest(rest, rows, count, target.length);
    this.#length = next;
  }

  #appendRest(rest: Int16Array | null, rows: Int32Array, count: number, capacity: number): void {
    const held = this.#rest ?? new Int16Array(0);
    const target = (this.#rest = held.length === capacity ? held : new Int16Array(capacity));
    if (target !== held) target.set(held.subarray(0, this.#length));
    for (let i = 0; i < count; i++) target[this.#length + i] = rest === null ? 0 : rest[rows[i]!]!;
  }

  mark(): ColumnMark {
    return {
      length: this.#length,
      type: this.#values === undefined ? undefined : constructorOf(this.#values),
      hasRest: this.#rest !== undefined,
    };
  }

  /** Drops what was appended since the mark, and the wider type with it. */
  rewind(mark: ColumnMark): void {
    this.#length = mark.length;
    if (!mark.hasRest) this.#rest = undefined;
    if (mark.type === undefined) this.#values = undefined;
    else if (this.#values !== undefined && constructorOf(this.#values) !== mark.type) {
      this.#values = resized(this.#values, mark.length, mark.type, mark.length);
    }
  }

  /** What it holds, and forgets it. Backed by buffers that may be longer. */
  take(): TakenColumn {
    const values = (this.#values ?? new Float64Array(0)).subarray(0, this.#length);
    const rest = this.#rest?.subarray(0, this.#length) ?? null;
    this.#values = this.#rest = undefined;
    this.#length = 0;
    return { values, rest };
  }

  #room(incoming: ColumnConstructor, count: number): Column {
    const needed = this.#length + count;
    const values = this.#values;
    if (values === undefined) return (this.#values = new incoming(Math.max(needed, FIRST_CAPACITY)));
    const type = commonType(constructorOf(values), incoming);
    if (type === constructorOf(values) && needed <= values.length) return values;
    const capacity =
      needed <= values.length ? values.length : Math.max(needed, Math.ceil(values.length * GROWTH));
    return (this.#values = resized(values, this.#length, type, capacity));
  }
}

/** Whether an integer of some rows is beyond ±2^53. */
function isBeyond(values: Column, rest: Int16Array, rows: Int32Array, count: number): boolean {
  for (let i = 0; i < count; i++) {
    const row = rows[i]!;
    if (isBeyondDoubles(values[row]!, rest[row]!)) return true;
  }
  return false;
}

function constructorOf(values: Column): ColumnConstructor {
  return values.constructor as ColumnConstructor;
}

function resized(values: Column, length: number, type: ColumnConstructor, capacity: number): Column {
  const result = new type(capacity);
  result.set(values.subarray(0, length));
  return result;
}

/** Bits of an integer type that carry value, and whether it has a sign. */
const integers = new Map<unknown, { readonly signed: boolean; readonly bits: number }>([
  [Int8Array, { signed: true, bits: 8 }],
  [Int16Array, { signed: true, bits: 16 }],
  [Int32Array, { signed: true, bits: 32 }],
  [Uint8Array, { signed: false, bits: 8 }],
  [Uint16Array, { signed: false, bits: 16 }],
  [Uint32Array, { signed: false, bits: 32 }],
]);
const signedBySize = [Int8Array, Int16Array, Int32Array] as const;

/**
 * The narrowest type that holds the values of both exactly, as NumPy's promotion has it; where that is a 64-bit integer,
 * Float64Array, which is what 64-bit integers are read as.
 */
export function commonType(a: ColumnConstructor, b: ColumnConstructor): ColumnConstructor {
  if (a === b) return a;
  const left = integers.get(a);
  const right = integers.get(b);
  if (left === undefined || right === undefined) {
    const integer = left ?? right;
    const other = left === undefined ? a : b;
    return integer !== undefined && other === Float32Array && integer.bits <= 16
      ? Float32Array
      : Float64Array;
  }
  if (left.signed === right.signed) return left.bits > right.bits ? a : b;
  const bits = Math.max(left.signed ? left.bits : left.bits * 2, right.signed ? right.bits : right.bits * 2);
  return signedBySize.find((type) => type.BYTES_PER_ELEMENT * 8 >= bits) ?? Float64Array;
}
