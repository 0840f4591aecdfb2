/** A column that grows as granules are read. Its element type is the widest that it has been given. */
import type { Column } from "@zagg/core";

type ColumnConstructor = new (length: number) => Column;

/** What a column was at one time, to go back to. */
export interface ColumnMark {
  readonly length: number;
  readonly type: ColumnConstructor | undefined;
}

const FIRST_CAPACITY = 4096;
const GROWTH = 1.5;

export class RowColumn {
  #values: Column | undefined;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Bytes of what it holds, whether used or reserved. */
  get byteLength(): number {
    return this.#values?.byteLength ?? 0;
  }

  /** Appends the values at `rows[0 … count−1]`. */
  append(values: Column, rows: Int32Array, count: number): void {
    const target = this.#room(constructorOf(values), count);
    let next = this.#length;
    for (let i = 0; i < count; i++) target[next++] = values[rows[i]!]!;
    this.#length = next;
  }

  mark(): ColumnMark {
    return {
      length: this.#length,
      type: this.#values === undefined ? undefined : constructorOf(this.#values),
    };
  }

  /** Drops what was appended since the mark, and the wider type with it. */
  rewind(mark: ColumnMark): void {
    this.#length = mark.length;
    if (mark.type === undefined) this.#values = undefined;
    else if (this.#values !== undefined && constructorOf(this.#values) !== mark.type) {
      this.#values = resized(this.#values, mark.length, mark.type, mark.length);
    }
  }

  /** The values, and forgets them. Backed by a buffer that may be longer. */
  take(): Column {
    const values = (this.#values ?? new Float64Array(0)).subarray(0, this.#length);
    this.#values = undefined;
    this.#length = 0;
    return values;
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
