/** 64-bit integers near ±2^53, ±2^63 and 2^64, from HDF5 files through the command to Zarr stores, against NumPy. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "@zagg/cli";
import { loadLibrary } from "@zagg/reader-hdf5/internal";
import { afterAll, describe, expect, it } from "vitest";
import * as zarrita from "zarrita";

interface Case {
  readonly dtype: "int64" | "uint64";
  readonly seed: number;
  readonly at_least_edge: number;
  readonly edge: number;
  readonly count: readonly number[];
  readonly distinct: readonly number[];
  readonly min: readonly string[];
  readonly max: readonly string[];
  readonly first: readonly string[];
  readonly last: readonly string[];
  readonly mode: readonly string[];
}

const fixture = new URL("fixtures/integers.json", import.meta.url);
const { cells, rows, cases } = JSON.parse(readFileSync(fixture, "utf8")) as {
  readonly cells: number;
  readonly rows: number;
  readonly cases: readonly Case[];
};
const SIDE = 10;
const EDGE = "9007199254740993";
/** The worker is a built file, so that threads need no loader. */
const isBuilt = existsSync(new URL("../../packages/runner/dist/thread-worker.js", import.meta.url));

const folder = mkdtempSync(join(tmpdir(), "zagg-integers-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** SplitMix64 (Steele et al. 2014), as `generate_integers.py` draws. */
function draw(n: bigint): bigint {
  const word = (z: bigint): bigint => BigInt.asUintN(64, z);
  let z = word(n * 0x9e3779b97f4a7c15n);
  z = word((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
  z = word((z ^ (z >> 27n)) * 0x94d049bb133111ebn);
  return z ^ (z >> 31n);
}

const middles = {
  int64: [-(2n ** 63n), -(2n ** 53n), 0n, 2n ** 53n, 2n ** 62n + 2n ** 30n, 2n ** 63n - 1n],
  uint64: [0n, 2n ** 53n, 2n ** 62n + 2n ** 30n, 2n ** 63n, 2n ** 64n - 2n ** 11n, 2n ** 64n - 1n],
} as const;

function rowsOf({ dtype, seed }: Case) {
  const [low, high] = dtype === "int64" ? [-(2n ** 63n), 2n ** 63n - 1n] : [0n, 2n ** 64n - 1n];
  const own = middles[dtype];
  return Array.from({ length: rows }, (_, row) => {
    const at = BigInt(seed + 4 * row);
    const [where, kind, bits, key] = [draw(at), draw(at + 1n), draw(at + 2n), draw(at + 3n)];
    const cell = Number(where % BigInt(cells));
    const near = own[Number((BigInt(cell) + (kind % 2n)) % BigInt(own.length))]! + (bits % 7n) - 3n;
    const anything = dtype === "int64" ? bits - 2n ** 63n : bits;
    const value = kind % 8n === 7n ? anything : near < low ? low : near > high ? high : near;
    return { cell, value, key: 1_700_000_000_000_000_000n + (key % 256n) * 8192n + BigInt(row) };
  });
}

/** Two granules, the ids in the second column of a dataset of two dimensions. */
async function writeGranules(one: Case): Promise<string> {
  const all = rowsOf(one);
  const instance = await loadLibrary();
  const halves = [all.slice(0, rows / 3), all.slice(rows / 3)];
  const Wide = one.dtype === "int64" ? BigInt64Array : BigUint64Array;
  const prefix = join(folder, `${one.dtype}-${one.seed}`);
  for (const [i, half] of halves.entries()) {
    const column = (value: (row: (typeof half)[number]) => number) => Float64Array.from(half, value);
    instance.call(({ File }) => {
      const file = new File(`${prefix}-${i}.h5`, "w");
      const root = file.create_group("g");
      root.create_dataset({ name: "lon", data: column(({ cell }) => (cell % SIDE) + 0.5) });
      root.create_dataset({ name: "lat", data: column(({ cell }) => SIDE - 0.5 - Math.floor(cell / SIDE)) });
      root.create_dataset({ name: "time", data: BigInt64Array.from(half, ({ key }) => key) });
      root.create_dataset({
        name: "ids",
        data: Wide.from(half.flatMap(({ value }, row) => [BigInt(row), value])),
        shape: [half.length, 2],
        chunks: [512, 2],
        compression: 4,
      });
      file.close();
    });
  }
  return prefix;
}

function configOf({ dtype }: Case, withMode: boolean, filters = ""): string {
  const exact = (name: string, of: string) =>
    `    ${name}: {${of}, source: id, dtype: ${dtype}, fill_value: 7}`;
  return `data_source:
  groups: [g]
  coordinates: {latitude: "/{group}/lat", longitude: "/{group}/lon"}
  variables:
    id: {path: "/{group}/ids", column: 1}
    time: "/{group}/time"
${filters}aggregation:
  variables:
    count: {function: count, dtype: int32}
    distinct: {function: distinct, source: id, params: {precision: 16}, dtype: uint32, fill_value: 0}
${exact("min", "function: min")}
${exact("max", "function: max")}
${exact("first", "function: first, params: {by: time}")}
${exact("last", "function: last, params: {by: time}")}
${withMode ? exact("mode", "function: mode") : ""}
output:
  grid: {type: rectilinear, crs: EPSG:4326, resolution: 1, bounds: [0, 0, ${SIDE}, ${SIDE}], chunk_shape: [5, 5]}
`;
}

async function zagg(...argv: string[]): Promise<string> {
  let [stdout, stderr] = ["", ""];
  const status = await main(argv, {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
    env: {},
  });
  if (status !== 0) throw new Error(`zagg ${argv.join(" ")} exits ${status}\n${stderr}`);
  return stdout;
}

async function aggregated(prefix: string, name: string, config: string, flags: readonly string[]) {
  const [file, map, store] = [`${prefix}-${name}.yaml`, `${prefix}-map.json`, `${prefix}-${name}.zarr`];
  writeFileSync(file, config);
  await zagg("shardmap", "build", "--config", file, "--granules", `${prefix}-*.h5`, "--out", map);
  const summary = JSON.parse(
    await zagg("run", "--config", file, "--catalog", map, "--store", store, "--json", ...flags),
  ) as { readonly total_obs: number };
  const root = zarrita.root({
    get: async (key: string) =>
      existsSync(store + key) ? new Uint8Array(readFileSync(store + key)) : undefined,
  });
  const read = async (field: string): Promise<string[]> => {
    const array = await zarrita.open.v3(root.resolve(`rectilinear/${field}`), { kind: "array" });
    const { data } = await zarrita.get(array, [zarrita.slice(0, SIDE), zarrita.slice(0, SIDE)]);
    return Array.from(data as ArrayLike<unknown>, String);
  };
  return { summary, read };
}

const ways = [
  ["at once", true, ["--executor", "inline"]],
  ["block by block", false, ["--executor", "inline", "--memory", "8kB"]],
  ["in threads", true, ["--executor", "threads"]],
] as const;

describe.each(cases)("64-bit integers, $dtype of seed $seed", (one) => {
  const prefix = writeGranules(one);

  it.each(ways.filter(([how]) => isBuilt || how !== "in threads"))(
    "%s are NumPy's",
    async (how, withMode, flags) => {
      const { read } = await aggregated(
        await prefix,
        how.replaceAll(" ", "-"),
        configOf(one, withMode),
        flags,
      );
      const exact = ["count", "min", "max", "first", "last", ...(withMode ? ["mode"] : [])] as const;
      let compared = 0;
      for (const field of exact as readonly (keyof Case)[]) {
        const wanted = (one[field] as readonly unknown[]).map(String);
        expect([field, await read(field as string)]).toEqual([field, wanted]);
        compared += wanted.length;
      }
      const distinct = (await read("distinct")).map(Number);
      const off = distinct.filter((found, cell) => found !== one.distinct[cell]);
      expect(
        Math.max(...distinct.map((found, cell) => Math.abs(found - one.distinct[cell]!))),
      ).toBeLessThanOrEqual(1);
      console.log(
        `${one.dtype}, seed ${one.seed}, ${how}: ${compared} of ${compared} numbers equal; distinct: ${cells - off.length} of ${cells}, the rest off by 1`,
      );
    },
    120_000,
  );

  it.each([
    ["ge", one.at_least_edge],
    ["eq", one.edge],
  ])(
    "beside 2^53 + 1 are those that NumPy finds, %s",
    async (op, wanted) => {
      const filters = `  filters: [{dataset: "/{group}/ids", column: 1, op: ${op}, value: ${EDGE}}]\n`;
      const { summary } = await aggregated(await prefix, op, configOf(one, true, filters), [
        "--executor",
        "inline",
      ]);
      expect(summary.total_obs).toBe(wanted);
      console.log(`${one.dtype}, seed ${one.seed}: ${wanted} of ${rows} rows are ${op} ${EDGE}`);
    },
    120_000,
  );
});
