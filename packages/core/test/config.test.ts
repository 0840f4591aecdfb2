import { describe, expect, it } from "vitest";
import {
  isCodedError,
  loadConfig,
  type CodedError,
  type JsonObject,
  composeConfigSchema,
  outputFields,
  validateConfig,
  type ZaggConfig,
} from "../src/index.js";
import { testRegistry, validConfig } from "./plugins.js";

const registry = testRegistry();

function refusal(text: string, scope: "grid" | "run" = "run"): CodedError {
  try {
    loadConfig(text, registry, { file: "c.yaml", scope });
  } catch (error) {
    if (isCodedError(error)) return error;
    throw error;
  }
  throw new Error("the configuration was accepted");
}

function problems(error: CodedError): JsonObject[] {
  return (error.details?.["problems"] ?? []) as JsonObject[];
}

describe("a valid configuration", () => {
  it("gets its defaults and is frozen", () => {
    const { config, grid, warnings } = loadConfig(validConfig, registry);
    expect(config.data_source.fill).toBe("drop");
    expect(config.output.compression).toBe("zstd");
    expect(config.output.grid).toEqual({ type: "line", cells: 10, shard: 1, sharded: true });
    expect(grid.spatialSignature()).toEqual({ type: "line", cells: 10, shard: 1 });
    expect(warnings).toEqual([]);
    expect(() => ((config.data_source as { fill: string }).fill = "keep")).toThrow(TypeError);
  });

  it("is left as it was: validation works on a copy", () => {
    const value = { ...(loadConfig(validConfig, registry).config as unknown as JsonObject), worker: 1 };
    const before = JSON.stringify(value);
    validateConfig(value, registry);
    expect(JSON.stringify(value)).toBe(before);
  });

  it.each([
    ["float64", ".nan", "NaN"],
    ["float64", "NaN", "NaN"],
    ["float64", '"NaN"', "NaN"],
    ["float64", "-.inf", "-Infinity"],
    ["float64", "-0.0", "-0"],
    ["float64", "-1.5", -1.5],
    ["uint64", "18446744073709551615", "18446744073709551615"],
    ["int64", "-9223372036854775808", "-9223372036854775808"],
    ["uint64", "0xffffffffffffffff", "18446744073709551615"],
    ["int64", "-7", -7],
  ])("of %s may have the fill value %s, spelled so that JSON text gives it back", (dtype, fill, spelled) => {
    const text = validConfig.replace("dtype: float64", `dtype: ${dtype}\n      fill_value: ${fill}`);
    const { config } = loadConfig(text, registry);
    expect(outputFields(config)[0]?.fillValue).toBe(spelled);
    expect(JSON.parse(JSON.stringify(config))).toStrictEqual(config);
    expect(outputFields(JSON.parse(JSON.stringify(config)) as ZaggConfig)[0]?.fillValue).toBe(spelled);
  });

  it("is JSON also when it is given as data that is not", () => {
    const { config } = loadConfig(validConfig, registry);
    const draft = structuredClone(config) as unknown as {
      aggregation: { variables: Record<string, object> };
    };
    const spread = { ...draft.aggregation.variables["spread"], fill_value: 2n ** 64n - 1n, dtype: "uint64" };
    draft.aggregation.variables["spread"] = { ...spread, attrs: { valid_min: -Infinity, offset: -0 } };
    const loaded = validateConfig(draft as never, registry).config;
    expect(JSON.parse(JSON.stringify(loaded))).toStrictEqual(loaded);
    expect(loaded.aggregation.variables["spread"]).toMatchObject({
      fill_value: "18446744073709551615",
      attrs: { valid_min: "-Infinity", offset: 0 },
    });
  });

  it.each([
    ["true", true],
    ["false", false],
  ])("may fill empty cells of bool with %s", (fill, value) => {
    const text = validConfig.replace("dtype: float64", `dtype: bool\n      fill_value: ${fill}`);
    expect(outputFields(loadConfig(text, registry).config)[0]?.fillValue).toBe(value);
    expect(refusal(text.replace("bool", "float32"))).toMatchObject({ code: "CONFIG_FILL_VALUE" });
  });

  it("need not say what an empty cell of a ragged field holds, which is nothing, whatever its dtype", () => {
    const text = validConfig.replace(
      "dtype: float64",
      "dtype: int16\n      kind: ragged\n      inner_shape: 2",
    );
    expect(outputFields(loadConfig(text, registry).config)[0]).toMatchObject({
      kind: "ragged",
      dtype: "int16",
    });
  });

  it("validates again to the same value", () => {
    const { config } = loadConfig(validConfig, registry);
    const again = validateConfig(JSON.parse(JSON.stringify(config)), registry);
    expect(again.config).toEqual(config);
  });

  it("gets the defaults of a function's own parameters when it gives none at all", () => {
    const text = validConfig.replace("function: np.ptp", "function: shifted");
    expect(loadConfig(text, registry).config.aggregation.variables["spread"]?.params).toEqual({ by: 1 });
  });

  it("gets the defaults of a function's own parameters", () => {
    const text = validConfig.replace("function: np.ptp", "function: np.scaled\n      params: {factor: 3}");
    expect(loadConfig(text, registry).config.aggregation.variables["spread"]?.params).toEqual({
      factor: 3,
      offset: 2,
    });
  });
});

