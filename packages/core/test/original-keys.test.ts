/** Keys of the original's configurations that are not honoured: those that change the result refuse, the others are noted. */
import { describe, expect, it } from "vitest";
import { isCodedError, loadConfig, type CodedError, type Json, type JsonObject } from "../src/index.js";
import { originalKeys } from "../src/config/original-keys.js";
import { takeOriginalKeys, type TakenKeys } from "../src/config/take-original-keys.js";
import { parseYaml } from "../src/config/yaml.js";
import { testRegistry, validConfig } from "./plugins.js";

const registry = testRegistry();
const load = (text: string, scope: "grid" | "run" = "run") =>
  loadConfig(text, registry, { file: "c.yaml", scope });

function refusal(text: string): CodedError {
  try {
    load(text);
  } catch (error) {
    if (isCodedError(error)) return error;
    throw error;
  }
  throw new Error("the configuration was accepted");
}

/** The valid configuration with a key more. */
function withKey(path: readonly string[], value: Json): string {
  const text = `: ${JSON.stringify(value)}`;
  const [section = "", key = ""] = path;
  if (path.length === 1) return `${section}${text}\n${validConfig}`;
  if (path.length === 2) return validConfig.replace(new RegExp(`^${section}:$`, "m"), `$&\n  ${key}${text}`);
  return validConfig.replace(/^( +)function: .*$/m, `$&\n$1${path.at(-1)!}${text}`);
}

/** What is said of a key, without the cost of a whole validation. */
const take = (path: readonly string[], value: Json): TakenKeys =>
  takeOriginalKeys(parseYaml(withKey(path, value)).value as JsonObject as Record<string, unknown>, "run");

/** What a refused key would be set to. */
const asked: Readonly<Record<string, readonly Json[]>> = {
  pipeline: [{ type: "temporal" }, { type: "event" }, "event"],
  "data_source.assets": [{ l2a: { join: { left: "a", right: "b" } } }],
  "data_source.bands": [{ red: { asset: "red", dtype: "uint16" } }],
  "data_source.nodata": [0],
  "data_source.collections": [["merra2_slv"], { merra2_slv: null }],
  "data_source.static_data": [{ ais_mask: "a.nc" }],
  "aggregation.variables.*.location": ["leaf_id"],
  "aggregation.variables.*.temporal": ["per-centroid"],
  "aggregation.variables.*.weights": ["flux"],
  "output.store_layout": ["hive"],
  "output.windowing": [{ schedule: "yearly", time_field: "h" }, true],
  "output.aoi_mask": [true, "area.geojson"],
  "output.pyramid": [{}, true, { overviews: [16] }],
  "output.coverage_moc": [true],
  "output.icechunk": [true, { commit: "run" }],
  "output.leaf_versions": [true],
  "output.product_name": ["heights"],
};

/** What asks a refused key for nothing. */
const nothing: Readonly<Record<string, readonly Json[]>> = {
  pipeline: [{ type: "spatial" }, {}],
  "data_source.assets": [{}],
  "data_source.bands": [{}],
  "data_source.collections": [[]],
  "data_source.static_data": [{}],
  "aggregation.variables.*.weights": ["counts"],
  "output.windowing": [{ schedule: "none" }, {}],
  "output.aoi_mask": [false],
  "output.pyramid": [false],
  "output.coverage_moc": [false],
  "output.icechunk": [false],
  "output.leaf_versions": [false],
};

const cases = (
  values: Readonly<Record<string, readonly Json[]>>,
): readonly (readonly [name: string, value: Json, path: readonly string[]])[] =>
  Object.entries(values).flatMap(([name, of]) => of.map((value) => [name, value, name.split(".")] as const));

it("every refused key has a value here that is refused", () => {
  const refused = originalKeys.filter((key) => key.refused === true).map(({ path }) => path.join("."));
  expect(Object.keys(asked)).toEqual(refused);
});

