/** Integers read with the other sign: the same bits. */
import { itemSize, type DType } from "../dtype.js";

/** A stored integer of a dtype as the integer that its bits are with a sign. Of 64 bits, the nearest double. */
export function numberOfSign(dtype: DType, sign: "signed" | "unsigned", number: number): number {
  const all = 2 ** (8 * itemSize(dtype));
  if (sign === "unsigned") return number < 0 ? number + all : number;
  return number >= all / 2 ? number - all : number;
}
