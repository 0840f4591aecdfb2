/** A budget for the rows of a shard: more are aggregated in blocks, if every field can be. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import * as zarrita from "zarrita";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  configText,
  makeFolder,
  smallGranules,
  testFolder,
  writeText,
  zaggBuild,
  zaggRun,
} from "./command.js";

const shared = makeFolder();
const map = join(shared.path, "map.json");
const exact = `
    n: {function: len, source: h_li, dtype: int32, fill_value: 0}
    low: {function: min, source: h_li}
    high: {function: nanmax, source: h_li}
    kinds: {function: distinct, source: h_li, dtype: int32, fill_value: 0}`;
beforeAll(async () => {
  await smallGranules(shared.path);
  const config = writeText(shared.path, "config.yaml", configText("healpix"));
  expect(await zaggBuild(config, [join(shared.path, "granules", "*.h5")], map)).toMatchObject({ status: 0 });
});
afterAll(shared.remove);

async function run(fields: string, ...flags: string[]) {
  const folder = testFolder();
  const config = writeText(folder, "config.yaml", configText("healpix", fields));
  const store = join(folder, "out.zarr");
  return { ...(await zaggRun(config, map, store, ...flags)), store };
}

/** Every file of a folder with its bytes. */
function filesOf(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length), readFileSync(path, "hex")]));
}

describe("--memory", () => {
  it("gives every byte of a run without it when all fields combine exactly", async () => {
    const [whole, blocks] = [await run(exact), await run(exact, "--memory", "1kB")];
    expect([whole.status, blocks.status, blocks.stderr.includes("MEMORY_FIELD")]).toEqual([0, 0, false]);
    expect(filesOf(blocks.store)).toEqual(filesOf(whole.store));
  });

  it("gives means within rounding", async () => {
    const fields = `
    m: {function: mean, source: h_li, dtype: float64}
    t: {function: tdigest, source: h_li, kind: ragged, inner_shape: [2], params: {delta: 64}}`;
    const runs = [await run(fields), await run(fields, "--memory", "1kB")];
    const means = await Promise.all(
      runs.map(async ({ status, store }) => {
        expect(status).toBe(0);
        const [chunk = ""] = readdirSync(join(store, "12/m/c"));
        const root = zarrita.root({
          get: async (key: string) =>
            existsSync(join(store, key)) ? new Uint8Array(readFileSync(join(store, key))) : undefined,
        });
        const array = await zarrita.open.v3(root.resolve("12/m"), { kind: "array" });
        return [...((await array.getChunk([Number(chunk)])).data as Float64Array)];
      }),
    );
    const [whole = [], blocks = []] = means;
    expect(whole.filter((value) => !Number.isNaN(value)).length).toBeGreaterThan(0);
    expect(blocks).toEqual(
      whole.map((value) => (Number.isNaN(value) ? NaN : (expect.closeTo(value, 8) as number))),
    );
  });

  it("says beforehand which field needs all rows, and fails shards beyond the budget", async () => {
    const fields = `${exact}\n    middle: {function: median, source: h_li}`;
    const enough = await run(fields, "--memory", "1GiB");
    expect([enough.status, enough.stderr.match(/MEMORY_FIELD_WHOLE/g)?.length]).toEqual([0, 1]);
    expect(enough.stderr).toContain('the field "middle" needs all rows');
    const little = await run(fields, "--memory", "1kB");
    expect([little.status, existsSync(little.store)]).toEqual([4, false]);
    expect(little.stderr).toContain("SHARD_MEMORY");
  });

  it.each(["2 parsecs", "-1", "0", "lots"])("is refused as %s", async (size) => {
    expect(await run(exact, `--memory=${size}`)).toMatchObject({ status: 2 });
  });
});
