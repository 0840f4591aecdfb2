/** Integers read with the other sign: the same bits. */
import { itemSize, type Column, type DType } from "../dtype.js";
import { ReaderError } from "../errors.js";

type Sign = "signed" | "unsigned";
type Integers = Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array;

const views = {
  signed: { 1: Int8Array, 2: Int16Array, 4: Int32Array },
  unsigned: { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array },
} as const;

/** Beyond it doubles are not exact. */
const EXACT = 2 ** 53;

/**
 * A view of the same elements; of 64-bit integers, which are doubles, a new column.
 * @param marks stored numbers that are missing
 * @throws ReaderError `DATASET_PRECISION` for one that is beyond 2^53 then, and not missing
 */
export function withSign(
  path: string,
  dtype: DType,
  sign: Sign,
  column: Column,
  marks: readonly number[],
): Column {
  if (!(column instanceof Float64Array)) {
    const { byteOffset, length, BYTES_PER_ELEMENT: bytes } = column as Integers;
    return new views[sign][bytes as 1 | 2 | 4](column.buffer as ArrayBuffer, byteOffset, length);
  }
  const values = column.map((number) => numberOfSign(dtype, sign, number));
  const row = values.findIndex((value, i) => Math.abs(value) > EXACT && !marks.includes(column[i]!));
  if (row < 0) return values;
  throw new ReaderError("DATASET_PRECISION", {
    path,
    what: `the dataset holds an integer beyond 2^53 (${column[row]}, taken as ${sign})`,
    why: "columns of 64-bit integers are doubles, which would round it",
    mend: "leave this variable out, or aggregate another one",
    details: { dataset: path, row },
  });
}

/** A stored integer of a dtype as the integer that its bits are with a sign. Of 64 bits, the nearest double. */
export function numberOfSign(dtype: DType, sign: Sign, number: number): number {
  const all = 2 ** (8 * itemSize(dtype));
  if (sign === "unsigned") return number < 0 ? number + all : number;
  return number >= all / 2 ? number - all : number;
}
