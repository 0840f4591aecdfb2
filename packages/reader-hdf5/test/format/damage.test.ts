/** Files that were changed or cut off: an error of two kinds and nothing else, soon, in little memory. */
import { describe, expect, it } from "vitest";
import { openFile, type Hdf5File } from "../../src/format/open.js";
import { Damage, Unsupported } from "../../src/format/problems.js";
import { elementCount } from "../../src/format/messages/dataspace.js";
import { isNumeric } from "../../src/format/values/numbers.js";
import { runs } from "../../../../vitest.effort.mjs";
import { counted, walkBytes, WALKS } from "./walks.js";

/** A generator of numbers 0 … 1 that gives the same each time. */
function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function mutated(bytes: Uint8Array, roll: () => number): Uint8Array {
  const copy = bytes.slice();
  const at = () => Math.floor(roll() * copy.length);
  if (roll() < 0.1) return copy.subarray(0, at());
  for (let times = 1 + Math.floor(4 * roll()); times > 0; times--) {
    const kind = roll();
    if (kind < 0.5) copy[at()] = Math.floor(256 * roll());
    else if (kind < 0.8) copy[at()]! ^= 1 << Math.floor(8 * roll());
    else {
      const from = at();
      copy.fill(roll() < 0.5 ? 255 : 0, from, from + 1 + Math.floor(8 * roll()));
    }
  }
  return copy;
}

const MOST_BYTES = 2 ** 24;

/** Reads all that there is, each object once. @returns how many could not be read */
async function readAll(file: Hdf5File): Promise<number> {
  const seen = new Set<unknown>();
  let failed = 0;
  const attempt = async (read: () => Promise<void>) => {
    try {
      await read();
    } catch (error) {
      if (!(error instanceof Damage || error instanceof Unsupported)) throw error;
      failed++;
    }
  };
  const walk = async (path: string): Promise<void> => {
    await attempt(async () => {
      const object = await file.object(path === "" ? "/" : path);
      if (object === undefined || seen.has(object)) return;
      seen.add(object);
      if (object.kind === "group") for (const name of await object.members()) await walk(`${path}/${name}`);
      if (object.kind === "dataset") {
        const { space, type } = object.stored;
        if (elementCount(space.shape) * type.size > MOST_BYTES) return;
        const request = {
          dataset: object,
          selection: { start: space.shape.map(() => 0), count: space.shape },
        };
        if (isNumeric(type)) await file.readNumbers([request]);
        else await file.readValues(request);
      }
      await object.attributes();
    });
  };
  await walk("");
  return failed;
}

describe.each(WALKS)("damage to a file of %s structures", (name) => {
  const whole = walkBytes(name);

  it("is none in the file itself, but for two links and a virtual dataset", async () => {
    const file = (await openFile(counted(whole)))!;
    expect(await readAll(file)).toBe(name === "new" ? 3 : 2);
  });

  it("ends in Damage or Unsupported, whatever bytes it hits", async () => {
    const roll = dice(name === "old" ? 1 : 2);
    for (let i = 0; i < runs(100, 6); i++) {
      const bytes = mutated(whole, roll);
      try {
        const file = await openFile(counted(bytes));
        if (file !== undefined) await readAll(file);
      } catch (error) {
        if (!(error instanceof Damage || error instanceof Unsupported)) throw error;
      }
    }
  });

  it("is told of a file that has lost its end", async () => {
    await expect(openFile(counted(whole.subarray(0, whole.length - 1)))).rejects.toThrow(/truncated/u);
  });
});

it("bytes that are no HDF5 file are not opened", async () => {
  expect(await openFile(counted(new Uint8Array(0)))).toBeUndefined();
  expect(await openFile(counted(new Uint8Array(5000)))).toBeUndefined();
});
