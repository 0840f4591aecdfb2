/** The means to encode states of partial results: which cells have had rows, and arrays that are checked when they come back. */
import type { EncodedState } from "./aggregator.js";
import type { TypedArray } from "./dtype.js";
import { RunError } from "./errors.js";

type ArrayConstructor = new (length: number) => TypedArray;

/**
 * Cells as one array: how many cells the chunk has, then start and stop of each run of neighbours among those that are
 * marked, stop not included. Cells that are not marked take no space.
 * @param marked in ascending order, each once
 */
export function encodeCells(cells: number, marked: Iterable<number>): Int32Array {
  const runs = [cells];
  for (const cell of marked) {
    if (runs.length > 1 && runs.at(-1) === cell) runs[runs.length - 1] = cell + 1;
    else runs.push(cell, cell + 1);
  }
  return Int32Array.from(runs);
}

/**
 * The marked cells of {@link encodeCells}, ascending.
 * @param cells of the chunk
 * @throws RunError `STATE_INVALID` when they are of a chunk with another number of cells, or no such array
 */
export function decodeCells(cells: number, encoded: Int32Array): Int32Array {
  if (encoded[0] !== cells)
    throw stateInvalid(`it is of ${encoded[0] ?? "no"} cells`, `the chunk has ${cells}`);
  if (encoded.length % 2 === 0)
    throw stateInvalid("the last run of cells has no end", "a run has a start and a stop");
  let [count, before] = [0, -1];
  for (let i = 1; i < encoded.length; i += 2) {
    const [start, stop] = [encoded[i]!, encoded[i + 1]!];
    if (!(start > before && stop > start && stop <= cells))
      throw stateInvalid(`a run of cells is ${start} … ${stop}`, `runs ascend within ${cells} cells`);
    count += stop - start;
    before = stop;
  }
  const marked = new Int32Array(count);
  let next = 0;
  for (let i = 1; i < encoded.length; i += 2) {
    for (let cell = encoded[i]!; cell < encoded[i + 1]!; cell++) marked[next++] = cell;
  }
  return marked;
}

/**
 * The arrays of an encoded state, when they have exactly these names and types.
 * @throws RunError `STATE_INVALID`
 */
export function encodedArrays<T extends Readonly<Record<string, ArrayConstructor>>>(
  encoded: EncodedState,
  types: T,
): { readonly [N in keyof T]: InstanceType<T[N]> } {
  const [found, wanted] = [Object.keys(encoded).sort(), Object.keys(types).sort()];
  if (found.join() !== wanted.join())
    throw stateInvalid(
      `it has the arrays ${found.join(", ")}`,
      `those of this field are ${wanted.join(", ")}`,
    );
  for (const [name, Type] of Object.entries(types)) {
    if (!(encoded[name] instanceof Type))
      throw stateInvalid(
        `its array "${name}" is no ${Type.name}`,
        "the type of an array says what its bytes mean",
      );
  }
  return encoded as { readonly [N in keyof T]: InstanceType<T[N]> };
}

/** @throws RunError `STATE_INVALID` when an encoded array is longer or shorter than the others tell */
export function assertEncodedLength(name: string, array: TypedArray, length: number): void {
  if (array.length !== length)
    throw stateInvalid(`its array "${name}" has ${array.length} elements`, `${length} belong to its cells`);
}

/** @throws RangeError when there are more or fewer parents than `from` cells, or one is not from −1 to `to` − 1 */
export function assertParents(parents: Int32Array, from: number, to: number): void {
  if (parents.length !== from) throw new RangeError(`${parents.length} parents are given for ${from} cells`);
  for (let cell = 0; cell < from; cell++) {
    const parent = parents[cell]!;
    if (parent < -1 || parent >= to) throw new RangeError(`the parent ${parent} is not among ${to} cells`);
  }
}

/** That arrays are no state of a field. @param why what they would have to be */
export function stateInvalid(what: string, why: string): RunError {
  return new RunError("STATE_INVALID", {
    what: `an encoded state does not fit its field: ${what}`,
    why,
    mend: "decode it with the aggregator, the parameters and the grid it was made with; else compute it again from the rows",
  });
}
