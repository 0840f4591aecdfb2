/** Telling missing values among numbers, and masking them. Marks are compared in the type of the column. */
import type { Column } from "../dtype.js";
import type { ValidRange } from "./dataset-encoding.js";

/** Which numbers stand for a missing value: some of them, and all out of a range. NaN is in every range. */
export interface Missing {
  readonly marks: readonly number[];
  readonly valid: ValidRange | null;
}

export function hasMissing({ marks, valid }: Missing): boolean {
  return marks.length > 0 || valid !== null;
}

/** Whether a number of a column is missing. */
export function missingTest(values: Column, missing: Missing): (value: number) => boolean {
  const isMarked = markTest(marksIn(values, missing));
  if (missing.valid === null) return isMarked;
  const { min, max } = limitsOf(missing.valid);
  return (value) => value < min || value > max || isMarked(value);
}

function markTest(marks: readonly number[]): (value: number) => boolean {
  const [mark = NaN] = marks;
  if (marks.length !== 1) {
    const all = new Set(marks);
    return (value) => all.has(value);
  }
  return Number.isNaN(mark) ? Number.isNaN : (value) => value === mark;
}

/** Whether some number of a column is missing and is not NaN already. */
export function holdsMissing(values: Column, missing: Missing): boolean {
  if (marksIn(values, missing).some((mark) => values.indexOf(mark) >= 0)) return true;
  if (missing.valid === null) return false;
  const { min, max } = limitsOf(missing.valid);
  return values.some((value) => value < min || value > max);
}

/** A new column with NaN for missing numbers: float32 for float32 and for integers of up to 16 bits, else float64. */
export function maskMissing(values: Column, missing: Missing): Float32Array | Float64Array {
  const isSingle = values instanceof Float32Array || values.BYTES_PER_ELEMENT <= 2;
  const masked = isSingle ? new Float32Array(values) : new Float64Array(values);
  writeMissing(masked, missing);
  return masked;
}

/** Writes NaN for missing numbers. @param values **changed** */
export function writeMissing(values: Float32Array | Float64Array, missing: Missing): void {
  for (const mark of marksIn(values, missing)) {
    const first = values.indexOf(mark);
    for (let i = first; i >= 0 && i < values.length; i++) if (values[i] === mark) values[i] = NaN;
  }
  if (missing.valid === null) return;
  const { min, max } = limitsOf(missing.valid);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < min || value > max) values[i] = NaN;
  }
}

function marksIn(values: Column, { marks }: Missing): readonly number[] {
  return values instanceof Float32Array ? marks.map(Math.fround) : marks;
}

function limitsOf({ min, max }: ValidRange): { readonly min: number; readonly max: number } {
  return { min: min ?? -Infinity, max: max ?? Infinity };
}