describe("refusals", () => {
  it.each([
    [
      "a misspelt section",
      validConfig.replace("data_source:", "data_sorce:"),
      "CONFIG_KEY_UNKNOWN|CONFIG_KEY_MISSING",
      /data_source/,
    ],
    [
      "a misspelt key of a plugin",
      validConfig.replace("cells: 10", "cels: 10"),
      "CONFIG_KEY_MISSING|CONFIG_KEY_UNKNOWN",
      /cells/,
    ],
    [
      "an unknown grid",
      validConfig.replace("type: line", "type: lime"),
      "PLUGIN_UNKNOWN",
      /did you mean "line"/,
    ],
    [
      "an unknown function",
      validConfig.replace("np.ptp", "np.rang"),
      "PLUGIN_UNKNOWN",
      /did you mean "range"/,
    ],
    [
      "a number out of a plugin's range",
      validConfig.replace("cells: 10", "cells: 361"),
      "CONFIG_RANGE",
      /361/,
    ],
    [
      "a negative column",
      validConfig.replace('"/{group}/h"', "{ path: /h, column: -1 }"),
      "CONFIG_RANGE",
      /data_source\.variables\.h\.column is -1.*from 0/,
    ],
    [
      "a column without a path",
      validConfig.replace('"/{group}/h"', "{ column: 1 }"),
      "CONFIG_KEY_MISSING",
      /variables\.h\.path/,
    ],
    [
      "a misspelt column",
      validConfig.replace('"/{group}/h"', "{ path: /h, colunm: 1 }"),
      "CONFIG_KEY_UNKNOWN",
      /did you mean "column"/,
    ],
    [
      "a column of a level's variable that is no whole number",
      validConfig.replace(
        "aggregation:",
        "  base_level: a\n  levels: { a: { path: / }, b: { path: /, variables: { k: { path: /k, column: 1.5 } }, link: { to: a, index_beg: i, count: c } } }\naggregation:",
      ),
      "CONFIG_TYPE",
      /levels\.b\.variables\.k\.column is 1\.5/,
    ],
    [
      "a dataset that is read as what it cannot be",
      validConfig.replace('"/{group}/h"', "{ path: /h, dtype: int64 }"),
      "CONFIG_VALUE",
      /variables\.h\.dtype.*float64/,
    ],
    [
      "a number for a dataset",
      validConfig.replace('"/{group}/h"', "3"),
      "CONFIG_TYPE",
      /variables\.h is 3.*a text or a mapping/,
    ],
    [
      "a text where a number is due",
      validConfig.replace("cells: 10", 'cells: "10"'),
      "CONFIG_TYPE",
      /without quotes/,
    ],
    [
      "an exponent that YAML 1.1 reads as text",
      validConfig.replace("cells: 10", "cells: 1e1"),
      "CONFIG_TYPE",
      /write 1\.0e\+1/,
    ],
    [
      "an exponent without a digit before the dot",
      validConfig.replace("cells: 10", "cells: -.1e2"),
      "CONFIG_TYPE",
      /write -0\.1e\+2/,
    ],
    [
      "a fill value with an exponent that YAML 1.1 reads as text",
      validConfig.replace("dtype: float64", "dtype: float64\n      fill_value: 1e30"),
      "CONFIG_VALUE",
      /exponent.*write 1\.0e\+30/,
    ],
    [
      "a shape without extent",
      validConfig.replace("dtype: float64", "dtype: float64\n      kind: vector\n      trailing_shape: 0"),
      "CONFIG_VALUE",
      /none of the forms.*A whole number from 1, or a list of them/,
    ],
    [
      "a signed number without a digit before the dot",
      validConfig.replace("cells: 10", "cells: -.5"),
      "CONFIG_TYPE",
      /write -0\.5/,
    ],
    [
      "a number with a leading zero",
      validConfig.replace("cells: 10", "cells: 08"),
      "CONFIG_TYPE",
      /octal.*write 8/,
    ],
    [
      "a boolean where a text is due",
      validConfig.replace("groups: [a, b]", "groups: [yes, b]"),
      "CONFIG_TYPE",
      /quotes/,
    ],
    [
      "a field without function",
      validConfig.replace("function: np.ptp", "kind: scalar"),
      "CONFIG_FIELD_FUNCTION",
      /neither/,
    ],
    [
      "an unknown dtype",
      validConfig.replace("dtype: float64", "dtype: flaot64"),
      "CONFIG_DTYPE_UNKNOWN",
      /did you mean "float64"/,
    ],
    [
      "an integer field whose empty cells would be NaN",
      validConfig.replace("float64", "int16"),
      "CONFIG_FILL_VALUE",
      /int16/,
    ],
    [
      "a vector without a shape",
      validConfig.replace("source: h", "kind: vector"),
      "CONFIG_FIELD_SHAPE",
      /trailing_shape/,
    ],
    [
      "a parameter that its function lacks",
      validConfig.replace("source: h", "params: {q: 1}"),
      "CONFIG_KEY_UNKNOWN",
      /"q"/,
    ],
    ["a field name with a slash", validConfig.replace("spread:", '"a/b":'), "CONFIG_FIELD_NAME", /slash/],
    [
      "what the grid refuses",
      validConfig.replace("cells: 10", "cells: 10\n    shard: 3"),
      "LINE_UNEVEN",
      /uneven/,
    ],
    ["an empty file", "", "CONFIG_TYPE", /mapping/],
    ["a list", "- 1", "CONFIG_TYPE", /mapping/],
  ])("refuses %s", (_what, text, code, message) => {
    const error = refusal(text);
    expect(error.code).toMatch(new RegExp(`^(${code})$`));
    expect(
      JSON.stringify([error.message, problems(error)])
        .replaceAll('\\"', '"')
        .replaceAll("\\\\", ""),
    ).toMatch(message);
  });

  it("tells the file, line and column", () => {
    const error = refusal(validConfig.replace("cells: 10", "cells: 361"));
    expect(error.path).toBe("/output/grid/cells");
    expect(error.details).toMatchObject({ file: "c.yaml", line: 15, column: 5 });
    expect(refusal(validConfig.replace("cells: 10", "cells: 10\n    shard: 3")).details).toMatchObject({
      line: 16,
    });
  });

  it("tells the place of a key with a slash, and points to it as RFC 6901 has it", () => {
    const error = refusal(validConfig.replace("spread:", '"a/b~c":'));
    expect(error.path).toBe("/aggregation/variables/a~1b~0c");
    expect(error.details).toMatchObject({ file: "c.yaml", line: 8, column: 5 });
  });

  it("lists every problem, in the order of the file", () => {
    const error = refusal(validConfig.replace("float64", "flot64").replace("np.ptp", "np.rang"));
    expect(problems(error).map(({ code }) => code)).toEqual(["PLUGIN_UNKNOWN", "CONFIG_DTYPE_UNKNOWN"]);
  });

  it("tells where the YAML is broken", () => {
    const error = refusal("data_source: [1, 2\noutput: {");
    expect(error.code).toBe("CONFIG_YAML");
    expect(error.details?.["line"]).toBeGreaterThan(0);
  });

  it("refuses a key given twice", () => {
    expect(refusal(validConfig.replace("cells: 10", "cells: 10\n    cells: 12")).code).toBe("CONFIG_YAML");
  });

  it("reads integers of a filter digit by digit", () => {
    const filters = `  quality_filter: {dataset: q, value: -9007199254740993}
  filters:
    - {dataset: d, op: eq, value: 9007199254740993}
    - {dataset: d, op: in, values: [0xffffffffffffffff, -9223372036854775808, 5, "7"]}
`;
    const { config } = loadConfig(validConfig.replace("aggregation:", `${filters}aggregation:`), registry);
    expect(config.data_source.filters?.map(({ value, values }) => values ?? value)).toEqual([
      "9007199254740993",
      ["18446744073709551615", "-9223372036854775808", 5, "7"],
    ]);
    expect(config.data_source.quality_filter?.value).toBe("-9007199254740993");
  });

  it.each([
    ["value: 1e3", /write 1\.0e\+3/],
    ["value: 08", /octal.*write 8/],
    ["value: high", /a text.*a number/],
    ["value: -0", undefined],
  ])("refuses a filter's %s when it is no number", (entry, message) => {
    const text = validConfig.replace(
      "aggregation:",
      `  filters: [{dataset: d, op: eq, ${entry}}]\naggregation:`,
    );
    if (message === undefined) {
      expect(() => loadConfig(text, registry)).not.toThrow();
      return;
    }
    const error = refusal(text);
    expect(error.code).toBe("CONFIG_TYPE");
    expect(JSON.stringify([error.message, problems(error)])).toMatch(message);
  });

  it.each([
    ["{dataset: d, op: eq}", /no value/],
    ["{dataset: d, op: in, value: 3}", /no values/],
    ["{op: eq, value: 3}", /no dataset/],
    ["{dataset: d, value: 3}", /no op/],
    ["{expression: 'h > 1', op: eq}", /one or the other/],
    ["{expression: 'h > 1', value: 0}", /expression and value/],
  ])("refuses the filter %s", (filter, message) => {
    const error = refusal(validConfig.replace("aggregation:", `  filters: [${filter}]\naggregation:`));
    expect(error.code).toBe("CONFIG_FILTER");
    expect(error.message).toMatch(message);
  });
});

