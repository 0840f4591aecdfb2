import { describe, expect, it } from "vitest";
import { configPlugins, loadConfig } from "../src/index.js";
import { testRegistry, validConfig } from "./plugins.js";

describe("the plugins that a configuration names", () => {
  it.each([
    ["plugins: [zagg-grid-boxes, ./own.mjs]\n", ["zagg-grid-boxes", "./own.mjs"]],
    ["plugins: []\n", []],
    ["plugins:\n", []],
    ["", []],
  ])("of %j are read in order, and loading accepts them", (line, names) => {
    const text = `${line}${validConfig}`;
    expect(configPlugins(text)).toEqual(names);
    expect(loadConfig(text, testRegistry()).config.plugins ?? []).toEqual(names);
  });

  it.each(["", "3", "[plugins]"])("are none in %j, which is no configuration", (text) => {
    expect(configPlugins(text)).toEqual([]);
  });

  it.each([
    ["plugins: zagg-grid-boxes", "/plugins", 1],
    ["plugins: {a: b}", "/plugins", 1],
    ["plugins:\n  - a\n  - 3", "/plugins/1", 3],
    ['plugins: [""]', "/plugins/0", 1],
  ])("must be a list of names, unlike %j", (text, path, line) => {
    expect(() => configPlugins(text, "c.yaml")).toThrowError(
      expect.objectContaining({
        code: "CONFIG_TYPE",
        path,
        details: expect.objectContaining({ file: "c.yaml", line }),
      }),
    );
  });

  it("are not looked for in what is not YAML", () => {
    expect(() => configPlugins("a: [", "c.yaml")).toThrowError(
      expect.objectContaining({ code: "CONFIG_YAML" }),
    );
  });
});
