/** Granules for the laws of readers. */
import {
  allocate,
  dtypes,
  integerRange,
  isFloat,
  type Column,
  type DType,
  type TypedArray,
} from "../../dtype.js";
import { isCodedError } from "../../errors.js";
import type { DatasetInfo, Granule, ReadRange } from "../../reader.js";
import type { ByteSource } from "../../source.js";
import { broken } from "../framework.js";
import type { ContractDataset, ReaderContractOptions, ReaderFormat } from "./contract.js";
import { bytesInMemory } from "../source/memory-source.js";
import { failureOf, firstDifference, show } from "../values.js";

export const ROWS = 13;
export const COLUMNS = 3;
/** Does not divide ROWS. */
const CHUNK_ROWS = 4;
/** The largest integer to which doubles are exact. */
export const EXACT = 2n ** 53n;

export interface Granules {
  readonly options: ReaderContractOptions;
  readonly format: Required<ReaderFormat>;
  sourceOf(bytes: Uint8Array): Promise<ByteSource>;
  /** Opens a granule of these datasets, and closes it and its source afterwards. */
  within(datasets: readonly ContractDataset[], test: (granule: Granule) => Promise<void>): Promise<void>;
  /** @throws when opening bytes does not fail with a ReaderError of one of these codes */
  assertRefused(bytes: Uint8Array, codes: readonly string[], what: string): Promise<unknown>;
}

export function createGranules(options: ReaderContractOptions): Granules {
  const { reader } = options;
  const sourceOf = async (bytes: Uint8Array): Promise<ByteSource> =>
    options.source === undefined ? bytesInMemory(bytes) : options.source(bytes);
  const all = {
    dtypes: dtypes.filter((dtype) => dtype !== "bool"),
    columns: true,
    fillValues: true,
    chunks: true,
    encodings: [],
  };
  return {
    options,
    format: { ...all, ...options.format },
    sourceOf,
    async within(datasets, test) {
      const source = await sourceOf(await options.make(datasets));
      try {
        const granule = await reader.open(source);
        try {
          await test(granule);
        } finally {
          await granule.close();
        }
      } finally {
        await source.close();
      }
    },
    async assertRefused(bytes, codes, what) {
      const source = await sourceOf(bytes);
      let granule: Granule | undefined;
      const failure = await failureOf(async () => {
        granule = await reader.open(source);
      });
      await granule?.close();
      await source.close();
      if (failure === undefined) broken(`${what} is opened`);
      assertCode(failure, codes, what);
      return failure;
    },
  };
}

/** One dataset described. */
export async function describeOne(granule: Granule, path: string): Promise<DatasetInfo | null> {
  const found = await granule.describeMany([path]);
  if (found.length !== 1) broken(`describing one dataset gives ${found.length} answers`);
  return found[0]!;
}

/** One range read. */
export async function readOne(granule: Granule, path: string, range: ReadRange): Promise<Column> {
  const found = await granule.readMany([{ path, ...range }]);
  if (found.length !== 1) broken(`reading one range gives ${found.length} answers`);
  return found[0]!;
}

/** @throws when an error is not a ReaderError of one of these codes */
export function assertCode(failure: unknown, codes: readonly string[], what: string): void {
  if (!isCodedError(failure)) return broken(`${what} throws ${String(failure)}, which has no code`);
  if (failure.name !== "ReaderError") broken(`${what} throws a ${failure.name}, not a ReaderError`);
  if (!codes.includes(failure.code))
    broken(`${what} has the code ${failure.code}, not ${codes.join(" or ")}`);
}

/** A dataset of a dtype that holds its extremes; the numbers of row r are told apart from those of other rows. */
export function datasetOf(dtype: DType, change: Partial<ContractDataset> = {}): ContractDataset {
  const columns = change.shape?.[1] ?? 1;
  const values = allocate(dtype, (change.shape?.[0] ?? ROWS) * columns);
  const range = integerRange(dtype);
  for (let i = 0; i < values.length; i++) set(values, i, i % 100);
  if (range === undefined) {
    [NaN, Infinity, -Infinity, -0, Math.fround(1e-40), Math.fround(-3.4e38)].forEach((value, i) => {
      if (i + 1 < values.length) set(values, i + 1, value);
    });
  } else {
    const [least, most] = [range[0] < -EXACT ? -EXACT : range[0], range[1] > EXACT ? EXACT : range[1]];
    if (values.length > 2) set(values, 1, dtype === "bool" ? 1 : least);
    if (values.length > 2) set(values, 2, dtype === "bool" ? 0 : most);
    if (dtype === "bool") for (let i = 0; i < values.length; i++) set(values, i, i % 3 === 0 ? 1 : 0);
  }
  return {
    path: `/gt1l/land_ice_segments/${dtype}`,
    dtype,
    shape: [ROWS],
    values,
    fillValue: null,
    chunkRows: CHUNK_ROWS,
    ...change,
  };
}

function set(values: TypedArray, i: number, value: number | bigint): void {
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) values[i] = BigInt(value);
  else values[i] = Number(value);
}

/** What reading a range must give. */
export function wantedOf({ dtype, shape, values }: ContractDataset, range: ReadRange): Column {
  const columns = shape[1] ?? 1;
  const found = allocate(
    dtype === "int64" || dtype === "uint64" ? "float64" : dtype,
    range.stop - range.start,
  );
  for (let row = range.start; row < range.stop; row++) {
    const value = values[row * columns + (range.column ?? 0)]!;
    set(found, row - range.start, isFloat(dtype) ? value : Number(value));
  }
  return found as Column;
}

/** @throws when reading a range does not give the dataset's values, in the column type of its dtype */
export async function assertReads(
  granule: Granule,
  dataset: ContractDataset,
  range: ReadRange,
): Promise<void> {
  assertColumn(await readOne(granule, dataset.path, range), dataset, range);
}

export function assertColumn(found: Column, dataset: ContractDataset, range: ReadRange): void {
  const wanted = wantedOf(dataset, range);
  const at = `${dataset.path} ${show(range)}`;
  const [type, wantedType] = [found.constructor.name, wanted.constructor.name];
  if (type !== wantedType) broken(`${at} is a ${type}, and ${dataset.dtype} is a ${wantedType}`);
  if (found.length !== wanted.length) broken(`${at} has ${found.length} values, not ${wanted.length}`);
  const row = firstDifference(found, wanted);
  if (row >= 0) broken(`${at}: value ${row} is ${found[row]}, and ${wanted[row]} was stored`);
}
