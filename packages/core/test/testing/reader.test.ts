import { describe, expect, it } from "vitest";
import {
  ReaderError,
  allocate,
  type Column,
  type DType,
  type DatasetInfo,
  type Granule,
  type GranuleReader,
  type ReadRange,
} from "../../src/index.js";
import {
  readerContract,
  type ContractDataset,
  type ReaderContractOptions,
  type ReaderFormat,
} from "../../src/testing.js";
import { brokenLaws } from "./collect-laws.js";

/** A format of text: one line of JSON, and an end mark that truncation loses. */
interface StoredDataset {
  readonly path: string;
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly values: readonly string[];
  readonly fillValue: string | null;
  readonly chunkRows: number | null;
}

const END = "\nend";
const files = new Map<string, Uint8Array>();
let places = 0;

async function write(bytes: Uint8Array): Promise<string> {
  const href = `memory://granule-${places++}`;
  files.set(href, bytes.slice());
  return href;
}

function make(datasets: readonly ContractDataset[]): Promise<string> {
  const stored = datasets.map(({ values, fillValue, ...dataset }) => ({
    ...dataset,
    values: Array.from(values as ArrayLike<unknown>, textOf),
    fillValue: fillValue === null ? null : textOf(fillValue),
  }));
  return write(new TextEncoder().encode(JSON.stringify(stored) + END));
}

const textOf = (value: unknown): string => (Object.is(value, -0) ? "-0" : String(value));

function failure(code: string): ReaderError {
  return new ReaderError(code, { what: "the granule", why: "cannot be read", mend: "mend it" });
}

/** What a fault replaces of a correct reader. */
interface Faults {
  readonly descriptor?: Partial<GranuleReader>;
  readonly granule?: (granule: Granule, stored: readonly StoredDataset[]) => Partial<Granule>;
}

function text(faults: Faults = {}): GranuleReader {
  const open = async (href: string): Promise<Granule> => {
    if (!href.startsWith("memory://")) throw failure("GRANULE_UNREADABLE");
    const bytes = files.get(href);
    if (bytes === undefined) throw failure("GRANULE_MISSING");
    const stored = parse(new TextDecoder().decode(bytes));
    const granule = granuleOf(stored);
    return { ...granule, ...faults.granule?.(granule, stored) };
  };
  return {
    kind: "reader",
    apiVersion: 2,
    name: "text",
    aliases: ["lines"],
    description: "Granules of text.",
    schemes: ["memory"],
    open,
    ...faults.descriptor,
  };
}

function parse(content: string): readonly StoredDataset[] {
  if (!content.startsWith("[") || !content.endsWith(END)) throw failure("GRANULE_FORMAT");
  return JSON.parse(content.slice(0, -END.length)) as StoredDataset[];
}

function granuleOf(stored: readonly StoredDataset[]): Granule {
  let isOpen = true;
  const find = (path: string) => {
    if (!isOpen) throw new TypeError("the granule is closed");
    return stored.find((dataset) => dataset.path === path);
  };
  return {
    async describe(path) {
      const dataset = find(path);
      return dataset === undefined ? null : describeStored(dataset);
    },
    async read(path, range) {
      const dataset = find(path);
      if (dataset === undefined) throw failure("DATASET_MISSING");
      return readStored(dataset, range);
    },
    async close() {
      isOpen = false;
    },
  };
}

function describeStored({ shape, dtype, fillValue, chunkRows }: StoredDataset): DatasetInfo {
  const asHeld = dtype === "float32" ? Math.fround(Number(fillValue)) : Number(fillValue);
  return { shape, dtype, fillValue: fillValue === null ? null : asHeld, chunkRows };
}

function readStored(dataset: StoredDataset, { start, stop, column }: ReadRange): Column {
  const [rows = 0, columns] = dataset.shape;
  if (!(Number.isInteger(start) && Number.isInteger(stop) && 0 <= start && start <= stop)) {
    throw new RangeError("no range");
  }
  const fits =
    columns === undefined ? column === undefined : column !== undefined && column >= 0 && column < columns;
  if (stop > rows || !fits) throw failure("DATASET_SHAPE");
  return valuesOf(dataset, start, stop, columns ?? 1, column ?? 0);
}

