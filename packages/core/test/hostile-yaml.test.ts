/** Texts that are made to cost time: refused at once, with a code and a place. */
import { describe, expect, it } from "vitest";

import { parseYaml } from "../src/config/yaml.js";
import { hostileTexts } from "./hostile-texts.js";

const keys = (count: number, key: (i: number) => string, separator: string): string =>
  Array.from({ length: count }, (_, i) => key(i)).join(separator);

describe("a configuration", () => {
  it.each(hostileTexts(11_000))("of nothing but %s is refused", (_what, text, code, why) => {
    expect(() => parseYaml(text, "hostile.yaml")).toThrow(
      expect.objectContaining({ code, why: expect.stringContaining(why) as string }),
    );
  });

  it("says where the nesting is too deep", () => {
    expect(() => parseYaml(`a: 1\nb: ${"[".repeat(1000)}`, "deep.yaml")).toThrow(
      expect.objectContaining({
        what: expect.stringMatching(/^deep\.yaml:2:\d+ is beyond what is read$/) as string,
        details: expect.objectContaining({ line: 2 }) as object,
      }),
    );
  });

  it("of aliases that grow with each other is refused, and few of them are read", () => {
    const grown = keys(20, (i) => `a${i + 1}: &a${i + 1} [${"*a" + i + ",".repeat(1) + "*a" + i}]`, "\n");
    expect(() => parseYaml(`a0: &a0 [x, x]\n${grown}`)).toThrow(
      expect.objectContaining({ code: "CONFIG_YAML", why: expect.stringContaining("alias") as string }),
    );
    expect(parseYaml("a: &a [1, 2]\nb: *a\nc: {<<: {x: 1}, y: *a}").value).toEqual({
      a: [1, 2],
      b: [1, 2],
      c: { x: 1, y: [1, 2] },
    });
  });

  it("may be nested, long and full of numbers as GeoJSON is", () => {
    const rings = [[Array.from({ length: 200 }, (_, i) => [i / 7, i / -9 - 1])]];
    const features = [{ type: "Feature", geometry: { type: "MultiPolygon", coordinates: rings } }];
    const config = { output: { grid: { geojson: { type: "FeatureCollection", features } } } };
    expect(parseYaml(JSON.stringify(config)).value).toEqual(config);
    const deep = `${"[".repeat(60)}1${"]".repeat(60)}`;
    expect(JSON.stringify(parseYaml(`a: ${deep}`).value)).toBe(`{"a":${deep}}`);
    const blocks = `${keys(60, (i) => `${" ".repeat(i)}a:`, "\n")} 1`;
    expect(JSON.stringify(parseYaml(blocks).value)).toBe(`${'{"a":'.repeat(60)}1${"}".repeat(60)}`);
    expect(parseYaml("[a, [b,], {c,},]").value).toEqual(["a", ["b"], { c: null }]);
  });

  it("names the first key that its mapping has twice, wherever that is", () => {
    for (const [text, line] of [
      ["a: 1\nb: {c: 1}\na: 2", 3],
      ["a:\n  - b: 1\n    c: 2\n    b: 3", 4],
      ['{"x": {"y": 1,\n"y": 2}, "x": 3}', 2],
    ] as const) {
      expect(() => parseYaml(text)).toThrow(
        expect.objectContaining({
          code: "CONFIG_YAML",
          details: expect.objectContaining({ line }) as object,
        }),
      );
    }
  });
});
