import { describe, expect, it } from "vitest";
import {
  ReaderError,
  allocate,
  type Column,
  type DType,
  type DatasetEncoding,
  type DatasetInfo,
  type ByteSource,
  type Granule,
  type GranuleEntry,
  type GranuleReader,
  type ReadRange,
  type RowBlock,
  type TypedArray,
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
  readonly encoding?: DatasetEncoding;
}

const END = "\nend";

async function make(datasets: readonly ContractDataset[]): Promise<Uint8Array> {
  const stored = datasets.map(({ values, fillValue, ...dataset }) => ({
    ...dataset,
    values: Array.from(values as ArrayLike<unknown>, textOf),
    fillValue: fillValue === null ? null : textOf(fillValue),
  }));
  return new TextEncoder().encode(JSON.stringify(stored) + END);
}

const textOf = (value: unknown): string => (Object.is(value, -0) ? "-0" : String(value));

function failure(code: string): ReaderError {
  return new ReaderError(code, { what: "the granule", why: "cannot be read", mend: "mend it" });
}

/** A granule asked for one dataset at a time: where most faults are. */
interface Single {
  describe(path: string): Promise<DatasetInfo | null>;
  read(path: string, range: ReadRange): Promise<Column>;
  readExact(path: string, range: ReadRange): Promise<TypedArray>;
}

/** What a fault replaces of a correct reader. */
interface Faults {
  readonly descriptor?: Partial<GranuleReader>;
  readonly single?: (single: Single, stored: readonly StoredDataset[]) => Partial<Single>;
  readonly granule?: (
    granule: Granule,
    stored: readonly StoredDataset[],
    source: ByteSource,
  ) => Partial<Granule>;
}

/** Reads of the source are small: the head, then the rest in pieces. */
const PIECE = 1000;

async function bytesOf(source: ByteSource, signal?: AbortSignal): Promise<Uint8Array> {
  const bytes = new Uint8Array(source.size);
  for (let start = 0; start < source.size; start += PIECE) {
    const [piece] = await source.read([{ start, stop: Math.min(start + PIECE, source.size) }], signal);
    bytes.set(piece!, start);
  }
  return bytes;
}

function text(faults: Faults = {}): GranuleReader {
  const open = async (source: ByteSource, signal?: AbortSignal): Promise<Granule> => {
    signal?.throwIfAborted();
    const stored = parse(new TextDecoder().decode(await bytesOf(source, signal)));
    const granule = granuleOf(stored, faults);
    return { ...granule, ...faults.granule?.(granule, stored, source) };
  };
  return {
    kind: "reader",
    apiVersion: 2,
    name: "text",
    aliases: ["lines"],
    description: "Granules of text.",
    open,
    ...faults.descriptor,
  };
}

function parse(content: string): readonly StoredDataset[] {
  if (!content.startsWith("[") || !content.endsWith(END)) throw failure("GRANULE_FORMAT");
  return JSON.parse(content.slice(0, -END.length)) as StoredDataset[];
}

function granuleOf(stored: readonly StoredDataset[], faults: Faults = {}): Granule {
  let isOpen = true;
  const find = (path: string) => {
    if (!isOpen) throw new TypeError("the granule is closed");
    return stored.find((dataset) => dataset.path === path);
  };
  const right: Single = {
    async describe(path) {
      const dataset = find(path);
      return dataset === undefined ? null : describeStored(dataset);
    },
    async read(path, range) {
      const dataset = find(path);
      if (dataset === undefined) throw failure("DATASET_MISSING");
      return readStored(dataset, range);
    },
    async readExact(path, range) {
      const dataset = find(path);
      if (dataset === undefined) throw failure("DATASET_MISSING");
      return readStoredExact(dataset, range);
    },
  };
  const single = { ...right, ...faults.single?.(right, stored) };
  return {
    async describeMany(paths, signal) {
      signal?.throwIfAborted();
      return Promise.all(paths.map((path) => single.describe(path)));
    },
    async readMany(requests, signal) {
      signal?.throwIfAborted();
      return Promise.all(requests.map(({ path, ...range }) => single.read(path, range)));
    },
    async readExact(requests, signal) {
      signal?.throwIfAborted();
      return Promise.all(requests.map(({ path, ...range }) => single.readExact(path, range)));
    },
    async blocks({ latitude, longitude }) {
      const [lat, lon] = [find(latitude), find(longitude)];
      return lat === undefined || lon === undefined ? null : blocksOf(lat, lon);
    },
    async list(signal) {
      signal?.throwIfAborted();
      find("/");
      return listOf(stored, (path) => single.describe(path));
    },
    async close() {
      isOpen = false;
    },
  };
}

