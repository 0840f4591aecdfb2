/** Laws of parts of objects and of their sizes. */
import type { ObjectRange, ObjectStore } from "../../store.js";
import { broken, type Law } from "../framework.js";
import { failureOf, firstDifference, show } from "../values.js";
import { assertHolds, bytesOf } from "./content.js";
import type { StoreContractOptions } from "./contract.js";

/** Ranges of an object of five bytes, with what they hold of it. */
const partsOfFive: readonly (readonly [ObjectRange, string])[] = [
  [{ start: 0, stop: 5 }, "abcde"],
  [{ start: 0, stop: 1 }, "a"],
  [{ start: 4, stop: 5 }, "e"],
  [{ start: 1, stop: 3 }, "bc"],
  [{ start: 2, stop: 2 }, ""],
  [{ start: 3, stop: 99 }, "de"],
  [{ start: 5, stop: 9 }, ""],
  [{ start: 7, stop: 9 }, ""],
  [{ last: 2 }, "de"],
  [{ last: 5 }, "abcde"],
  [{ last: 0 }, ""],
  [{ last: 99 }, "abcde"],
];
const ranges = partsOfFive.map(([range]) => range);
const noRanges: readonly ObjectRange[] = [
  { start: 3, stop: 2 },
  { start: -1, stop: 2 },
  { start: 0, stop: 1.5 },
  { start: 0, stop: NaN },
  { start: 0, stop: Infinity },
  { last: -1 },
  { last: 0.5 },
];

export function partLaws(options: StoreContractOptions, law: Law): void {
  const open = async (): Promise<ObjectStore> => options.factory.open(await options.uri(), options.options);

  law("a range gives those bytes of an object, and none beyond its end", async () => {
    const store = await open();
    await store.put("a/five", bytesOf("abcde"));
    for (const [range, wanted] of partsOfFive) {
      const found = await store.getRange("a/five", range);
      if (found === undefined || firstDifference(found, bytesOf(wanted)) >= 0) {
        broken(
          `${show(range)} of "abcde" is ${found && show(new TextDecoder().decode(found))}, not ${show(wanted)}`,
        );
      }
    }
  });

  law("any range of an empty object is empty, and of none there is none", async () => {
    const store = await open();
    await store.put("empty", new Uint8Array());
    await store.put("a/b", bytesOf("x"));
    for (const range of ranges) {
      const found = await store.getRange("empty", range);
      if (found?.length !== 0) broken(`${show(range)} of an empty object is ${show(found && [...found])}`);
      for (const key of ["none", "a", "a/b/c"]) {
        const none = await store.getRange(key, range);
        if (none !== undefined)
          broken(`${show(range)} of ${show(key)}, where nothing is, is ${show([...none])}`);
      }
    }
  });

  law("what is no range is refused", async () => {
    const store = await open();
    await store.put("five", bytesOf("abcde"));
    for (const key of ["five", "none"]) {
      for (const range of noRanges) {
        const failure = await failureOf(() => store.getRange(key, range));
        if (!(failure instanceof RangeError))
          broken(`${show(range)} of ${show(key)} gives ${String(failure)}`);
      }
    }
  });

  law("a range is of the object as it is now, and its bytes are the caller's", async () => {
    const store = await open();
    for (const text of ["abcde", "vwxyz", "12"]) {
      await store.put("k", bytesOf(text));
      const found = await store.getRange("k", { start: 0, stop: 5 });
      if (found === undefined || firstDifference(found, bytesOf(text)) >= 0)
        broken(`after putting ${show(text)} a range gives ${found && show(new TextDecoder().decode(found))}`);
      found.fill(0);
      await assertHolds(store, "k", bytesOf(text), "after writing to the bytes of a range");
    }
  });

  law("a size is that of the object as it is now", async () => {
    const store = await open();
    const assertSize = async (key: string, wanted: number | undefined, when: string) => {
      const found = await store.size(key);
      if (found !== wanted)
        broken(`${when}, the size of ${show(key)} is ${show(found)}, not ${show(wanted)}`);
    };
    await assertSize("a/b", undefined, "at first");
    for (const length of [5, 200_000, 0, 1]) {
      await store.put("a/b", new Uint8Array(length));
      await assertSize("a/b", length, `after a put of ${length} bytes`);
    }
    for (const key of ["a", "a/b/c", "none"]) await assertSize(key, undefined, `beside "a/b"`);
    await store.delete("a/b");
    await assertSize("a/b", undefined, "after a delete");
  });
}
