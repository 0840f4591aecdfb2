import { describe, expect, it } from "vitest";
import { parseYaml } from "../src/config/yaml.js";

/** What PyYAML 6 `safe_load` gives for each text. */
const pyYaml: readonly (readonly [string, unknown])[] = [
  ["1e-4", "1e-4"],
  ["1.0e4", "1.0e4"],
  ["1.0e-4", 1e-4],
  ["1.5e+3", 1500],
  [".5", 0.5],
  ["yes", true],
  ["Off", false],
  ["y", "y"],
  ["n", "n"],
  ["1_000", 1000],
  ["0x1F", 31],
  ["010", 8],
  [".inf", "Infinity"],
  ["-.INF", "-Infinity"],
  ["1.0e+400", "Infinity"],
  [".nan", "NaN"],
  [".", "."],
  ["-.5", "-.5"],
  ["+.5e-3", "+.5e-3"],
  [".5e-3", 0.5e-3],
  ["._5", "._5"],
  [".5_", 0.5],
  ["1.", 1],
  ["-1_0.2_5", -10.25],
  ["08", "08"],
  ["-010", -8],
  ["0_", 0],
  ["-0", 0],
  ["0b1_01", 5],
  ["-0xff", -255],
  ["1:30", 90],
  ["01:30", "01:30"],
  ["-190:20:30.5", -685230.5],
  ["!!float 1e-4", 1e-4],
  ["!!int '7'", 7],
  ["!!str 7", "7"],
  ["!!bool 'no'", false],
  ["~", null],
  ["2020-01-02", "2020-01-02"],
  ["18446744073709551615", "18446744073709551615"],
  ["-9007199254740991", -9007199254740991],
];

describe("YAML 1.1", () => {
  it.each(pyYaml)(
    "reads %s as PyYAML does; dates, integers beyond 2^53 and what is not finite as text",
    (text, value) => {
      expect(parseYaml(`a: ${text}`).value).toEqual({ a: value });
    },
  );

  it("reads the same under a directive of another version", () => {
    expect(parseYaml("%YAML 1.2\n---\na: yes\nb: 010\nc: 1e-4\n").value).toEqual({
      a: true,
      b: 8,
      c: "1e-4",
    });
  });

  it.each(["!!int 1e-4", "!!float x", "!!bool y", "!!int ''", "!!int 08", "!odd 1"])("refuses %s", (text) => {
    expect(() => parseYaml(`a: ${text}`)).toThrow(expect.objectContaining({ code: "CONFIG_YAML" }));
  });

  it("gives the position of keys, items and their nearest parent", () => {
    const { position } = parseYaml("a:\n  b:\n    - 1\n    - c: 2\n");
    expect(position(["a", "b"])).toEqual({ line: 2, column: 3 });
    expect(position(["a", "b", "1", "c"])).toEqual({ line: 4, column: 7 });
    expect(position(["a", "missing"])).toEqual({ line: 1, column: 1 });
    expect(position([])).toBeUndefined();
  });

  it("gives the position of keys that are numbers, and of what stands behind an alias", () => {
    const { position } = parseYaml("a: &x\n  1:\n    b: 2\nc: *x\n");
    expect(position(["a", "1", "b"])).toEqual({ line: 3, column: 5 });
    expect(position(["c", "1"])).toEqual({ line: 2, column: 3 });
  });
});
