import fc from "fast-check";
import { expect, it } from "vitest";
import { createKeySet } from "../src/build/key-set.js";

const NONE = 2n ** 64n - 1n;

it("holds the distinct ids, ascending and unsigned, over any number of calls", () => {
  const id = fc.oneof(
    fc.bigInt({ min: 0n, max: NONE }),
    fc.constantFrom(0n, 1n, 2n ** 32n, 2n ** 63n, NONE - 1n, NONE, 0xffffffffn),
  );
  fc.assert(
    fc.property(fc.array(fc.array(id)), (batches) => {
      const set = createKeySet();
      const skipped = batches.map((batch) => set.addAll(BigUint64Array.from(batch)));
      expect(skipped).toEqual(batches.map((batch) => batch.filter((key) => key === NONE).length));
      const distinct = [...new Set(batches.flat())].filter((key) => key !== NONE);
      expect([...set.sorted()]).toEqual(distinct.sort((a, b) => (a < b ? -1 : 1)));
    }),
  );
});

it("grows past its first size, with ids that share their low or their high half", () => {
  const ids = BigUint64Array.from({ length: 20_000 }, (_, i) => (i % 2 === 0 ? BigInt(i) << 32n : BigInt(i)));
  // Half of the mark of an empty slot, on either side.
  ids.set([0xffffffffn, 0xffffffffn << 32n]);
  const set = createKeySet();
  set.addAll(ids);
  set.addAll(ids.toReversed());
  expect(set.sorted()).toEqual(ids.slice().sort());
});

it("reads a part of a larger array only", () => {
  const set = createKeySet();
  set.addAll(BigUint64Array.of(1n, 2n, 3n, 4n).subarray(1, 3));
  expect([...set.sorted()]).toEqual([2n, 3n]);
});
