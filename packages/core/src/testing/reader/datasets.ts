/** Laws of describing and reading datasets. */
import { dtypes, isFloat, type DType } from "../../dtype.js";
import { broken, type Law } from "../framework.js";
import type { ContractDataset } from "./contract.js";
import {
  COLUMNS,
  EXACT,
  ROWS,
  assertCode,
  assertColumn,
  assertReads,
  datasetOf,
  describeOne,
  readOne,
  type Granules,
} from "./granules.js";
import { failureOf, show } from "../values.js";

const WHOLE = { start: 0, stop: ROWS };
const wideDtypes: readonly DType[] = ["int64", "uint64"];

export function datasetLaws(granules: Granules, law: Law): void {
  const { format, options } = granules;
  const everyDtype = (change: Partial<ContractDataset> = {}) =>
    format.dtypes.map((dtype) => datasetOf(dtype, change));
  const table = (change: Partial<ContractDataset> = {}): ContractDataset =>
    datasetOf("float64", { path: "/group/table", shape: [ROWS, COLUMNS], ...change });

  law("it describes every dataset as it was stored", async () => {
    const datasets = [
      ...everyDtype(),
      datasetOf("float64", { path: "/contiguous", chunkRows: null }),
      datasetOf("float64", { path: "/group/empty", shape: [0], values: new Float64Array(), chunkRows: null }),
      ...(format.columns ? [table()] : []),
    ];
    await granules.within(datasets, async (granule) => {
      for (const { path, shape, dtype, chunkRows } of datasets) {
        const found = await describeOne(granule, path);
        const wanted = { shape, dtype, fillValue: null, chunkRows: format.chunks ? chunkRows : null };
        for (const key of ["shape", "dtype", "fillValue", "chunkRows"] as const) {
          if (show(found?.[key]) !== show(wanted[key])) {
            broken(`${key} of ${path} is ${show(found?.[key])}, and ${show(wanted[key])} was stored`);
          }
        }
        if (show(await describeOne(granule, path)) !== show(found))
          broken(`${path} is described otherwise the second time`);
      }
    });
  });

  law("it reads no more than its format is said to hold", async () => {
    const said = options.format?.dtypes;
    const others = dtypes.filter((dtype) => said !== undefined && !said.includes(dtype));
    const unsaid = others.map((dtype) => datasetOf(dtype));
    if (!format.columns) unsaid.push(table());
    for (const dataset of unsaid) {
      const range = dataset.shape.length === 2 ? { ...WHOLE, column: 1 } : WHOLE;
      const failure = await failureOf(() =>
        granules.within([dataset], (granule) => assertReads(granule, dataset, range)),
      );
      if (failure === undefined)
        broken(`it reads ${dataset.dtype} of shape ${show(dataset.shape)}: say so in \`format\``);
    }
  });

  law("it describes what is no dataset as null, and refuses to read it", async () => {
    const dataset = datasetOf("float64");
    await granules.within([dataset], async (granule) => {
      for (const path of [
        "/absent",
        "/absent/below",
        "/gt1l",
        "/gt1l/land_ice_segments",
        "/",
        `${dataset.path}/below`,
      ]) {
        const found = await describeOne(granule, path);
        if (found !== null) broken(`${path} is described as ${show(found)}`);
        const failure = await failureOf(() => readOne(granule, path, { start: 0, stop: 0 }));
        assertCode(failure, ["DATASET_MISSING"], `reading ${path}`);
      }
    });
  });

  law("it reads every range of every dtype", async () => {
    const datasets = [...everyDtype(), datasetOf("float64", { path: "/contiguous", chunkRows: null })];
    await granules.within(datasets, async (granule) => {
      for (const dataset of datasets) {
        for (let start = 0; start <= ROWS; start++) {
          for (let stop = start; stop <= ROWS; stop++) await assertReads(granule, dataset, { start, stop });
        }
      }
    });
  });

  law("it reads nothing of an empty dataset", async () => {
    const empty = datasetOf("float64", { shape: [0], values: new Float64Array(), chunkRows: null });
    await granules.within([empty], (granule) => assertReads(granule, empty, { start: 0, stop: 0 }));
  });

  if (format.columns) {
    law("it reads every column of two dimensions", async () => {
      await granules.within([table()], async (granule) => {
        for (let column = 0; column < COLUMNS; column++) {
          for (const [start, stop] of [
            [0, ROWS],
            [3, 9],
            [5, 5],
            [12, 13],
          ] as const) {
            await assertReads(granule, table(), { start, stop, column });
          }
        }
      });
    });
  }

  law("a range that does not fit the dataset is DATASET_SHAPE", async () => {
    const line = datasetOf("float64");
    await granules.within(format.columns ? [line, table()] : [line], async (granule) => {
      const misfits = [
        [line.path, { start: 0, stop: ROWS + 1 }],
        [line.path, { start: ROWS + 5, stop: ROWS + 6 }],
        [line.path, { ...WHOLE, column: 0 }],
        ...(format.columns
          ? ([
              ["/group/table", WHOLE],
              ["/group/table", { ...WHOLE, column: COLUMNS }],
              ["/group/table", { ...WHOLE, column: -1 }],
            ] as const)
          : []),
      ] as const;
      for (const [path, range] of misfits) {
        const what = `${path} ${show(range)} of ${path === line.path ? ROWS : `${ROWS} × ${COLUMNS}`}`;
        const failure = await failureOf(() => readOne(granule, path, range));
        if (failure === undefined) broken(`${what} is read`);
        assertCode(failure, ["DATASET_SHAPE"], what);
      }
    });
  });

  law("a range that is none is refused", async () => {
    const dataset = datasetOf("float64");
    await granules.within([dataset], async (granule) => {
      for (const [start, stop] of [
        [5, 4],
        [-1, 3],
        [0.5, 2],
        [0, NaN],
      ] as const) {
        const failure = await failureOf(() => readOne(granule, dataset.path, { start, stop }));
        if (failure === undefined) broken(`rows ${start} to ${stop} are read`);
      }
    });
  });

  for (const dtype of wideDtypes.filter((wide) => format.dtypes.includes(wide))) {
    law(`${dtype} is exact to 2^53, and DATASET_PRECISION beyond`, async () => {
      const dataset = datasetOf(dtype);
      const values = dataset.values as BigInt64Array | BigUint64Array;
      const beyond = { ...dataset, values: values.map((value, row) => (row === 7 ? EXACT + 1n : value)) };
      await granules.within([dataset], (granule) => assertReads(granule, dataset, WHOLE));
      await granules.within([beyond as ContractDataset], async (granule) => {
        const failure = await failureOf(() => readOne(granule, dataset.path, WHOLE));
        if (failure === undefined) broken("2^53 + 1 is read");
        assertCode(failure, ["DATASET_PRECISION"], "2^53 + 1");
        await assertReads(granule, dataset, { start: 0, stop: 7 });
        await assertReads(granule, dataset, { start: 8, stop: ROWS });
      });
    });
  }

  law("a value that was stored as the fill value is read as the fill value", async () => {
    for (const dataset of everyDtype()) {
      const fillValue = fillOf(dataset.dtype);
      const filled = { ...dataset, fillValue, values: withFill(dataset.values, fillValue) };
      await granules.within([filled], async (granule) => {
        const info = await describeOne(granule, dataset.path);
        if (!format.fillValues) {
          if (info?.fillValue !== null)
            broken(`fillValue is ${show(info?.fillValue)}, and the format has none`);
          return;
        }
        const [read] = await readOne(granule, dataset.path, { start: 0, stop: 1 });
        if (info?.fillValue !== read) {
          broken(
            `fillValue of ${dataset.dtype} is ${show(info?.fillValue)}, and its element is read as ${show(read)}`,
          );
        }
        if (
          Number(fillValue) !== read &&
          !(dataset.dtype === "float32" && Math.fround(Number(fillValue)) === read)
        ) {
          broken(`the fill value ${show(fillValue)} of ${dataset.dtype} is read as ${show(read)}`);
        }
      });
    }
  });

  law("a column that was read is the caller's own", async () => {
    const dataset = datasetOf("float64");
    await granules.within([dataset], async (granule) => {
      const first = await readOne(granule, dataset.path, WHOLE);
      first.fill(5);
      await assertReads(granule, dataset, WHOLE);
    });
  });

  law("reads at once give what they give one by one", async () => {
    const datasets = everyDtype();
    await granules.within(datasets, async (granule) => {
      const asked = datasets.flatMap((dataset) =>
        [WHOLE, { start: 2, stop: 11 }].map((range) => ({
          dataset,
          range,
          read: readOne(granule, dataset.path, range),
        })),
      );
      for (const { dataset, range, read } of asked) assertColumn(await read, dataset, range);
    });
  });
}

/** A fill value as data products have them; for 64-bit integers one beyond 2^53. */
function fillOf(dtype: DType): number | bigint {
  if (dtype === "float32") return 3.4028234663852886e38;
  if (isFloat(dtype)) return 1.7976931348623157e308;
  if (dtype === "int64") return 2n ** 63n - 1n;
  if (dtype === "uint64") return 2n ** 64n - 1n;
  return dtype === "bool" ? 1 : 127;
}

function withFill(values: ContractDataset["values"], fill: number | bigint): ContractDataset["values"] {
  const filled = values.slice();
  if (filled instanceof BigInt64Array || filled instanceof BigUint64Array) filled[0] = BigInt(fill);
  else filled[0] = Number(fill);
  return filled;
}
