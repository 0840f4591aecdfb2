/** Laws of reading 64-bit integers as they are. */
import { integerRange, type DType, type TypedArray, type WideColumn } from "../../dtype.js";
import type { Granule, ReadRange, ReadRequest } from "../../reader.js";
import { broken, type Law } from "../framework.js";
import type { ContractDataset } from "./contract.js";
import {
  COLUMNS,
  EXACT,
  ROWS,
  assertCode,
  assertColumn,
  datasetOf,
  describeOne,
  type Granules,
} from "./granules.js";
import { failureOf, show } from "../values.js";

const WHOLE = { start: 0, stop: ROWS };
const REASON = new Error("stopped by the kit");
const wideDtypes: readonly DType[] = ["int64", "uint64"];

type ReadExact = NonNullable<Granule["readExact"]>;

export function exactLaws(granules: Granules, law: Law): void {
  const { format } = granules;
  const wide = wideDtypes.filter((dtype) => format.dtypes.includes(dtype));

  /** Opens a granule; a granule that does not read so keeps the law. */
  const within = (
    datasets: readonly ContractDataset[],
    test: (readExact: ReadExact, granule: Granule) => Promise<void>,
  ): Promise<void> =>
    granules.within(datasets, async (granule) => {
      if (granule.readExact !== undefined) await test((...asked) => granule.readExact!(...asked), granule);
    });

  for (const dtype of wide) {
    law(`${dtype} that is read exactly is what was stored, in every range`, async () => {
      const line = wideDataset(dtype);
      const table = wideDataset(dtype, { path: "/group/table", shape: [ROWS, COLUMNS] });
      await within(format.columns ? [line, table] : [line], async (readExact) => {
        for (const [start, stop] of [
          [0, ROWS],
          [0, 3],
          [3, 9],
          [5, 5],
          [12, 13],
        ] as const) {
          await assertExact(readExact, [{ dataset: line, range: { start, stop } }]);
          if (!format.columns) continue;
          const columns = [2, 0, 1, 0].map((column) => ({ dataset: table, range: { start, stop, column } }));
          for (const one of columns) await assertExact(readExact, [one]);
          await assertExact(readExact, columns);
        }
      });
    });

    law(`the fill value of ${dtype} is told digit by digit exactly where it is no double`, async () => {
      const [least, most] = integerRange(dtype)!;
      for (const fillValue of [7n, EXACT, EXACT + 1n, least, least + 2n, most, most - 1n]) {
        const dataset = wideDataset(dtype, { fillValue });
        await within([dataset], async (_readExact, granule) => {
          const info = await describeOne(granule, dataset.path);
          const isDouble = BigInt(Number(fillValue)) === fillValue;
          const wanted = isDouble || !format.fillValues ? undefined : String(fillValue);
          if (info?.exactFill !== wanted)
            broken(`exactFill is ${show(info?.exactFill)}, and ${fillValue} was stored`);
        });
      }
    });
  }

  law("what is no 64-bit integer is read exactly as it is read", async () => {
    const datasets = format.dtypes.filter((dtype) => !wide.includes(dtype)).map((dtype) => datasetOf(dtype));
    await within(datasets, async (readExact) => {
      const found = await readExact(datasets.map(({ path }) => ({ path, ...WHOLE })));
      for (const [i, dataset] of datasets.entries())
        assertColumn(found[i] as Parameters<typeof assertColumn>[0], dataset, WHOLE);
    });
  });

  law("exact reads fail as reads do, and are the caller's own", async () => {
    const dataset = wide[0] === undefined ? datasetOf("float64") : wideDataset(wide[0]);
    const good = { path: dataset.path, ...WHOLE };
    const bad: readonly (readonly [ReadRequest, string])[] = [
      [{ path: "/absent", start: 0, stop: 0 }, "DATASET_MISSING"],
      [{ path: dataset.path, start: 0, stop: ROWS + 1 }, "DATASET_SHAPE"],
    ];
    await within([dataset], async (readExact) => {
      for (const [request, code] of bad) {
        const failure = await failureOf(() => readExact([good, request]));
        if (failure === undefined) broken(`${show(request)} is read`);
        assertCode(failure, [code], `reading ${show(request)} exactly`);
      }
      const failure = await failureOf(() => readExact([good], AbortSignal.abort(REASON)));
      if (failure !== REASON)
        broken(`reading ends with ${String(failure ?? "an answer")}, not with the signal's reason`);
      const [one, other] = await readExact([good, good]);
      const kept = other!.slice();
      new Uint8Array(one!.buffer, one!.byteOffset, one!.byteLength).fill(5);
      if (other!.some((value, row) => !Object.is(value, kept[row]))) broken("equal reads share memory");
    });
  });
}

/** Integers of which doubles are not exact, and the extremes of the dtype; those of row r are told apart from other rows'. */
function wideDataset(dtype: DType, change: Partial<ContractDataset> = {}): ContractDataset {
  const [least, most] = integerRange(dtype)!;
  const dataset = datasetOf(dtype, { path: `/group/${dtype}`, ...change });
  const values = (dataset.values as WideColumn).map((_, i) => EXACT + BigInt(i));
  const extremes = [least, most, least + 1n, most - 1n, EXACT + 1n, 0n];
  for (const [i, value] of extremes.entries()) values[i * (change.shape?.[1] ?? 1)] = value;
  return { ...dataset, values: values as TypedArray };
}

interface ExactRead {
  readonly dataset: ContractDataset;
  readonly range: ReadRange;
}

async function assertExact(readExact: ReadExact, reads: readonly ExactRead[]): Promise<void> {
  const found = await readExact(reads.map(({ dataset: { path }, range }) => ({ path, ...range })));
  if (found.length !== reads.length) broken(`${reads.length} ranges have ${found.length} columns`);
  for (const [i, { dataset, range }] of reads.entries()) {
    const { path, dtype, shape, values } = dataset;
    const width = shape[1] ?? 1;
    const wanted = Array.from({ length: range.stop - range.start }, (_, row) =>
      String(values[(range.start + row) * width + (range.column ?? 0)]),
    );
    const column = found[i]!;
    const type = dtype === "int64" ? "BigInt64Array" : "BigUint64Array";
    if (column.constructor.name !== type)
      broken(`${path} is a ${column.constructor.name}, and ${dtype} a ${type}`);
    const texts = Array.from(column as ArrayLike<bigint>, String);
    if (show(texts) !== show(wanted))
      broken(`${path} ${show(range)} is ${show(texts)}, and ${show(wanted)} was stored`);
  }
}
