/** What a store holds, as people read it. */
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { configText, makeFolder, smallGranules, writeText, zaggBuild, zaggDone, zaggRun } from "./command.js";

const shared = makeFolder();
const store = join(shared.path, "out.zarr");
beforeAll(async () => {
  await smallGranules(shared.path);
  const fields = `
    n: {function: len, source: h_li, dtype: int32, fill_value: 0}
    t: {function: tdigest, source: h_li, kind: ragged, inner_shape: [2]}
    v: {expression: h_li, kind: ragged, inner_shape: 1, dtype: int16}`;
  const config = writeText(shared.path, "config.yaml", configText("healpix", fields));
  const map = join(shared.path, "map.json");
  expect(await zaggBuild(config, [join(shared.path, "granules", "*.h5")], map)).toMatchObject({ status: 0 });
  expect(await zaggRun(config, map, store)).toMatchObject({ status: 0 });
});
afterAll(shared.remove);

it("says what the payloads of ragged arrays are", async () => {
  const { stdout } = await zaggDone("inspect", store);
  const typeOf = (array: string) => new RegExp(`^12/${array} +(.*?)  `, "m").exec(stdout)?.[1];
  expect(["n", "t", "v"].map(typeOf)).toEqual(["int32", "ragged float32 [2]", "ragged int16 [1]"]);
});
