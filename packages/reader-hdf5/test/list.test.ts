/** What files list of themselves. */
import type { GranuleEntry } from "@zagg/core";
import * as h5wasm from "h5wasm/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { opened, type Opened } from "./opened.js";
import { LAYOUTS, createScratch } from "./scratch.js";

const scratch = createScratch();
const granules: Opened[] = [];
afterAll(async () => {
  for (const granule of granules) await granule.close();
  scratch.remove();
});

async function listed(path: string): Promise<ReadonlyMap<string, GranuleEntry>> {
  const granule = await opened(path);
  granules.push(granule);
  return new Map((await granule.list!()).map((entry) => [entry.path, entry]));
}

describe("what h5py wrote", () => {
  let entries: ReadonlyMap<string, GranuleEntry>;
  beforeAll(async () => {
    entries = await listed(LAYOUTS);
  });

  it.each<[string, string, readonly number[], readonly number[] | null, readonly string[]]>([
    ["/chunked/table", "int8", [1000, 5], [128, 5], ["shuffle", "gzip 4"]],
    ["/chunked/twice", "int32", [1000], [300], ["gzip 4", "fletcher32"]],
    ["/other/lzf", "int64", [1000], [100], ["lzf"]],
    ["/contiguous/cube", "float32", [2, 3, 4], null, []],
    ["/contiguous/scalar", "float64", [], null, []],
    ["/other/text", "text 3", [2], null, []],
    ["/other/words", "text", [2], null, []],
    ["/other/pairs", "record of 2", [3], null, []],
    ["/other/truth", "bool", [3], null, []],
    ["/other/level", "enum int8", [2], null, []],
  ])("%s is %s", (path, type, shape, chunkShape, filters) => {
    expect(entries.get(path)?.dataset).toMatchObject({ type, shape, chunkShape, filters });
  });

  it("lists groups with their attributes, spelled so that JSON holds them", () => {
    expect(entries.get("/")).toEqual({
      path: "/",
      dataset: null,
      attributes: { short_name: "LAYOUTS", epoch: [1_198_800_018] },
    });
    expect(entries.get("/fill/nan")?.attributes).toEqual({ _FillValue: "NaN" });
    expect(entries.get("/fill/u8")?.attributes).toEqual({ _FillValue: "18446744073709551615" });
  });

  it("says why there is no more to tell of a part, and lists the rest", () => {
    const problems = [...entries.values()].filter(({ problem }) => problem !== undefined);
    expect(problems.map(({ path, problem }) => [path, problem])).toEqual([
      ["/contiguous/nothing", "it has no extent"],
      ["/other/abroad", "abroad is a link into another file"],
      ["/other/dangling", "it is a link that leads nowhere"],
    ]);
    expect(entries.get("/contiguous/nothing")?.dataset).not.toBeNull();
    expect(entries.get("/other/dangling")?.dataset).toBeNull();
  });
});

describe("dimensions and links", () => {
  let entries: ReadonlyMap<string, GranuleEntry>;
  beforeAll(async () => {
    await h5wasm.ready;
    const path = scratch.path("ties.h5");
    const file = new h5wasm.File(path, "w");
    const group = file.create_group("g");
    const dataset = (name: string, shape: number[]) =>
      group.create_dataset({ name, data: new Float32Array(shape.reduce((a, b) => a * b, 1)), shape });
    dataset("time", [3]).make_scale("time");
    const heights = dataset("h", [3, 2]);
    heights.attach_scale(0, "/g/time");
    heights.create_attribute("coordinates", "lat lon");
    heights.create_attribute("many", new Float64Array(1000));
    group.create_hard_link("/g", "again");
    file.create_hard_link("/g/h", "alias");
    file.close();
    entries = await listed(path);
  });

  it("names the datasets of coordinates by their paths, and not the references between them", () => {
    expect(entries.get("/g/h")?.dataset?.dimensions).toEqual(["/g/time", null]);
    expect(entries.get("/g/h")?.attributes).toEqual({ coordinates: "lat lon", many: "1000 values" });
    expect(entries.get("/g/time")?.attributes).toEqual({ CLASS: "DIMENSION_SCALE", NAME: "time" });
  });

  it("lists a group in itself once more, and not what it holds; a dataset by each of its paths", () => {
    expect([...entries.keys()]).toEqual(["/", "/alias", "/g", "/g/again", "/g/h", "/g/time"]);
    expect(entries.get("/g/again")).toEqual({
      path: "/g/again",
      dataset: null,
      attributes: {},
      sameAs: "/g",
    });
    expect(entries.get("/alias")?.dataset).toEqual(entries.get("/g/h")?.dataset);
  });
});
