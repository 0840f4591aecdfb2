/** Decoding against xarray: attributes of all sorts at numbers of every type, from the file to the store. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isCodedError, openGranule, type Column, type Granule } from "@zagg/core";
import { decodingOf, type DecodingPolicy } from "@zagg/core/internal";
import { hdf5 } from "@zagg/reader-hdf5";
import { fileSource } from "@zagg/sources/file";
import * as zarrita from "zarrita";
import { afterAll, describe, expect, it } from "vitest";
import { makeFolder, writeText, zaggBuild, zaggRun } from "./command.js";
import { pythonWith } from "../../../vitest.python.mjs";
import { seeds } from "../../../vitest.effort.mjs";

const DATASETS = 400;
const ROWS = 48;
/** Datasets that are variables of one run, and those that have runs of their own. */
const TOGETHER = 60;
const ALONE = 5;
const script = fileURLToPath(new URL("fixtures/make-encodings.py", import.meta.url));
const python = pythonWith("xarray", "h5netcdf", "h5py");
const shared = makeFolder();
afterAll(shared.remove);

interface Values {
  readonly dtype: string;
  readonly values: readonly string[];
}
interface Case {
  readonly path: string;
  readonly stored: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly differs: readonly string[];
  readonly retyped: readonly string[];
  readonly problems: readonly string[];
  readonly missing: readonly number[];
  readonly beyond: boolean;
  readonly rule: Values | null;
  readonly xarray: Values | null;
}

const number = (text: string): number => Number(text.replace("inf", "Infinity").replace("nan", "NaN"));
const same = (a: number, b: number): boolean => a === b || (Number.isNaN(a) && Number.isNaN(b));
const numbersOf = ({ values }: Values): number[] => values.map(number);

/** What a dataset should be: xarray's values, those of the rule where we differ, or an error. */
function wantedOf(one: Case): { readonly values: Values; readonly isTyped: boolean } | string {
  if (one.rule === null) return "DATASET_ENCODING";
  if (one.beyond) return "DATASET_PRECISION";
  const byXarray = one.differs.length === 0 && one.xarray !== null;
  return byXarray
    ? { values: one.xarray!, isTyped: one.retyped.length === 0 }
    : { values: one.rule, isTyped: true };
}

/** The type of a column, as NumPy would call it: of 64-bit integers and booleans we make others. */
const typeOf = (column: Column): string => column.constructor.name.replace("Array", "").toLowerCase();
const columnType = (dtype: string): string => (/^u?int64$/.test(dtype) ? "float64" : dtype);

/** How a dataset differs from what it should be; undefined when it does not. */
async function faultOf(granule: Granule, one: Case, policy: DecodingPolicy): Promise<string | undefined> {
  const wanted = wantedOf(one);
  const [info] = await granule.describeMany([one.path]);
  const told = (info?.encoding?.problems ?? []).map(({ attribute }) => attribute).sort();
  if (policy.decode !== "raw" && [...new Set(told)].join() !== one.problems.join())
    return `problems ${told.join()}`;
  const [stored] = await granule.readMany([{ path: one.path, start: 0, stop: ROWS }]);
  try {
    const { hasMissing, isMissing, masked, values } = decodingOf(one.path, info!, policy);
    const found = masked(stored!);
    if (typeof wanted === "string") return `is read, not ${wanted}`;
    const numbers = numbersOf(wanted.values);
    const row = numbers.findIndex((value, at) => !same(value, found[at]!));
    if (row >= 0) return `row ${row} is ${found[row]}, not ${numbers[row]} (stored ${stored![row]})`;
    if (wanted.isTyped && typeOf(found) !== columnType(wanted.values.dtype))
      return `is ${typeOf(found)}, not ${wanted.values.dtype}`;
    const kept = values(stored!);
    const test = isMissing(kept);
    const missing = [...kept.keys()].filter((at) => hasMissing && test(kept[at]!));
    const unlike = one.missing.find((at) => !missing.includes(at));
    if (unlike !== undefined) return `row ${unlike} is not missing`;
    return undefined;
  } catch (error) {
    return isCodedError(error, String(wanted)) ? undefined : String(error);
  }
}

const shown = ({ path, stored, attributes, rule, xarray }: Case, fault: string): string =>
  `${path} ${stored} ${JSON.stringify(attributes)} ${rule?.dtype}/${xarray?.dtype}: ${fault}`;

