import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inBatches, inOrder } from "../src/build/batches.js";

async function listOf<T>(values: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const value of values) list.push(value);
  return list;
}

async function* yielding<T>(values: readonly T[]): AsyncGenerator<T> {
  for (const value of values) yield await Promise.resolve(value);
}

describe("batches", () => {
  it("are of one size but the last, whatever the parts are that come", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(fc.nat())), fc.integer({ min: 1, max: 7 }), async (parts, size) => {
        const all = parts.flat();
        const expected = Array.from({ length: Math.ceil(all.length / size) }, (_, i) =>
          all.slice(i * size, (i + 1) * size),
        );
        expect(await listOf(inBatches(yielding(parts), size))).toEqual(expected);
        expect(await listOf(inBatches(all, size))).toEqual(expected);
      }),
    );
  });
});

describe("work in order", () => {
  it("gives results in the order of the values, with no more at once than asked for", async () => {
    let running = 0;
    let most = 0;
    const work = async (value: number): Promise<number> => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, (value * 7) % 5));
      running--;
      return value;
    };
    const values = Array.from({ length: 20 }, (_, i) => i);
    expect(await listOf(inOrder(yielding(values), 3, work))).toEqual(values);
    expect(most).toBe(3);
  });

  it("ends with the first failure, after what was begun", async () => {
    let settled = 0;
    const work = async (value: number): Promise<number> => {
      await new Promise((resolve) => setTimeout(resolve, value));
      settled++;
      if (value === 1) throw new RangeError("the one");
      return value;
    };
    await expect(listOf(inOrder(yielding([1, 9, 5, 7]), 3, work))).rejects.toThrow("the one");
    expect(settled).toBe(3);
  });
});