/** Entries in the order of the stored datasets, groups as they are first met. */
async function listOf(
  stored: readonly StoredDataset[],
  describe: Single["describe"],
): Promise<readonly GranuleEntry[]> {
  const entries = new Map<string, GranuleEntry>([["/", { path: "/", dataset: null, attributes: {} }]]);
  for (const dataset of stored) {
    const { path, shape, dtype } = dataset;
    const info = await describe(path);
    const chunkRows = info?.chunkRows ?? null;
    const names = path.split("/").slice(1, -1);
    names.forEach((_name, depth) => {
      const group = `/${names.slice(0, depth + 1).join("/")}`;
      entries.set(group, { path: group, dataset: null, attributes: {} });
    });
    const chunkShape = chunkRows === null ? null : [chunkRows, ...shape.slice(1)];
    const dimensions = shape.map(() => null);
    const listed = { info, shape, type: dtype, chunkShape, filters: [], dimensions };
    entries.set(path, { path, dataset: listed, attributes: { rows: shape[0] ?? 0 } });
  }
  return [...entries.values()];
}

const BLOCK_ROWS = 5;

/** Blocks of five rows; without a box when they cross the antimeridian. */
function blocksOf(lat: StoredDataset, lon: StoredDataset): RowBlock[] {
  const blocks: RowBlock[] = [];
  for (let start = 0; start < lat.values.length; start += BLOCK_ROWS) {
    const stop = Math.min(start + BLOCK_ROWS, lat.values.length);
    const places = lat.values
      .slice(start, stop)
      .map((value, i) => [Number(lon.values[start + i]), Number(value)] as const)
      .filter(([east, north]) => Number.isFinite(east) && Math.abs(north) <= 90);
    const [lons, lats] = [places.map(([east]) => east), places.map(([, north]) => north)];
    const [west, east] = [Math.min(...lons), Math.max(...lons)];
    const isKnown = places.length > 0 && east - west < 180;
    blocks.push({ start, stop, bbox: isKnown ? [west, Math.min(...lats), east, Math.max(...lats)] : null });
  }
  return blocks;
}

function describeStored({ shape, dtype, fillValue, chunkRows, encoding }: StoredDataset): DatasetInfo {
  const asHeld = dtype === "float32" ? Math.fround(Number(fillValue)) : Number(fillValue);
  const isDouble = fillValue === null || !isWide(dtype) || BigInt(Number(fillValue)) === BigInt(fillValue);
  return {
    shape,
    dtype,
    fillValue: fillValue === null ? null : asHeld,
    chunkRows,
    ...(encoding === undefined ? {} : { encoding }),
    ...(isDouble ? {} : { exactFill: fillValue as `${bigint}` }),
  };
}

const isWide = (dtype: DType): boolean => dtype === "int64" || dtype === "uint64";