describe.skipIf(python === null).each(seeds())("seed %i", (seed) => {
  const folder = join(shared.path, `seed-${seed}`);
  mkdirSync(folder);
  if (python !== null) execFileSync(python, [script, folder, String(seed), String(DATASETS)]);
  const file = join(folder, "encodings.h5");
  const cases =
    python === null ? [] : (JSON.parse(readFileSync(join(folder, "encodings.json"), "utf8")) as Case[]);

  it("decodes as xarray does, and as it is written where it differs", async () => {
    const granule = await openGranule({ source: () => fileSource }, hdf5, file);
    const faults: string[] = [];
    const old: string[] = [];
    for (const one of cases) {
      const fault = await faultOf(granule, one, {});
      if (fault !== undefined) faults.push(shown(one, fault));
      if ((await faultOf(granule, one, { decode: "raw" })) !== undefined) old.push(one.path);
    }
    await granule.close();
    const count = (test: (one: Case) => boolean): number => cases.filter(test).length;
    const reasons = [...new Set(cases.flatMap(({ differs, retyped }) => [...differs, ...retyped]))].sort();
    console.log(
      `seed ${seed}: ${cases.length} datasets; as xarray ${count((one) => typeof wantedOf(one) !== "string" && one.differs.length === 0 && one.xarray !== null)}, ` +
        `by rule ${count((one) => typeof wantedOf(one) !== "string" && (one.differs.length > 0 || one.xarray === null))}, ` +
        `refused ${count((one) => typeof wantedOf(one) === "string")}; xarray fails at ${count((one) => one.xarray === null)}; ` +
        `without decoding ${old.length} are wrong\n${reasons.map((reason) => `  ${count(({ differs, retyped }) => [...differs, ...retyped].includes(reason))} ${reason}`).join("\n")}`,
    );
    expect(faults).toEqual([]);
    expect(old.length).toBeGreaterThan(DATASETS / 3);
  });

  const readable = cases.filter((one) => typeof wantedOf(one) !== "string");

  it("stores what a run makes of the values, kept, dropped and filtered", async () => {
    const some = readable.filter((_one, i) => i % Math.ceil(readable.length / TOGETHER) === 0);
    const kept = await runOf(folder, "kept", file, some, "fill: keep");
    for (const one of some) expect([one.path, kept(one.path)]).toEqual([one.path, cellsOf(valuesOf(one))]);
    const alone = readable.filter(({ missing }) => missing.length > 0).slice(0, ALONE);
    for (const one of alone) {
      const values = valuesOf(one);
      const dropped = await runOf(folder, `drop-${one.path}`, file, [one], "fill: drop");
      const wanted = cellsOf(
        values,
        (row) => !one.missing.includes(row) && !(isPacked(one) && Number.isNaN(values[row])),
      );
      expect([one.path, dropped(one.path)]).toEqual([one.path, wanted]);
      const bound = values.find((value) => Number.isFinite(value)) ?? 0;
      const filter = `fill: keep\n  filters: [{dataset: "/${one.path}", op: le, value: ${bound}}]`;
      const filtered = await runOf(folder, `filter-${one.path}`, file, [one], filter);
      expect([one.path, filtered(one.path)]).toEqual([
        one.path,
        cellsOf(values, (row) => values[row]! <= bound),
      ]);
    }
    console.log(`seed ${seed}: ${some.length} variables in one run, ${alone.length} in two runs each`);
  });
});

const isPacked = ({ attributes, rule }: Case): boolean =>
  rule!.dtype.startsWith("float") && ("scale_factor" in attributes || "add_offset" in attributes);

function valuesOf(one: Case): number[] {
  const wanted = wantedOf(one);
  return typeof wanted === "string" ? [] : numbersOf(wanted.values);
}

/** Where the points are, in the two rows of four cells of a quarter of the circle each. */
const QUARTERS = [1, 2, 5, 6];
type Cells = readonly (readonly [rows: number, least: number, most: number])[];

/** Of each quarter of the globe: rows, and the least and the greatest of their values that are not NaN. */
function cellsOf(values: readonly number[], test: (row: number) => boolean = () => true): Cells {
  return [0, 1, 2, 3].map((cell) => {
    const rows = [...values.keys()].filter(
      (row) => test(row) && (row % 2) * 2 + (row % 4 < 2 ? 0 : 1) === cell,
    );
    const numbers = rows.map((row) => values[row]!).filter((value) => !Number.isNaN(value));
    return numbers.length === 0
      ? [rows.length, NaN, NaN]
      : [rows.length, Math.min(...numbers), Math.max(...numbers)];
  });
}

/** Runs datasets as variables. @returns the cells of one by its path */
async function runOf(
  folder: string,
  name: string,
  file: string,
  some: readonly Case[],
  source: string,
): Promise<(path: string) => Cells> {
  const fields = some.map(
    ({ path }) => `    n_${path}: {function: count, source: ${path}, dtype: float64, fill_value: 0}
    low_${path}: {function: nanmin, source: ${path}, dtype: float64}
    high_${path}: {function: nanmax, source: ${path}, dtype: float64}`,
  );
  const config = `data_source:
  groups: [g]
  coordinates: {latitude: /lat, longitude: /lon}
  variables: {${some.map(({ path }) => `${path}: /${path}`).join(", ")}}
  ${source}
aggregation:
  variables:
${fields.join("\n")}
output:
  grid: {type: rectilinear, crs: EPSG:4326, resolution: 90, bounds: [-180, -90, 180, 90], chunk_shape: [2, 4]}
`;
  const [map, store] = [join(folder, `${name}.json`), join(folder, `${name}.zarr`)];
  const written = writeText(folder, `${name}.yaml`, config);
  for (const { status, stderr } of [
    await zaggBuild(written, [file], map),
    await zaggRun(written, map, store),
  ]) {
    if (status !== 0) throw new Error(`${name}: ${stderr}`);
  }
  const root = zarrita.root({
    get: async (key: string) =>
      existsSync(join(store, key)) ? new Uint8Array(readFileSync(join(store, key))) : undefined,
  });
  const read = async (field: string): Promise<Float64Array> => {
    const array = await zarrita.open.v3(root.resolve(`rectilinear/${field}`), { kind: "array" });
    return (await zarrita.get(array)).data as Float64Array;
  };
  const cells = new Map<string, Cells>();
  for (const { path } of some) {
    const [n, low, high] = await Promise.all([read(`n_${path}`), read(`low_${path}`), read(`high_${path}`)]);
    cells.set(
      path,
      QUARTERS.map((cell) => [n[cell]!, low[cell]!, high[cell]!] as const),
    );
  }
  return (path) => cells.get(path)!;
}