describe("a chunk value", () => {
  const withValue = (entry: string): string =>
    validConfig.replace(/^aggregation:\n/m, `aggregation:\n  chunk_precompute:\n    ${entry}\n`);

  it.each([
    [
      "the name of a column",
      'h: { expression: "np.max(h)" }',
      "CONFIG_CHUNK_VALUE",
      "/aggregation/chunk_precompute/h",
    ],
    [
      "the name of the row's id",
      'leaf_id: { expression: "np.max(h)" }',
      "CONFIG_CHUNK_VALUE",
      "/aggregation/chunk_precompute/leaf_id",
    ],
    [
      "a blank name",
      '" ": { expression: "np.max(h)" }',
      "CONFIG_CHUNK_VALUE",
      "/aggregation/chunk_precompute/ ",
    ],
    [
      "an unknown dtype",
      'low: { expression: "np.max(h)", dtype: float33 }',
      "CONFIG_DTYPE_UNKNOWN",
      "/aggregation/chunk_precompute/low/dtype",
    ],
    [
      "an unknown function",
      "low: { function: rang, source: h }",
      "PLUGIN_UNKNOWN",
      "/aggregation/chunk_precompute/low/function",
    ],
    [
      "a parameter that its function does not have",
      "low: { function: shifted, source: h, params: { b: 1 } }",
      "CONFIG_KEY_UNKNOWN",
      "/aggregation/chunk_precompute/low/params/b",
    ],
  ])("with %s is refused at its place", (_what, entry, code, path) => {
    expect(problems(refusal(withValue(entry)))).toMatchObject([{ code, path }]);
  });

  it("gets the defaults of its function's parameters", () => {
    const { config } = loadConfig(withValue("low: { function: shifted, source: h }"), registry);
    expect(config.aggregation.chunk_precompute?.["low"]?.params).toEqual(
      loadConfig(validConfig.replace("function: np.ptp", "function: shifted"), registry).config.aggregation
        .variables["spread"]?.params,
    );
  });
});

describe("the grid scope", () => {
  it("accepts functions that nobody registered, since a shard map does not depend on them", () => {
    const text = validConfig.replace("np.ptp", "acme.sketch");
    expect(loadConfig(text, registry, { scope: "grid" }).grid.type).toBe("line");
    expect(refusal(text).code).toBe("PLUGIN_UNKNOWN");
  });

  it("still refuses a grid that does not fit", () => {
    expect(refusal(validConfig.replace("cells: 10", "cells: 0"), "grid").code).toBe("CONFIG_RANGE");
  });
});

it("leaves room for keys of one's own", () => {
  expect(loadConfig(`x-note: mine\n${validConfig}`, registry).config.catalog).toBeUndefined();
});

describe("the composed schema", () => {
  it("holds the parameters of every plugin", () => {
    const text = JSON.stringify(composeConfigSchema(registry));
    expect(text).toContain('"How many cells."');
    expect(text).toContain('"factor"');
    expect(JSON.stringify(composeConfigSchema(registry, "grid"))).not.toContain('"factor"');
  });
});
