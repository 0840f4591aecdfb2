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
  [".inf", Infinity],
  ["~", null],
  ["2020-01-02", "2020-01-02"],
  ["18446744073709551615", "18446744073709551615"],
  ["-9007199254740991", -9007199254740991],
];

describe("YAML 1.1", () => {
  it.each(pyYaml)("reads %s as PyYAML does, dates and integers beyond 2^53 as text", (text, value) => {
    expect(parseYaml(`a: ${text}`).value).toEqual({ a: value });
  });

  it("gives the position of keys, items and their nearest parent", () => {
    const { position } = parseYaml("a:\n  b:\n    - 1\n    - c: 2\n");
    expect(position(["a", "b"])).toEqual({ line: 2, column: 3 });
    expect(position(["a", "b", "1", "c"])).toEqual({ line: 4, column: 7 });
    expect(position(["a", "missing"])).toEqual({ line: 1, column: 1 });
    expect(position([])).toBeUndefined();
  });
});
