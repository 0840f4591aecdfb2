/** Real ATL06 granules through the command line, against cells computed with healpy and NumPy. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "@zagg/cli";
import { afterAll, describe, expect, it } from "vitest";
import * as zarrita from "zarrita";
import { hasShared, sharedPath } from "./shared.js";

/** The golden table pools in float64 what is stored as float64 here; the last digits depend on the order of sums. */
const RELATIVE_TOLERANCE = 1e-6;

const folder = mkdtempSync(join(tmpdir(), "zagg-golden-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface GoldenCell {
  readonly cell: number;
  readonly count: number;
  readonly values: Readonly<Record<string, number>>;
}

const statistics = { mean: "mean", min: "min", max: "max", median: "median", std: "std_ddof0" } as const;

function goldenCells(convention: string): GoldenCell[] {
  const [head = "", ...lines] = readFileSync(sharedPath("data/golden/granule_cells.csv"), "utf8")
    .trim()
    .split(/\r?\n/);
  const names = head.split(",");
  return lines
    .map((line) => Object.fromEntries(line.split(",").map((value, i) => [names[i] ?? "", value])))
    .filter((row) => row["order"] === "11" && row["latitude_convention"]?.startsWith(convention) === true)
    .map((row) => ({
      cell: Number(row["nested_ipix"]),
      count: Number(row["count"]),
      values: Object.fromEntries(
        Object.entries(statistics).map(([name, column]) => [name, Number(row[column])]),
      ),
    }));
}

function config(latitude: string): string {
  const fields = Object.keys(statistics).map(
    (name) => `    ${name}: {function: ${name}, source: h_li, dtype: float64}`,
  );
  return readFileSync(sharedPath("fixtures/configs/atl06.yaml"), "utf8")
    .replace(/ {2}quality_filter:[\s\S]*?value: 0\n/, "")
    .replace(/ {4}h_min:[\s\S]*?(?=\noutput:)/, fields.join("\n"))
    .replace("child_order: 12", `child_order: 11\n    latitude: ${latitude}`);
}

async function zagg(...argv: string[]): Promise<void> {
  let stderr = "";
  const quiet = { write: (text: string) => (stderr += text) };
  const status = await main(argv, { stdout: { write: () => true }, stderr: quiet, env: {} });
  if (status !== 0) throw new Error(`zagg ${argv.join(" ")} exits ${status}\n${stderr}`);
}

describe.runIf(hasShared)("the real ATL06 granules", () => {
  it.each(["authalic", "geodetic"])(
    "give the golden cells under %s latitudes: the same cells and counts, values within 1e-6",
    async (latitude) => {
      const file = join(folder, `${latitude}.yaml`);
      const [map, store] = [join(folder, `${latitude}.json`), join(folder, `${latitude}.zarr`)];
      writeFileSync(file, config(latitude));
      await zagg(
        "shardmap",
        "build",
        "--config",
        file,
        "--granules",
        sharedPath("data/granules/*ATL06*.h5"),
        "--out",
        map,
      );
      await zagg("run", "--executor", "inline", "--config", file, "--catalog", map, "--store", store);

      const root = zarrita.root({
        get: async (key: string) =>
          existsSync(store + key) ? new Uint8Array(readFileSync(store + key)) : undefined,
      });
      const shard = 4 ** 5;
      const golden = goldenCells(latitude);
      expect(golden.length).toBeGreaterThan(200);
      const arrays = new Map<string, zarrita.Array<zarrita.DataType>>();
      for (const name of ["count", ...Object.keys(statistics)]) {
        arrays.set(name, await zarrita.open.v3(root.resolve(`11/${name}`), { kind: "array" }));
      }
      const blocks = new Map<string, ArrayLike<number>>();
      const valueAt = async (name: string, cell: number): Promise<number> => {
        const start = Math.floor(cell / shard) * shard;
        const key = `${name}/${start}`;
        const array = arrays.get(name)!;
        if (!blocks.has(key)) {
          blocks.set(
            key,
            (await zarrita.get(array, [zarrita.slice(start, start + shard)])).data as ArrayLike<number>,
          );
        }
        return blocks.get(key)![cell - start]!;
      };
      for (const { cell, count, values } of golden) {
        expect([cell, await valueAt("count", cell)]).toEqual([cell, count]);
        for (const [name, value] of Object.entries(values)) {
          const difference = Math.abs((await valueAt(name, cell)) - value);
          expect(difference, `${name} of cell ${cell}`).toBeLessThanOrEqual(
            RELATIVE_TOLERANCE * Math.max(1e-6, Math.abs(value)),
          );
        }
      }
      const populated = [...blocks]
        .filter(([key]) => key.startsWith("count/"))
        .flatMap(([, block]) => Array.from(block).filter((count) => count > 0));
      expect(populated).toHaveLength(golden.length);
    },
  );

  it("run with the unmodified atl06 configuration", async () => {
    const file = sharedPath("fixtures/configs/atl06.yaml");
    const [map, store] = [join(folder, "map.json"), join(folder, "out.zarr")];
    await zagg(
      "shardmap",
      "build",
      "--config",
      file,
      "--granules",
      sharedPath("data/granules/*ATL06*.h5"),
      "--out",
      map,
    );
    await zagg("run", "--config", file, "--catalog", map, "--store", store);
    expect(existsSync(join(store, "zarr.json"))).toBe(true);
  });
});

it.runIf(!hasShared)("says that the shared sample data is absent", () => {
  console.log("the shared sample data is absent: golden cells of real granules are not checked");
  expect(hasShared).toBe(false);
});
