import { describe, expect, it } from "vitest";
import {
  fillValueOf,
  loadConfig,
  outputFields,
  outputFieldSignature,
  perCell,
  sameOutputFields,
  type BoundDense,
  type BoundRagged,
  type CellSegments,
} from "../src/index.js";
import { testRegistry, validConfig } from "./plugins.js";

const config = loadConfig(
  validConfig.replace(
    /variables:\n    spread:[\s\S]*float64\n/,
    `variables:
    waveform_counts: {kind: vector, trailing_shape: 128, expression: "x", dtype: uint32, fill_value: 0}
    count: {function: len, dtype: int32, fill_value: 0}
    h_tdigest: {kind: ragged, inner_shape: [2], function: digest, dtype: float32}
    plain: {function: mean, resolution: chunk}
`,
  ),
  testRegistry(),
  { scope: "grid" },
).config;

describe("the output-field signature", () => {
  it("has the keys, order and values of the original, sorted by name", () => {
    expect(JSON.stringify(outputFieldSignature(outputFields(config)))).toBe(
      '[{"name":"count","kind":"scalar","trailing_shape":[],"inner_shape":[],"dtype":"int32"},' +
        '{"name":"h_tdigest","kind":"ragged","trailing_shape":[],"inner_shape":[2],"dtype":"float32"},' +
        '{"name":"plain","kind":"scalar","trailing_shape":[],"inner_shape":[],"dtype":null},' +
        '{"name":"waveform_counts","kind":"vector","trailing_shape":[128],"inner_shape":[],"dtype":"uint32"}]',
    );
  });

  it("does not fill in the float32 default, though the stored array has it", () => {
    expect(outputFields(config).find(({ name }) => name === "plain")).toMatchObject({
      dtype: "float32",
      declaredDtype: null,
      resolution: "chunk",
    });
  });

  it("ignores the order of the fields", () => {
    const fields = outputFields(config);
    expect(sameOutputFields(fields, [...fields].reverse())).toBe(true);
    expect(sameOutputFields(fields, fields.slice(1))).toBe(false);
  });

  it("sorts by code point, not by UTF-16 unit", () => {
    const base = outputFields(config)[0]!;
    const names = outputFieldSignature([
      { ...base, name: "\u{1F600}" },
      { ...base, name: "\uFFFD" },
    ]).map(({ name }) => name);
    expect(names).toEqual(["\uFFFD", "\u{1F600}"]);
  });
});

describe("fill values", () => {
  it.each([
    [undefined, "float32", false, "NaN"],
    [undefined, "int32", true, 0],
    [undefined, "int32", false, undefined],
    ["NaN", "int8", false, undefined],
    [-9999, "float32", false, -9999],
    [-1, "uint8", false, undefined],
    [300, "uint8", false, undefined],
    [1.5, "int16", false, undefined],
    ["18446744073709551615", "uint64", false, "18446744073709551615"],
    ["-Infinity", "float64", false, "-Infinity"],
    [-0, "float64", false, "-0"],
    [-0, "int64", false, 0],
    [1, "bool", false, true],
  ] as const)("%s as %s (count: %s) is %s", (declared, dtype, isCount, expected) => {
    expect(fillValueOf(declared, dtype, isCount)).toEqual(expected);
  });
});

describe("perCell", () => {
  it("computes cells that have rows and leaves the others", () => {
    const sum = perCell({ name: "total", description: "Sum." }, (values) => {
      let total = 0;
      for (const value of values) total += value;
      return total;
    });
    const segments: CellSegments = {
      cells: 3,
      rows: 3,
      offsets: Int32Array.of(0, 2, 2, 3),
      column: () => Float32Array.of(1, 2, 5),
      scratch: () => Float32Array.of(1, 2, 5),
      chunkValue: () => ({ dtype: "float64", shape: [], data: Float64Array.of(0) }),
    };
    const out = new Float64Array(3).fill(-1);
    const field = outputFields(config)[1]!;
    const request = { field, source: "h", params: {}, columns: ["h"], chunkValues: [] };
    (sum.bind(request) as BoundDense).aggregate(segments, out);
    expect([...out]).toEqual([3, -1, 5]);
  });

  const segments: CellSegments = {
    cells: 2,
    rows: 3,
    offsets: Int32Array.of(0, 2, 3),
    column: (name) => (name === "w" ? Float64Array.of(10, 20, 30) : Float32Array.of(1, 2, 5)),
    scratch: () => Float32Array.of(1, 2, 5),
    chunkValue: () => ({ dtype: "float64", shape: [], data: Float64Array.of(0) }),
  };
  const bindTo = (plugin: ReturnType<typeof perCell>, change: object, params = {}, source = "h") => {
    const field = { ...outputFields(config)[1]!, ...change };
    return plugin.bind({ field, source, params, columns: ["h", "w"], chunkValues: [] });
  };
  const both = perCell<{ by: string }>(
    {
      name: "both",
      description: "Values and another column.",
      kinds: ["vector", "ragged"],
      columns: ({ by }) => [by],
    },
    (values, { column, params }) => [values[0]!, column(params.by)[0]!],
  ) as unknown as ReturnType<typeof perCell>;

  it("gives vectors, and payloads, from several columns", () => {
    const vector = bindTo(both, { kind: "vector", trailingShape: [2] }, { by: "w" }) as BoundDense;
    expect(vector.inputs).toEqual(["h", "w"]);
    const out = new Float64Array(4);
    vector.aggregate(segments, out);
    expect([...out]).toEqual([1, 10, 5, 30]);
    const ragged = bindTo(both, { kind: "ragged", innerShape: [1] }, { by: "w" }) as BoundRagged;
    expect(ragged.gather(segments)).toEqual({
      offsets: Int32Array.of(0, 2, 4),
      values: Float64Array.of(1, 10, 5, 30),
    });
  });

  it("refuses a column that there is not, and a result that does not fit", () => {
    expect(() => bindTo(both, {}, { by: "x" })).toThrow(
      expect.objectContaining({ code: "AGGREGATOR_SOURCE" }),
    );
    expect(() => bindTo(both, {}, { by: "w" }, "hh")).toThrow(
      expect.objectContaining({ code: "AGGREGATOR_SOURCE" }),
    );
    const vector = bindTo(both, { kind: "vector", trailingShape: [3] }, { by: "w" }) as BoundDense;
    expect(() => vector.aggregate(segments, new Float64Array(6))).toThrow(
      expect.objectContaining({ code: "AGGREGATOR_RESULT" }),
    );
    const ragged = bindTo(both, { kind: "ragged", innerShape: [3] }, { by: "w" }) as BoundRagged;
    expect(() => ragged.gather(segments)).toThrow(expect.objectContaining({ code: "AGGREGATOR_RESULT" }));
  });
});