function valuesOf(
  dataset: StoredDataset,
  start: number,
  stop: number,
  columns: number,
  column: number,
): Column {
  const wide = dataset.dtype === "int64" || dataset.dtype === "uint64";
  const out = allocate(wide ? "float64" : dataset.dtype, stop - start) as Column;
  for (let row = start; row < stop; row++) {
    const stored = dataset.values[row * columns + column]!;
    const value = Number(stored);
    if (
      wide &&
      stored !== dataset.fillValue &&
      Math.abs(value) >= 2 ** 53 &&
      BigInt(stored) !== exactly(value)
    ) {
      throw failure("DATASET_PRECISION");
    }
    out[row - start] = value;
  }
  return out;
}

/** ±2^53; the nearest double of anything beyond is refused too. */
function exactly(value: number): bigint {
  return Math.abs(value) === 2 ** 53 ? BigInt(value) : 0n;
}

const common = {
  make,
  files: {
    bytes: async (href: string) => files.get(href) ?? new Uint8Array(),
    write,
    missing: async () => `memory://nothing-${places++}`,
  },
} satisfies Partial<ReaderContractOptions>;

const bareFormat: ReaderFormat = { dtypes: ["float64"], columns: false, fillValues: false, chunks: false };
const bare = text({
  granule: ({ describe }) => ({
    async describe(path) {
      const info = await describe(path);
      return info === null ? null : { ...info, fillValue: null, chunkRows: null };
    },
  }),
});

readerContract({ describe, it, expect, reader: text(), ...common });
readerContract({
  describe,
  it,
  expect,
  reader: bare,
  ...common,
  make: async (datasets) => {
    const fits = datasets.every(({ dtype, shape }) => dtype === "float64" && shape.length === 1);
    if (!fits) throw new TypeError("the format holds columns of doubles");
    return make(datasets);
  },
  format: bareFormat,
});

const readAnother = (change: (range: ReadRange, info: DatasetInfo) => ReadRange): Faults => ({
  granule: ({ describe, read }) => ({
    async read(path, range) {
      const info = await describe(path);
      return read(path, info === null ? range : change(range, info));
    },
  }),
});

const everyDtype: Faults = {
  granule: ({ read }) => ({ read: async (path, range) => new Float64Array(await read(path, range)) }),
};

