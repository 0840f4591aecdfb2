/** Datasets of odd number types that fixtures/make-numbers.py wrote, and what HDF5 reads from them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { opened } from "./opened.js";

interface Sample {
  readonly path: string;
  /** Whether mantissas are longer than a double's: HDF5 then rounds halves up, or to even, as the processor has it. */
  readonly rounded: boolean;
  readonly values: readonly string[];
  /** The value of `_FillValue`; null when there is none. */
  readonly fill: string | null;
}

export interface Outcome {
  readonly read: number;
  readonly refused: readonly string[];
  /** Values that differ from HDF5's, in words. */
  readonly wrong: readonly string[];
}

const EXACT = 2n ** 53n;

/** Reads every sample of a folder and compares it. */
export async function readSamples(folder: string): Promise<Outcome> {
  const files = JSON.parse(readFileSync(join(folder, "numbers.json"), "utf8")) as {
    file: string;
    datasets: readonly Sample[];
  }[];
  let read = 0;
  const refused: string[] = [];
  const wrong: string[] = [];
  for (const { file, datasets } of files) {
    const granule = await opened(join(folder, file));
    for (const sample of datasets) {
      const named = `${file}${sample.path}`;
      const isBeyond = sample.values.some((value) => isInteger(value) && magnitude(BigInt(value)) > EXACT);
      try {
        const info = await granule.describe(sample.path);
        const rows = { start: 0, stop: sample.values.length };
        const [exact] = await granule.readExact!([{ path: sample.path, ...rows }]);
        if (exact instanceof BigInt64Array || exact instanceof BigUint64Array) {
          const texts = Array.from(exact, String);
          if (texts.join() !== sample.values.join()) wrong.push(`${named} ${texts} ${sample.values}`);
        }
        const column = await granule.read(sample.path, rows);
        read++;
        for (const [row, value] of sample.values.entries()) {
          if (!isSame(value, column[row]!, sample.rounded))
            wrong.push(`${named}[${row}] ${column[row]} ${value}`);
        }
        if (sample.fill !== null && !isSame(sample.fill, info!.fillValue!, sample.rounded)) {
          wrong.push(`${named} _FillValue ${info!.fillValue} ${sample.fill}`);
        }
      } catch (error) {
        const { code } = error as { code: string };
        const expected = isBeyond ? "DATASET_PRECISION" : "DATASET_TYPE";
        if (code === expected) refused.push(code);
        else wrong.push(`${named} ${String(error)}`);
      }
    }
    await granule.close();
  }
  return { read, refused, wrong };
}

function isInteger(value: string): boolean {
  return /^-?\d+$/.test(value);
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** As Python spells numbers. */
function parsed(value: string): number {
  return Number(value.replace("nan", "NaN").replace("inf", "Infinity"));
}

function isSame(expected: string, value: number, rounded: boolean): boolean {
  const number = parsed(expected);
  return Object.is(number, value) || (rounded && isNeighbour(number, value));
}

/** Whether two doubles are next to each other. */
function isNeighbour(a: number, b: number): boolean {
  const [first, second] = new BigInt64Array(Float64Array.of(a, b).buffer);
  return magnitude(first! - second!) === 1n;
}
