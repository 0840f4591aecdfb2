/** One order that the lists of many shards agree with. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commonOrder, united } from "../src/granule/granule-order.js";
import type { GranuleRecord } from "../src/index.js";

const records = (ids: readonly string[]): readonly GranuleRecord[] =>
  ids.map((id) => ({ id, s3: null, https: null }));
const order = (...lists: string[]): string => {
  const ranks = commonOrder(lists.map((list) => records([...list])));
  return [...ranks.keys()].sort((a, b) => ranks.get(a)! - ranks.get(b)!).join("");
};

describe("the common order", () => {
  it("keeps the order of every list, and decides by the ids what they leave open", () => {
    expect(order("zy", "xy", "yc", "a")).toBe("axzyc");
    expect(order()).toBe("");
  });

  it("has every id once, also when lists contradict each other, whatever the order of the lists", () => {
    expect(order("ab", "ba", "cd")).toBe(order("cd", "ba", "ab"));
    expect(order("abc", "ca")).toHaveLength(3);
  });

  it("is that of the catalog, for lists cut from one in the order of its ids", () => {
    const lists = fc.array(fc.uniqueArray(fc.integer({ min: 100, max: 160 })), { maxLength: 12 });
    fc.assert(
      fc.property(lists, (cut) => {
        const sorted = cut.map((list) => records(list.map(String).sort()));
        const ranks = commonOrder(sorted);
        const ids = [...new Set(cut.flat().map(String))].sort();
        expect(ids.map((id) => ranks.get(id))).toEqual(ids.map((_id, rank) => rank));
        expect(united(sorted, ranks).map(({ id }) => id)).toEqual(ids);
      }),
    );
  });

  it("keeps the order of lists cut from any catalog, as far as they tell it", () => {
    const shuffled = fc.shuffledSubarray([..."qwertyuiopasdfgh"], { minLength: 16 });
    fc.assert(
      fc.property(
        shuffled,
        fc.array(fc.array(fc.nat(15), { maxLength: 8 }), { maxLength: 8 }),
        (catalog, cuts) => {
          const lists = cuts.map((cut) =>
            records([...new Set(cut)].sort((a, b) => a - b).map((i) => catalog[i]!)),
          );
          const ranks = commonOrder(lists);
          for (const list of lists) {
            const own = list.map(({ id }) => ranks.get(id)!);
            expect(own).toEqual([...own].sort((a, b) => a - b));
          }
        },
      ),
    );
  });
});