/** Readers with one fault each, and the law that has to find it. */
const faults: readonly (readonly [fault: string, law: string, faults: Faults, format?: ReaderFormat])[] = [
  ["a future contract", "its descriptor is whole", { descriptor: { apiVersion: 3 as 2 } }],
  [
    "an error without a code where nothing is",
    "a granule that is not there is GRANULE_MISSING",
    {
      descriptor: {
        open: async (href) => {
          if (!files.has(href)) throw new Error("ENOENT");
          return text().open(href);
        },
      },
    },
  ],
  [
    "an empty file taken for a granule without datasets",
    "an empty file, and one of another format, is GRANULE_FORMAT",
    {
      descriptor: {
        open: async (href) => (files.get(href)?.length === 0 ? granuleOf([]) : text().open(href)),
      },
    },
  ],
  [
    "a file cut short taken for a whole one",
    "a truncated file is GRANULE_FORMAT, wherever it is cut",
    {
      descriptor: {
        open: async (href) =>
          text()
            .open(href)
            .catch(() => granuleOf([])),
      },
    },
  ],
  [
    "the URL told with its secrets",
    "a scheme that it does not open is refused, without the secrets in the URL",
    {
      descriptor: {
        open: async (href) => {
          throw new ReaderError("GRANULE_UNREADABLE", { what: href, why: "it is far", mend: "fetch it" });
        },
      },
    },
  ],
  [
    "an error on closing twice",
    "closing twice is no error, and what is closed reads no more",
    {
      granule: ({ close, describe }) => ({
        async close() {
          await describe("/");
          await close();
        },
      }),
    },
  ],
  [
    "reads after close",
    "closing twice is no error, and what is closed reads no more",
    { granule: () => ({ close: async () => undefined }) },
  ],
  [
    "one granule at a time",
    "several granules are open at once, and closing one leaves the others",
    (() => {
      let last: Granule | undefined;
      return {
        granule: (granule) => {
          last = granule;
          return { read: (path, range) => (last as Granule).read(path, range) };
        },
      };
    })(),
  ],
  [
    "64-bit integers described as what they are read as",
    "it describes every dataset as it was stored",
    {
      granule: ({ describe }) => ({
        async describe(path) {
          const info = await describe(path);
          return info?.dtype === "int64" ? { ...info, dtype: "float64" } : info;
        },
      }),
    },
  ],
  ["chunks of a format that has none", "it describes every dataset as it was stored", {}, { chunks: false }],
  [
    "columns of a format that is said to have none",
    "it reads no more than its format is said to hold",
    {},
    { columns: false },
  ],
  [
    "a dtype that its format is said not to hold",
    "it reads no more than its format is said to hold",
    {},
    { dtypes: ["float64"] },
  ],
  [
    "a group described as an empty dataset",
    "it describes what is no dataset as null, and refuses to read it",
    {
      granule: ({ describe }) => ({
        describe: async (path) =>
          path === "/gt1l"
            ? { shape: [0], dtype: "float64", fillValue: null, chunkRows: null }
            : describe(path),
      }),
    },
  ],
  [
    "ranges that end a row early",
    "it reads every range of every dtype",
    readAnother(({ start, stop }) => ({ start, stop: Math.max(start, stop - 1) })),
  ],
  [
    "whole chunks where part of one is asked",
    "it reads every range of every dtype",
    readAnother((range, { chunkRows }) => ({
      ...range,
      start: range.start - (range.start % (chunkRows ?? 1)),
    })),
  ],
  ["doubles for every dtype", "it reads every range of every dtype", everyDtype],
  [
    "the first column for every column",
    "it reads every column of two dimensions",
    readAnother((range) => (range.column === undefined ? range : { ...range, column: 0 })),
  ],
  [
    "ranges clipped to the dataset",
    "a range that does not fit the dataset is DATASET_SHAPE",
    readAnother((range, { shape: [rows = 0] }) => ({
      ...range,
      start: Math.min(range.start, rows),
      stop: Math.min(range.stop, rows),
    })),
  ],
  [
    "negative rows counted from the end",
    "a range that is none is refused",
    readAnother((range, { shape: [rows = 0] }) => (range.start < 0 ? { start: 0, stop: rows } : range)),
  ],
  [
    "64-bit integers rounded",
    "int64 is exact to 2^53, and DATASET_PRECISION beyond",
    {
      granule: ({ read }, stored) => ({
        async read(path, range) {
          const dataset = stored.find((one) => one.path === path && one.dtype === "int64");
          if (dataset === undefined) return read(path, range);
          return Float64Array.from(dataset.values.slice(range.start, range.stop), Number);
        },
      }),
    },
  ],
  [
    "a fill value that is not rounded as its elements are",
    "a value that was stored as the fill value is read as the fill value",
    {
      granule: ({ describe }) => ({
        async describe(path) {
          const info = await describe(path);
          return info?.dtype === "float32" && info.fillValue !== null
            ? { ...info, fillValue: 3.402823466385e38 }
            : info;
        },
      }),
    },
  ],
  [
    "fill values of a format that has none",
    "a value that was stored as the fill value is read as the fill value",
    {},
    { fillValues: false },
  ],
  [
    "a cache given out as it is",
    "a column that was read is the caller's own",
    {
      granule: ({ read }) => {
        const cache = new Map<string, Column>();
        return {
          async read(path, range) {
            const key = JSON.stringify([path, range]);
            const column = cache.get(key) ?? (await read(path, range));
            cache.set(key, column);
            return column;
          },
        };
      },
    },
  ],
  [
    "one buffer for reads at once",
    "reads at once give what they give one by one",
    {
      granule: ({ read }) => {
        const buffer: { column?: Column } = {};
        return {
          async read(path, range) {
            buffer.column = await read(path, range);
            await Promise.resolve();
            return buffer.column;
          },
        };
      },
    },
  ],
];

describe("the reader kit finds", () => {
  for (const [fault, law, change, format = {}] of faults) {
    it(fault, async () => {
      const reader = text(change);
      expect(await brokenLaws((kit) => readerContract({ ...kit, ...common, reader, format }), law)).toEqual([
        law,
      ]);
    });
  }
});
