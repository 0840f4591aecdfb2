/** `zagg granule describe`: what a granule holds, for people and as JSON. */
import { join } from "node:path";
import { loadLibrary } from "@zagg/reader-hdf5/internal";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeFolder, writeText, zagg, zaggDone } from "./command.js";

const shared = makeFolder();
const file = join(shared.path, "small.h5");

beforeAll(async () => {
  const { library } = await loadLibrary();
  const made = new library.File(file, "w");
  made.create_attribute("short_name", "SMALL");
  const group = made.create_group("gt1l").create_group("land");
  const time = group.create_dataset({ name: "delta_time", data: new Float64Array(1200) });
  time.make_scale("delta_time");
  const height = group.create_dataset({
    name: "h",
    data: new Int16Array(1200 * 3),
    shape: [1200, 3],
    chunks: [500, 3],
    compression: 4,
  });
  height.attach_scale(0, "/gt1l/land/delta_time");
  height.create_attribute("units", "meters");
  height.create_attribute("coordinates", "delta_time latitude longitude and many more than fit one line");
  height.create_attribute("scale_factor", 0.01, [], "<d");
  height.create_attribute("add_offset", 1300, [], "<d");
  height.create_attribute("_FillValue", -32_768, [], "<h");
  height.create_attribute("missing_value", Int16Array.of(-1, -2), [2]);
  height.create_attribute("valid_range", Int16Array.of(0, 9000), [2]);
  const odd = group.create_dataset({ name: "odd", data: Int8Array.of(1) });
  odd.create_attribute("_Unsigned", "true");
  odd.create_attribute("add_offset", "none");
  made.create_dataset({ name: "words", data: ["a", "b"], dtype: "S1" });
  made.create_soft_link("/nowhere", "lost");
  made.close();
});
afterAll(shared.remove);

describe("the table", () => {
  it("has a line for each dataset, and its words below, within 80 columns", async () => {
    const { stdout } = await zaggDone("granule", "describe", file);
    expect(stdout).toBe(`/
  lost
      cannot be read: it is a link that leads nowhere
  words  text 1  2

/gt1l/land
  delta_time  float64  1,200
  h           int16    1,200 × 3  chunks 500 × 3, gzip 4
      meters; fill -32768; missing -1, -2; float64 = number × 0.01 + 1300; valid
      0 … 9000; along delta_time, -; coordinates delta_time latitude longitude
      and many more than fit one line
  odd         int8     1
      unsigned; add_offset is the text "none", and must be one finite number

4 datasets in 3 groups, ${(await sizeText()) as string}
`);
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it("is of one group with --under", async () => {
    const { stdout } = await zaggDone("granule", "describe", file, "--under", "gt1l/land/h");
    expect(stdout.split("\n")[1]).toMatch(/^ {2}h {2}int16/);
    expect(stdout).toContain("1 dataset in 0 groups");
  });
});

describe("as JSON", () => {
  it("has the groups, the datasets with all that is told of them, and what cannot be read", async () => {
    const { stdout } = await zaggDone("granule", "describe", file, "--json");
    const found = JSON.parse(stdout) as Record<string, readonly { readonly path: string }[]>;
    expect(found).toMatchObject({
      granule: file,
      reader: "hdf5",
      groups: [
        { path: "/", sameAs: null, attributes: { short_name: "SMALL" } },
        { path: "/gt1l", sameAs: null, attributes: {} },
        { path: "/gt1l/land", sameAs: null, attributes: {} },
      ],
      problems: [{ path: "/lost", problem: "it is a link that leads nowhere" }],
    });
    const heights = found["datasets"]?.find(({ path }) => path === "/gt1l/land/h");
    expect(heights).toEqual({
      path: "/gt1l/land/h",
      type: "int16",
      dtype: "int16",
      shape: [1200, 3],
      chunkShape: [500, 3],
      filters: ["gzip 4"],
      dimensions: ["/gt1l/land/delta_time", null],
      fillValue: -32_768,
      encoding: {
        missing: [-1, -2],
        sign: null,
        packing: { scale: 0.01, offset: 1300, dtype: "float64" },
        valid: { min: 0, max: 9000 },
        problems: [],
      },
      attributes: expect.objectContaining({ units: "meters", missing_value: [-1, -2] }),
    });
    expect(found["datasets"]?.find(({ path }) => path === "/words")).toMatchObject({
      dtype: null,
      type: "text 1",
    });
  });
});

describe("what cannot be described", () => {
  it.each<[string, readonly string[], number, string]>([
    ["a file that is not there", [join(shared.path, "none.h5")], 3, "GRANULE_MISSING"],
    ["a file of another format", ["TEXT"], 3, "GRANULE_FORMAT"],
    ["a path that is not in it", [file, "--under", "/gt1l/lamd"], 2, "CLI_GRANULE_PATH"],
    ["an unknown reader", [file, "--reader", "hdf6"], 2, "PLUGIN_UNKNOWN"],
  ])("%s", async (_what, argv, status, code) => {
    const text = writeText(shared.path, "text.h5", "no granule");
    const told = await zagg("granule", "describe", ...argv.map((word) => (word === "TEXT" ? text : word)));
    expect([told.status, told.stdout]).toEqual([status, ""]);
    expect(told.stderr).toContain(code);
  });
});

/** The size of the file, as tables show it. */
async function sizeText(): Promise<string> {
  const { bytes } = JSON.parse((await zaggDone("granule", "describe", file, "--json")).stdout) as {
    bytes: number;
  };
  return `${(bytes / 1000).toFixed(1)} kB`;
}
