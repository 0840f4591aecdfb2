import { describe, expect, it } from "vitest";
import { ReaderError, type ByteSource, type SourceFactory } from "../../src/index.js";
import { memorySource, sourceContract } from "../../src/testing.js";
import { brokenLaws } from "./collect-laws.js";

const objects = new Map<string, Uint8Array>();
let places = 0;

const common = {
  async make(bytes: Uint8Array) {
    const name = `object-${places++}`;
    objects.set(name, bytes.slice());
    return `memory://${name}`;
  },
  missing: async () => `memory://nothing-${places++}`,
  async change(uri: string, bytes: Uint8Array) {
    objects.set(uri.replace("memory://", ""), bytes.slice());
  },
};

sourceContract({ describe, it, expect, factory: memorySource(objects), ...common });
sourceContract({ describe, it, expect, factory: memorySource(objects, { delayMs: 1 }), ...common });

/** What a fault replaces of a correct source. */
interface Faults {
  readonly descriptor?: Partial<SourceFactory>;
  readonly source?: (source: ByteSource, uri: string) => Partial<ByteSource>;
}

function faulty({ descriptor, source }: Faults): SourceFactory {
  const right = memorySource(objects);
  return {
    ...right,
    async open(uri, signal) {
      const opened = await right.open(uri, signal);
      return { ...opened, ...source?.(opened, uri) };
    },
    ...descriptor,
  };
}

const bytesAt = (uri: string): Uint8Array => objects.get(uri.replace("memory://", ""))!;
const reading = (read: (source: ByteSource, uri: string) => ByteSource["read"]): Faults => ({
  source: (source, uri) => ({ read: read(source, uri) }),
});

/** Sources with one fault each, and the law that has to find it. */
const faults: readonly (readonly [fault: string, law: string, faults: Faults])[] = [
  ["a scheme with its slashes", "its descriptor is whole", { descriptor: { schemes: ["memory://"] } }],
  [
    "a size that is rounded up",
    "it says how many bytes there are",
    { source: ({ size }) => ({ size: Math.ceil(size / 512) * 512 }) },
  ],
  [
    "an empty object where nothing is",
    "what is not there is GRANULE_MISSING",
    {
      descriptor: {
        async open(uri, signal) {
          return memorySource(new Map([["x", bytesAt(uri) ?? new Uint8Array()]])).open("memory://x", signal);
        },
      },
    },
  ],
  [
    "the URI told with its secrets",
    "a scheme that it does not open is refused, without the secrets in the URI",
    {
      descriptor: {
        async open(uri, signal) {
          if (uri.startsWith("memory:")) return memorySource(objects).open(uri, signal);
          throw new ReaderError("GRANULE_UNREADABLE", { what: uri, why: "it is far", mend: "fetch it" });
        },
      },
    },
  ],
  [
    "reads after close",
    "closing twice is no error, and what is closed reads no more",
    { source: () => ({ close: async () => undefined }) },
  ],
  [
    "one object for all who open a place",
    "one place is open twice, and closing one leaves the other",
    (() => {
      const known = new Map<string, Promise<ByteSource>>();
      return {
        descriptor: {
          async open(uri: string, signal?: AbortSignal) {
            const opened = await memorySource(objects).open(uri, signal);
            const first = known.get(uri) ?? Promise.resolve(opened);
            known.set(uri, first);
            return first;
          },
        },
      };
    })(),
  ],
  [
    "a signal that nobody heeds",
    "an aborted signal ends opening and reading with its reason",
    reading((source) => (ranges) => source.read(ranges)),
  ],
  [
    "answers in the order of the file",
    "it reads ranges in the order asked, whatever it is",
    reading(
      (source) => (ranges, signal) =>
        source.read(
          ranges.every(({ stop, start }) => stop - start === 9)
            ? ranges.toSorted((a, b) => a.start - b.start)
            : ranges,
          signal,
        ),
    ),
  ],
  [
    "one answer for ranges that are merged",
    "it reads ranges that overlap, touch or repeat",
    reading((source) => async (ranges, signal) => {
      const distinct = [...new Map(ranges.map((range) => [JSON.stringify(range), range])).values()];
      return ranges.length === 6 && distinct.length < 6
        ? source.read(distinct, signal)
        : source.read(ranges, signal);
    }),
  ],
  [
    "the whole for an empty range, as servers answer bytes=0--1",
    "it reads nothing of an empty range, of no range and of an empty object",
    reading((source, uri) => async (ranges, signal) => {
      const answers = await source.read(ranges, signal);
      return answers.map((answer) =>
        answer.length === 0 && ranges.length === 1 ? bytesAt(uri).slice() : answer,
      );
    }),
  ],
  [
    "ranges taken to hold their last byte",
    "it reads to the last byte",
    reading((source) => async (ranges, signal) => {
      const answers = await source.read(ranges, signal);
      return answers.map((bytes, i) => (ranges[i]!.stop === source.size ? bytes.subarray(0, -1) : bytes));
    }),
  ],
  [
    "fewer bytes where there are no more",
    "a range beyond the last byte is GRANULE_RANGE, and all that is asked with it",
    reading(
      (source) => (ranges, signal) =>
        source.read(
          ranges.map(({ start, stop }) => ({
            start: Math.min(start, source.size),
            stop: Math.min(stop, source.size),
          })),
          signal,
        ),
    ),
  ],
  [
    "negative places counted from the end",
    "a range that is none is refused",
    reading(
      (source) => (ranges, signal) =>
        source.read(
          ranges.map(({ start, stop }) => (start < 0 ? { start: 0, stop: 1 } : { start, stop })),
          signal,
        ),
    ),
  ],
  [
    "views of a cache",
    "what was read is the caller's own, and equal ranges have equal bytes",
    reading((source, uri) => async (ranges, signal) => {
      await source.read(ranges, signal);
      return ranges.map(({ start, stop }) => bytesAt(uri).subarray(start, stop));
    }),
  ],
  [
    "one place in the file for reads at once",
    "reads at once give what they give one by one",
    (() => {
      let at = 0;
      return reading((source) => async (ranges, signal) => {
        const answers: Uint8Array[] = [];
        for (const range of ranges) {
          signal?.throwIfAborted();
          at = range.start;
          await source.read([range]);
          if (range.stop - range.start === 300) await Promise.resolve();
          const stop = at + range.stop - range.start;
          answers.push((await source.read([stop > source.size ? range : { start: at, stop }]))[0]!);
        }
        return answers;
      });
    })(),
  ],
  [
    "an etag of the opening",
    "its etag is the same whenever the same bytes are opened",
    (() => {
      let openings = 0;
      return { source: () => ({ etag: `opening-${openings++}` }) };
    })(),
  ],
  [
    "a mixture of old and new bytes",
    "changed content is GRANULE_CHANGED, or what it was when it was opened; never something else",
    {
      descriptor: {
        async open(uri, signal) {
          const first = await memorySource(objects).open(uri, signal);
          return {
            ...first,
            async read(ranges, given) {
              const now = await memorySource(objects).open(uri);
              return now.read(ranges, given);
            },
          };
        },
      },
    },
  ],
];

describe("the source kit finds", () => {
  for (const [fault, law, change] of faults) {
    it(fault, async () => {
      const factory = faulty(change);
      const found = await brokenLaws((kit) => sourceContract({ ...kit, ...common, factory }), law);
      expect(found).toEqual([law]);
    });
  }
});
