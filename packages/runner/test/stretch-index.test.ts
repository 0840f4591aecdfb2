import { NO_ID } from "@zagg/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createGroupCache } from "../src/shard/read/group-cache.js";
import { groupStretchesBuilder } from "../src/shard/read/stretch-index.js";

describe("the stretches of a group", () => {
  it("hold every row of a shard, whatever the order of the points", () => {
    const keys = fc.array(fc.constantFrom(1n, 2n, 2n ** 63n + 5n, NO_ID), { maxLength: 60 });
    fc.assert(
      fc.property(
        keys,
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 4 }),
        (list, stretchRows, count) => {
          const rows = BigUint64Array.from(list);
          const builder = groupStretchesBuilder(rows.length, stretchRows);
          for (let start = 0; start < rows.length; start += stretchRows * count) {
            builder.add(start, rows.subarray(start, start + stretchRows * count), 1);
          }
          const { rangesOf } = builder.finish();
          for (const key of [1n, 2n, 2n ** 63n + 5n, 7n]) {
            const ranges = rangesOf(key);
            const covered = (row: number) => ranges.some(({ start, stop }) => start <= row && row < stop);
            list.forEach((own, row) => expect(own !== key || covered(row)).toBe(true));
            for (const [i, { start, stop }] of ranges.entries()) {
              expect(start % stretchRows).toBe(0);
              expect(stop).toBeLessThanOrEqual(rows.length);
              expect(start).toBeGreaterThan(i === 0 ? -1 : (ranges[i - 1]?.stop ?? 0));
              for (let at = start; at < stop; at += stretchRows) {
                expect(list.slice(at, at + stretchRows)).toContain(key);
              }
            }
          }
        },
      ),
    );
  });

  it("hold a stretch in which every point is in a shard of its own", () => {
    const rows = BigUint64Array.from({ length: 300_000 }, (_none, row) => BigInt(row));
    const builder = groupStretchesBuilder(rows.length, rows.length);
    builder.add(0, rows, 0);
    expect(builder.finish().rangesOf(299_999n)).toEqual([{ start: 0, stop: 300_000 }]);
  });

  it("sum the invalid points, and refuse a stretch out of place", () => {
    const builder = groupStretchesBuilder(4, 2);
    builder.add(0, BigUint64Array.of(1n, NO_ID), 1);
    expect(() => builder.add(1, BigUint64Array.of(1n), 0)).toThrow(RangeError);
    builder.add(2, BigUint64Array.of(NO_ID, NO_ID), 2);
    expect(builder.finish().invalid).toBe(3);
    expect(builder.finish().rangesOf(NO_ID)).toEqual([]);
  });
});

describe("what is known of groups", () => {
  it("forgets the least recently used group beyond its capacity", () => {
    const index = createGroupCache(2);
    const stretches = groupStretchesBuilder(0, 1).finish();
    index.set("a", "g", stretches);
    index.set("b", "g", stretches);
    expect(index.get("a", "g")).toBe(stretches);
    index.set("c", "g", stretches);
    expect([index.get("a", "g"), index.get("b", "g"), index.get("c", "g")]).toEqual([
      stretches,
      undefined,
      stretches,
    ]);
    expect(index.get("a", "h")).toBeUndefined();
  });
});