function readStoredExact(dataset: StoredDataset, range: ReadRange): TypedArray {
  if (!isWide(dataset.dtype)) return readStored(dataset, range);
  const column = readStored({ ...dataset, dtype: "float64" }, range).length;
  const [, columns = 1] = dataset.shape;
  const out = allocate(dataset.dtype, column) as BigInt64Array;
  return out.map((_, i) => BigInt(dataset.values[(range.start + i) * columns + (range.column ?? 0)]!));
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
  const missing = dataset.encoding?.missing.map(String) ?? [];
  for (let row = start; row < stop; row++) {
    const stored = dataset.values[row * columns + column]!;
    const value = Number(stored);
    if (
      wide &&
      stored !== dataset.fillValue &&
      !missing.includes(stored) &&
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

const encodings = ["missing", "sign", "packing", "valid"] as const;
const common = { make, format: { encodings } } satisfies Partial<ReaderContractOptions>;

const bareFormat: ReaderFormat = { dtypes: ["float64"], columns: false, fillValues: false, chunks: false };
const bare = text({
  single: ({ describe }) => ({
    async describe(path) {
      const info = await describe(path);
      if (info === null) return null;
      const { encoding: _encoding, ...plain } = info;
      return { ...plain, fillValue: null, chunkRows: null };
    },
  }),
});
const inexact = text({ granule: ({ readMany }) => ({ readMany, readExact: undefined as never }) });

readerContract({ describe, it, expect, reader: text(), ...common });
readerContract({ describe, it, expect, reader: inexact, ...common });
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

/** Another list. */
const listedAs = (change: (entries: readonly GranuleEntry[]) => readonly GranuleEntry[]): Faults => ({
  granule: ({ list }) => ({ list: async (signal) => change(await list!(signal)) }),
});

const readAnother = (change: (range: ReadRange, info: DatasetInfo) => ReadRange): Faults => ({
  single: ({ describe, read }) => ({
    async read(path, range) {
      const info = await describe(path);
      return read(path, info === null ? range : change(range, info));
    },
  }),
});

/** Another description of how numbers are stored, where there is one. */
const encodedAs = (change: (encoding: DatasetEncoding) => DatasetEncoding | undefined): Faults => ({
  single: ({ describe }) => ({
    async describe(path) {
      const { encoding, ...info } = (await describe(path)) ?? {};
      if (!("shape" in info)) return null;
      const changed = encoding && change(encoding);
      return { ...info, ...(changed === undefined ? {} : { encoding: changed }) };
    },
  }),
});

const everyDtype: Faults = {
  single: ({ read }) => ({ read: async (path, range) => new Float64Array(await read(path, range)) }),
};

/** Readers with one fault each, and the law that has to find it. */
const faults: readonly (readonly [fault: string, law: string, faults: Faults, format?: ReaderFormat])[] = [
  ["a future contract", "its descriptor is whole", { descriptor: { apiVersion: 3 as 2 } }],
  [
    "an empty file taken for a granule without datasets",
    "an empty file, and one of another format, is GRANULE_FORMAT",
    {
      descriptor: {
        open: async (source) => (source.size === 0 ? granuleOf([]) : text().open(source)),
      },
    },
  ],
  [
    "a file cut short taken for a whole one",
    "a truncated file is GRANULE_FORMAT, wherever it is cut",
    {
      descriptor: {
        open: async (source) =>
          text()
            .open(source)
            .catch(() => granuleOf([])),
      },
    },
  ],
  [
    "an error on closing twice",
    "closing twice is no error, and what is closed reads no more",
    {
      granule: ({ close, describeMany }) => ({
        async close() {
          await describeMany(["/"]);
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
          return { readMany: (requests) => last!.readMany(requests) };
        },
      };
    })(),
  ],
  [
    "64-bit integers described as what they are read as",
    "it describes every dataset as it was stored",
    {
      single: ({ describe }) => ({
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
      single: ({ describe }) => ({
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
      single: ({ read }, stored) => ({
        async read(path, range) {
          const dataset = stored.find((one) => one.path === path && one.dtype === "int64");
          if (dataset === undefined) return read(path, range);
          return Float64Array.from(dataset.values.slice(range.start, range.stop), Number);
        },
      }),
    },
  ],
  [
    "exact integers that were doubles",
    "int64 that is read exactly is what was stored, in every range",
    {
      single: ({ readExact }) => ({
        async readExact(path, range) {
          const column = await readExact(path, range);
          return column instanceof BigInt64Array ? column.map((value) => BigInt(Number(value))) : column;
        },
      }),
    },
  ],
  [
    "exact unsigned integers with a sign",
    "uint64 that is read exactly is what was stored, in every range",
    {
      single: ({ readExact }) => ({
        async readExact(path, range) {
          const column = await readExact(path, range);
          return column instanceof BigUint64Array ? new BigInt64Array(column.buffer) : column;
        },
      }),
    },
  ],
  [
    "exact columns of the first column",
    "uint64 that is read exactly is what was stored, in every range",
    {
      single: ({ readExact }) => ({
        readExact: (path, range) =>
          readExact(path, range.column === undefined ? range : { ...range, column: 0 }),
      }),
    },
  ],
  [
    "the nearest double for an exact fill value",
    "the fill value of int64 is told digit by digit exactly where it is no double",
    {
      single: ({ describe }) => ({
        async describe(path) {
          const info = await describe(path);
          return info?.exactFill === undefined
            ? info
            : { ...info, exactFill: `${BigInt(info.fillValue!)}` as const };
        },
      }),
    },
  ],
  [
    "an exact fill value where a double says it",
    "the fill value of uint64 is told digit by digit exactly where it is no double",
    {
      single: ({ describe }) => ({
        async describe(path) {
          const info = await describe(path);
          return info?.dtype === "uint64" && info.fillValue !== null
            ? { exactFill: `${BigInt(info.fillValue)}` as const, ...info }
            : info;
        },
      }),
    },
  ],
  [
    "doubles for what is no 64-bit integer",
    "what is no 64-bit integer is read exactly as it is read",
    {
      single: ({ readExact }) => ({
        async readExact(path, range) {
          const column = await readExact(path, range);
          return column instanceof BigInt64Array || column instanceof BigUint64Array
            ? column
            : new Float64Array(column);
        },
      }),
    },
  ],
  [
    "exact reads of rows that are not there",
    "exact reads fail as reads do, and are the caller's own",
    {
      single: ({ readExact, describe }) => ({
        async readExact(path, range) {
          const { shape: [rows = 0] = [] } = (await describe(path)) ?? {};
          return readExact(path, { ...range, stop: Math.min(range.stop, rows) });
        },
      }),
    },
  ],
  [
    "one array for equal exact reads",
    "exact reads fail as reads do, and are the caller's own",
    {
      granule: ({ readExact }) => ({
        async readExact(requests, signal) {
          const found = await readExact!(requests, signal);
          return requests.map((one) => found[requests.findIndex((other) => other.path === one.path)]!);
        },
      }),
    },
  ],
  [
    "a fill value that is not rounded as its elements are",
    "a value that was stored as the fill value is read as the fill value",
    {
      single: ({ describe }) => ({
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
      single: ({ read }) => {
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
      single: ({ read }) => {
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
  [
    "its source closed with it",
    "closing a granule leaves its source open",
    {
      granule: ({ close }, _stored, source) => ({
        async close() {
          await close();
          await source.close();
        },
      }),
    },
  ],
  [
    "descriptions without those of absent datasets",
    "it describes many datasets as it describes them one by one, in the order asked",
    {
      granule: ({ describeMany }) => ({
        async describeMany(paths, signal) {
          const found = await describeMany(paths, signal);
          return paths.length === 1 ? found : found.filter((info) => info !== null);
        },
      }),
    },
  ],
  [
    "columns in the order of their places in the file",
    "it reads many ranges as it reads them one by one, in the order asked",
    {
      granule: ({ readMany }) => ({
        readMany: (requests, signal) => {
          const ordered = requests.toSorted((a, b) => a.start - b.start);
          return readMany(requests.some(({ stop }) => stop > 13) ? requests : ordered, signal);
        },
      }),
    },
  ],
  [
    "one column for equal requests",
    "equal ranges asked together are columns of their own",
    {
      granule: ({ readMany }) => ({
        async readMany(requests, signal) {
          const columns = new Map<string, Column>();
          const found = await readMany(requests, signal);
          return requests.map((request, i) => {
            const key = JSON.stringify(request);
            const column = columns.get(key) ?? found[i]!;
            columns.set(key, column);
            return column;
          });
        },
      }),
    },
  ],
  [
    "the first column asked of a dataset for its others",
    "columns of one dataset asked together are what they are one by one",
    {
      granule: ({ readMany }) => ({
        readMany: (requests, signal) => {
          const first = new Map<string, number | undefined>();
          const asked = requests.map((request) => {
            if (request.column === undefined) return request;
            if (!first.has(request.path)) first.set(request.path, request.column);
            return { ...request, column: first.get(request.path)! };
          });
          return readMany(asked, signal);
        },
      }),
    },
  ],
  [
    "nothing for a range that cannot be read beside others",
    "one range that cannot be read refuses all that is asked with it",
    {
      granule: ({ readMany }) => ({
        readMany: (requests, signal) =>
          requests.length === 1
            ? readMany(requests, signal)
            : Promise.all(
                requests.map((request) =>
                  readMany([request], signal).then(
                    ([column]) => column!,
                    () => new Float64Array(),
                  ),
                ),
              ),
      }),
    },
  ],
  [
    "a signal that nobody heeds",
    "an aborted signal ends what is asked with its reason",
    { granule: ({ readMany }) => ({ readMany: (requests) => readMany(requests) }) },
  ],
  [
    "blocks that leave out the last rows",
    "blocks hold each row once, in order, and the point of each",
    {
      granule: ({ blocks }) => ({
        blocks: async (paths) => (await blocks!(paths))?.slice(0, -1) ?? null,
      }),
    },
  ],
  [
    "the box of the first row for a block",
    "blocks hold each row once, in order, and the point of each",
    {
      granule: ({ blocks, readMany }) => ({
        async blocks(paths) {
          const all = await blocks!(paths);
          if (all === null) return null;
          const rows = { start: 0, stop: all.at(-1)!.stop };
          const [lat, lon] = await readMany([
            { path: paths.latitude, ...rows },
            { path: paths.longitude, ...rows },
          ]);
          return all.map(({ start, stop }) => {
            return { start, stop, bbox: [lon![start]!, lat![start]!, lon![start]!, lat![start]!] };
          });
        },
      }),
    },
  ],
  [
    "blocks of the whole globe",
    "blocks of datasets that are not there are null",
    { granule: () => ({ blocks: async () => [{ start: 0, stop: 13, bbox: [-180, -90, 180, 90] }] }) },
  ],
  [
    "packed numbers that nobody hears of",
    "it describes how numbers are stored, in JSON, and reads them as they are stored",
    encodedAs(() => undefined),
  ],
  [
    "numbers that are unpacked as they are read, and described as packed",
    "it describes how numbers are stored, in JSON, and reads them as they are stored",
    {
      single: ({ read }, stored) => ({
        async read(path, range) {
          const column = await read(path, range);
          const packing = stored.find((dataset) => dataset.path === path)?.encoding?.packing;
          if (packing === undefined || packing === null) return column;
          return Float64Array.from(column, (value) => value * packing.scale + packing.offset);
        },
      }),
    },
  ],
  [
    "missing values in units of values",
    "it describes how numbers are stored, in JSON, and reads them as they are stored",
    encodedAs((encoding) => ({
      ...encoding,
      missing: encoding.missing.map((one) => Number(one) * (encoding.packing?.scale ?? 1)),
    })),
  ],
  [
    "the first of several missing values",
    "it describes how numbers are stored, in JSON, and reads them as they are stored",
    encodedAs((encoding) => ({ ...encoding, missing: encoding.missing.slice(0, 1) })),
  ],
  [
    "a missing value that JSON lacks",
    "it describes how numbers are stored, in JSON, and reads them as they are stored",
    encodedAs((encoding) => ({
      ...encoding,
      missing: encoding.missing.map((one) => (one === "NaN" ? NaN : one)),
    })),
  ],
  [
    "integers described by the sign that they are meant with",
    "it describes how numbers are stored, in JSON, and reads them as they are stored",
    {
      single: ({ describe }) => ({
        async describe(path) {
          const info = await describe(path);
          return info?.encoding?.sign === "unsigned" ? { ...info, dtype: "uint8" } : info;
        },
      }),
    },
  ],
  [
    "missing integers beyond 2^53 refused like others",
    "a number that was stored as a missing one is read as it is described",
    {
      single: ({ read }) => ({
        async read(path, range) {
          const column = await read(path, range);
          if (column.some((value) => Math.abs(value) > 2 ** 53)) throw failure("DATASET_PRECISION");
          return column;
        },
      }),
    },
  ],
  [
    "plain numbers described as packed by 1",
    "what it does not say of numbers, and of those that are plain, is not there",
    {
      single: ({ describe }) => ({
        async describe(path) {
          const info = await describe(path);
          const packing = { scale: 1, offset: 0, dtype: "float64" } as const;
          const encoding = { missing: [], sign: null, packing, valid: null, problems: [] };
          return info === null ? null : { encoding, ...info };
        },
      }),
    },
  ],
  [
    "packing of a format that is said to have none",
    "what it does not say of numbers, and of those that are plain, is not there",
    {},
    { encodings: ["missing", "sign", "valid"] },
  ],
  [
    "a list of what is in groups of the root alone",
    "it lists each dataset and each group once, a group before what is in it",
    listedAs((entries) => entries.filter(({ path }) => path.split("/").length < 4)),
  ],
  [
    "a list without groups",
    "it lists each dataset and each group once, a group before what is in it",
    listedAs((entries) => entries.filter(({ dataset }) => dataset !== null)),
  ],
  [
    "groups listed after what they hold",
    "it lists each dataset and each group once, a group before what is in it",
    listedAs((entries) => entries.toReversed()),
  ],
  [
    "one dataset listed twice",
    "it lists each dataset and each group once, a group before what is in it",
    listedAs((entries) => [...entries, entries.at(-1)!]),
  ],
  [
    "a list that says less of datasets than their descriptions",
    "what it lists is what it describes, in JSON",
    listedAs((entries) =>
      entries.map(({ dataset, ...entry }) => ({
        ...entry,
        dataset: dataset === null ? null : { ...dataset, info: null },
      })),
    ),
  ],
  [
    "attributes that JSON lacks",
    "what it lists is what it describes, in JSON",
    listedAs((entries) => entries.map((entry) => ({ ...entry, attributes: { least: -Infinity } }))),
  ],
  [
    "chunks of one dimension too few",
    "what it lists is what it describes, in JSON",
    listedAs((entries) =>
      entries.map(({ dataset, ...entry }) => ({
        ...entry,
        dataset: dataset === null ? null : { ...dataset, chunkShape: dataset.chunkShape?.slice(1) ?? null },
      })),
    ),
  ],
  [
    "a list that heeds no signal",
    "an aborted signal ends a listing with its reason, and what is closed lists nothing",
    { granule: ({ list }) => ({ list: () => list!() }) },
  ],
  [
    "a list that is kept after close",
    "an aborted signal ends a listing with its reason, and what is closed lists nothing",
    {
      granule: ({ list }) => {
        let known: readonly GranuleEntry[] | undefined;
        return {
          async list(signal) {
            signal?.throwIfAborted();
            return (known ??= await list!(signal));
          },
        };
      },
    },
  ],
  [
    "a read that does not wait",
    "a source that answers late is read as one that answers at once",
    {
      descriptor: {
        async open(source) {
          let bytes = new Uint8Array(source.size);
          void bytesOf(source).then((all) => (bytes = all as Uint8Array<ArrayBuffer>));
          await Promise.resolve();
          for (let turn = 0; turn < 100; turn++) await Promise.resolve();
          return granuleOf(parse(new TextDecoder().decode(bytes)));
        },
      },
    },
  ],
  [
    "zeros for what the source does not give",
    "a source that breaks off is an error with the source's code, at whichever read, and no wrong number",
    {
      granule: ({ readMany }, _stored, source) => ({
        async readMany(requests, signal) {
          const columns = await readMany(requests, signal);
          await source
            .read([{ start: 0, stop: 1 }], signal)
            .catch(() => columns.forEach((one) => one.fill(0)));
          return columns;
        },
      }),
    },
  ],
  [
    "an error of its own for a source that breaks off",
    "a source that breaks off is an error with the source's code, at whichever read, and no wrong number",
    {
      descriptor: {
        open: (source, signal) =>
          text()
            .open(source, signal)
            .catch((error: { code?: string }) => {
              throw error.code === "GRANULE_FORMAT" || signal?.aborted === true
                ? error
                : new Error("unknown");
            }),
      },
    },
  ],
];

describe("the reader kit finds", () => {
  for (const [fault, law, change, other] of faults) {
    it(fault, async () => {
      const reader = text(change);
      const format = { ...common.format, ...other };
      expect(await brokenLaws((kit) => readerContract({ ...kit, ...common, reader, format }), law)).toEqual([
        law,
      ]);
    });
  }
});
