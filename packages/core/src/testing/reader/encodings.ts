/** Laws of how stored numbers stand for values. */
import type { DatasetEncoding } from "../../encoding/dataset-encoding.js";
import { broken, type Law } from "../framework.js";
import type { ContractDataset, EncodingPart } from "./contract.js";
import { ROWS, assertReads, datasetOf, describeOne, readOne, type Granules } from "./granules.js";
import { show } from "../values.js";

const WHOLE = { start: 0, stop: ROWS };
const NOTHING: DatasetEncoding = { missing: [], sign: null, packing: null, valid: null, problems: [] };

/** Datasets with what each part may say, and with all of it. */
const examples: readonly (readonly [EncodingPart | "all", ContractDataset])[] = [
  ["missing", encoded("int16", { missing: [-9999, 127] }, -32_768)],
  ["missing", encoded("float64", { missing: ["NaN", 1e20] })],
  ["missing", encoded("int64", { missing: ["9223372036854775806", -1] }, 2n ** 63n - 1n)],
  ["sign", encoded("int8", { sign: "unsigned" }, -1)],
  ["sign", encoded("uint16", { sign: "signed" })],
  ["packing", encoded("int16", { packing: { scale: 0.5, offset: 1300, dtype: "float32" } }, -32_768)],
  ["packing", encoded("int32", { packing: { scale: 1e-7, offset: 0, dtype: "float64" } })],
  ["packing", encoded("float64", { packing: { scale: 1, offset: -273.15, dtype: "float64" } })],
  ["valid", encoded("int16", { valid: { min: -100, max: 2000 } })],
  ["valid", encoded("float64", { valid: { min: 0, max: null } })],
  [
    "all",
    encoded(
      "int16",
      {
        missing: [-1],
        sign: "unsigned",
        packing: { scale: 0.01, offset: -5, dtype: "float64" },
        valid: { min: 0, max: 65_000 },
      },
      -2,
    ),
  ],
];

function encoded(
  dtype: ContractDataset["dtype"],
  parts: Partial<DatasetEncoding>,
  fillValue: number | bigint | null = null,
): ContractDataset {
  return datasetOf(dtype, { fillValue, encoding: { ...NOTHING, ...parts } });
}

export function encodingLaws(granules: Granules, law: Law): void {
  const { format } = granules;
  const held = examples.filter(
    ([, { dtype, fillValue }]) => format.dtypes.includes(dtype) && (fillValue === null || format.fillValues),
  );
  const isSaid = (part: EncodingPart | "all"): boolean =>
    part === "all" ? format.encodings.length === 4 : format.encodings.includes(part);
  const said = held.filter(([part]) => isSaid(part));

  law("it describes how numbers are stored, in JSON, and reads them as they are stored", async () => {
    for (const [part, dataset] of said) {
      const { path, dtype } = dataset;
      const what = `${part} of ${dtype}`;
      await granules.within([dataset], async (granule) => {
        const info = await describeOne(granule, path);
        const { encoding } = info ?? {};
        if (show(ordered(encoding)) !== show(ordered(dataset.encoding)))
          broken(`${what} is described as ${show(encoding)}, and ${show(dataset.encoding)} was stored`);
        if (JSON.stringify(JSON.parse(JSON.stringify(encoding))) !== show(encoding))
          broken(`${what} is described as ${show(encoding)}, which JSON does not give back`);
        if (info!.dtype !== dtype) broken(`${dtype} with ${part} is described as ${info!.dtype}`);
        await assertReads(granule, dataset, WHOLE);
      });
    }
  });

  law("a number that was stored as a missing one is read as it is described", async () => {
    for (const [part, dataset] of said) {
      const missing = dataset.encoding!.missing;
      if (missing.length === 0) continue;
      const values = dataset.values.slice();
      missing.forEach((number, i) => {
        if (values instanceof BigInt64Array || values instanceof BigUint64Array) values[i] = BigInt(number);
        else values[i] = Number(number);
      });
      await granules.within([{ ...dataset, values }], async (granule) => {
        const column = await readOne(granule, dataset.path, WHOLE);
        missing.forEach((number, i) => {
          if (!Object.is(column[i], Number(number)))
            broken(`${number}, ${part} of ${dataset.dtype}, is read as ${column[i]}`);
        });
      });
    }
  });

  law("what it does not say of numbers, and of those that are plain, is not there", async () => {
    const plain = format.dtypes.map((dtype) => datasetOf(dtype));
    const others = held
      .filter(([part]) => part !== "all" && !isSaid(part))
      .map(([, dataset], i) => ({ ...dataset, path: `/other/number${i}` }));
    for (const datasets of [plain, others]) {
      await granules.within(datasets, async (granule) => {
        for (const { path } of datasets) {
          const info = await describeOne(granule, path);
          if (info !== null && info.encoding !== undefined)
            broken(`${path} is described with ${show(info.encoding)}: say so in \`format\`, or leave it out`);
        }
      });
    }
  });
}

/** An encoding with what has no order in one order. */
function ordered(encoding: DatasetEncoding | undefined): unknown {
  if (encoding === undefined) return undefined;
  const { missing, sign, packing, valid, problems } = encoding;
  return [
    missing.map(String).sort(),
    sign,
    packing === null ? null : [packing.scale, packing.offset, packing.dtype],
    valid === null ? null : [valid.min, valid.max],
    problems,
  ];
}
