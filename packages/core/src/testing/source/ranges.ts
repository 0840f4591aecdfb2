/** Laws of reading ranges. */
import { broken, type Law } from "../framework.js";
import { failureOf, show } from "../values.js";
import type { SourceContractOptions } from "./contract.js";
import { assertBytes, assertCode, patterned, within } from "./opened.js";

const SIZE = 70_000;
const bytes = patterned(SIZE);

export function rangeLaws(options: SourceContractOptions, law: Law): void {
  law("it reads ranges in the order asked, whatever it is", async () => {
    await within(options, bytes, async (source) => {
      const ascending = [0, 1, 7, 4096, 65_535, 69_000].map((start) => ({ start, stop: start + 9 }));
      await assertBytes(source, bytes, ascending);
      await assertBytes(source, bytes, ascending.toReversed());
      await assertBytes(source, bytes, [ascending[3]!, ascending[0]!, ascending[5]!, ascending[1]!]);
    });
  });

  law("it reads ranges that overlap, touch or repeat", async () => {
    await within(options, bytes, (source) =>
      assertBytes(source, bytes, [
        { start: 100, stop: 300 },
        { start: 200, stop: 400 },
        { start: 100, stop: 300 },
        { start: 300, stop: 301 },
        { start: 0, stop: SIZE },
        { start: 150, stop: 160 },
      ]),
    );
  });

  law("it reads nothing of an empty range, of no range and of an empty object", async () => {
    await within(options, bytes, async (source) => {
      await assertBytes(source, bytes, []);
      for (const at of [0, 17, SIZE]) await assertBytes(source, bytes, [{ start: at, stop: at }]);
      await assertBytes(source, bytes, [
        { start: 3, stop: 3 },
        { start: 3, stop: 4 },
      ]);
    });
    await within(options, new Uint8Array(), (source) =>
      assertBytes(source, new Uint8Array(), [{ start: 0, stop: 0 }]),
    );
  });

  law("it reads to the last byte", async () => {
    await within(options, bytes, async (source) => {
      await assertBytes(source, bytes, [{ start: SIZE - 1, stop: SIZE }]);
      await assertBytes(source, bytes, [{ start: 0, stop: SIZE }]);
    });
  });

  law("a range beyond the last byte is GRANULE_RANGE, and all that is asked with it", async () => {
    await within(options, bytes, async (source) => {
      const good = { start: 0, stop: 10 };
      for (const bad of [
        { start: SIZE - 1, stop: SIZE + 1 },
        { start: SIZE, stop: SIZE + 1 },
        { start: SIZE + 1, stop: SIZE + 1 },
        { start: 2 ** 40, stop: 2 ** 40 + 8 },
      ]) {
        for (const ranges of [[bad], [good, bad], [bad, good]]) {
          const failure = await failureOf(() => source.read(ranges));
          assertCode(failure, ["GRANULE_RANGE"], `reading ${show(ranges)} of ${SIZE} bytes`);
        }
      }
    });
  });

  law("a range that is none is refused", async () => {
    await within(options, bytes, async (source) => {
      for (const [start, stop] of [
        [5, 4],
        [-1, 3],
        [-3, -1],
        [0.5, 2],
        [0, NaN],
      ] as const) {
        if ((await failureOf(() => source.read([{ start, stop }]))) === undefined)
          broken(`bytes ${start} to ${stop} are read`);
      }
    });
  });

  law("what was read is the caller's own, and equal ranges have equal bytes", async () => {
    await within(options, bytes, async (source) => {
      const range = { start: 10, stop: 5000 };
      const [one, other] = await source.read([range, range]);
      one!.fill(99);
      if (other![0] !== bytes[10]) broken("two answers to one read share their bytes");
      await assertBytes(source, bytes, [range, range]);
    });
  });

  law("reads at once give what they give one by one", async () => {
    await within(options, bytes, async (source) => {
      const starts = Array.from({ length: 40 }, (_, i) => (i * 7919) % (SIZE - 600));
      await Promise.all(
        starts.map((start) =>
          assertBytes(source, bytes, [
            { start: start + 300, stop: start + 600 },
            { start, stop: start + 300 },
          ]),
        ),
      );
    });
  });
}
