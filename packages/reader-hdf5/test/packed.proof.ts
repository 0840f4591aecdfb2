/** Damaged chunks against HDF5 on another processor: what it refuses is refused, and what is read is what it reads. */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";

import { opened } from "./opened.js";
import { createScratch } from "./scratch.js";
import { pythonWith } from "../../../vitest.python.mjs";
import { seeds } from "../../../vitest.effort.mjs";

const script = fileURLToPath(new URL("fixtures/damage-packed.py", import.meta.url));
const DAMAGES = 600;
const ROWS = { start: 0, stop: 500 };

interface Damage {
  readonly path: string;
  readonly changes: readonly (readonly [at: number, byte: number])[];
  readonly values: readonly string[] | null;
}

const scratch = createScratch();
afterAll(() => scratch.remove());

const python = pythonWith("h5py");

describe.skipIf(python === null)("damaged chunks", () => {
  it.each(seeds())("are refused or read as HDF5 reads them, seed %i", async (seed) => {
    const folder = scratch.path(`seed-${seed}`);
    mkdirSync(folder);
    execFileSync(python!, [script, folder, String(seed), String(DAMAGES)]);
    const whole = readFileSync(join(folder, "packed.h5"));
    const wrong: string[] = [];
    const tally = { read: 0, refusedByBoth: 0, refusedByUs: 0 };
    for (const { path, changes, values } of JSON.parse(
      readFileSync(join(folder, "damages.json"), "utf8"),
    ) as Damage[]) {
      const bytes = Buffer.from(whole);
      for (const [at, byte] of changes) bytes[at] = byte;
      const granule = await opened(scratch.write("damaged.h5", bytes));
      const named = `${path} ${JSON.stringify(changes)}`;
      try {
        const column = await granule.read(path, ROWS);
        tally.read++;
        if (values === null) wrong.push(`${named} is read`);
        else {
          const row = values.findIndex((value, at) => !Object.is(number(value), column[at]));
          if (row >= 0) wrong.push(`${named}[${row}] ${column[row]} ${values[row]}`);
        }
      } catch (error) {
        const { code } = error as { code: string };
        const isBeyond = code === "DATASET_PRECISION" && path.startsWith("/i8");
        if (code !== "GRANULE_CORRUPT" && !isBeyond) wrong.push(`${named} ${String(error)}`);
        tally[values === null ? "refusedByBoth" : "refusedByUs"]++;
      }
      await granule.close();
    }
    rmSync(folder, { recursive: true });
    console.log(`seed ${seed}: ${JSON.stringify(tally)}`);
    expect(wrong).toEqual([]);
    expect(tally.refusedByBoth).toBeGreaterThan(0);
  });
});

function number(value: string): number {
  return Number(value.replace("nan", "NaN").replace("inf", "Infinity"));
}