describe("a key that would change the result", () => {
  it.each(cases(asked))("%s: %j is refused", (_name, value, path) => {
    const { notes, problems } = take(path, value);
    expect(notes).toEqual([]);
    expect(problems).toMatchObject([{ code: "CONFIG_KEY_UNSUPPORTED" }]);
    expect(problems[0]?.path.at(-1)).toBe(path.at(-1));
  });

  it.each(cases(nothing))("%s: %j asks for nothing, and is noted", (_name, value, path) => {
    const { notes, problems } = take(path, value);
    expect(problems).toEqual([]);
    expect(notes).toMatchObject([{ code: "CONFIG_KEY_IGNORED" }]);
  });

  it.each(cases(asked))("%s: null is as good as absent", (_name, _value, path) => {
    expect(take(path, null)).toEqual({ notes: [], problems: [] });
  });

  it("is refused with its place and what would be wrong", () => {
    const error = refusal(withKey(["output", "store_layout"], "hive"));
    expect(error).toMatchObject({ code: "CONFIG_KEY_UNSUPPORTED", path: "/output/store_layout" });
    expect(error.details).toMatchObject({ file: "c.yaml", line: 13, column: 3 });
    expect(error.message).toMatch(/"hive".*one flat store.*remove it/);
  });

  it("is told with whatever else is wrong, in the order of the file", () => {
    const text = withKey(["output", "windowing"], true).replace("float64", "flaot64");
    const problems = refusal(text).details?.["problems"] as JsonObject[];
    expect(problems.map(({ code }) => code)).toEqual(["CONFIG_KEY_UNSUPPORTED"]);
    const unknown = withKey(["output", "windowing"], true).replace("groups:", "groops:");
    expect((refusal(unknown).details?.["problems"] as JsonObject[]).map(({ code }) => code)).toEqual([
      "CONFIG_KEY_MISSING",
      "CONFIG_KEY_UNKNOWN",
      "CONFIG_KEY_UNSUPPORTED",
    ]);
  });

  it("of what is written does not keep a shard map from being built, and one of what is read does", () => {
    const { warnings } = load(withKey(["output", "windowing"], true), "grid");
    expect(warnings).toMatchObject([{ code: "CONFIG_KEY_IGNORED", path: "/output/windowing" }]);
    expect(() => load(withKey(["data_source", "nodata"], 0), "grid")).toThrow(/nodata/);
  });

  it("is told of coordinates that belong to another level", () => {
    const text = validConfig
      .replace(
        /( +)groups:/,
        "$1levels: {a: {path: p}, b: {path: q, link: {to: a, index_beg: i, count: c}}}\n$1base_level: a\n$&",
      )
      .replace("{latitude:", "{level: b, latitude:");
    expect(refusal(text)).toMatchObject({
      code: "CONFIG_KEY_UNSUPPORTED",
      path: "/data_source/coordinates/level",
    });
  });
});

describe("keys that change nothing", () => {
  const noted = originalKeys.filter(({ refused }) => refused !== true).map(({ path }) => path);

  it.each(noted.map((path) => [path.join("."), path] as const))("%s is noted", (_name, path) => {
    expect(take(path, "any")).toMatchObject({ notes: [{ code: "CONFIG_KEY_IGNORED" }], problems: [] });
  });

  it("are told in one note, whatever their number", () => {
    const many = [withKey(["data_source", "index"], {}), "worker: {memory: 2048}"].join("\n");
    const { warnings } = load(`${many}\n`);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]?.what).toBe("2 keys change nothing here: worker, data_source.index");
    expect(warnings[0]?.details?.["keys"]).toMatchObject([
      { path: "/worker" },
      { path: "/data_source/index" },
    ]);
  });

  it.each([
    ["store_layout", "flat"],
    ["consolidate_metadata", true],
  ])("are not mentioned when they ask for what is done anyway: %s: %s", (key, value) => {
    expect(take(["output", key], value)).toEqual({ notes: [], problems: [] });
  });
});
