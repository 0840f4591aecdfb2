import { describe, expect, it } from "vitest";
import { createRegistry } from "@zagg/core";
import { bindFields } from "../src/index.js";
import { createConfig, createScene, errorOf } from "./scene.js";

const scene = createScene();
const bound = (
  variable: Record<string, string>,
  columns: Record<string, string>,
  extra: Record<string, string> = {},
  registry = scene.registry,
) =>
  bindFields(
    registry,
    createConfig(scene, {
      source: {
        variables: columns,
        coordinates: { latitude: "/{group}/lat", longitude: "/{group}/lon", ...extra },
      },
      variables: { "a~b": variable },
    }),
  )[0]?.bound.inputs;

const two = { h: "/h", s: "/s" };

describe("the source of a field", () => {
  it("is the one that is declared", () => {
    expect(bound({ function: "mean", source: "s" }, two)).toEqual(["s"]);
    expect(bound({ function: "np.mean", source: "s" }, two)).toEqual(["s"]);
  });

  it("may be a coordinate beyond latitude and longitude", () => {
    expect(bound({ function: "mean", source: "time" }, two, { time: "/t" })).toEqual(["time"]);
  });

  it("is the only column when none is declared", () => {
    expect(bound({ function: "mean" }, { s: "/s" })).toEqual(["s"]);
  });

  it("is that of the registry when none is declared and there is such a column", async () => {
    const registry = createRegistry(scene.registry.plugins, { source: "h" });
    expect(bound({ function: "mean" }, two, {}, registry)).toEqual(["h"]);
    const error = await errorOf(() => bound({ function: "mean" }, { s: "/s", t: "/t" }, {}, registry));
    expect(error.code).toBe("FIELD_SOURCE_MISSING");
  });

  it("must be declared otherwise", async () => {
    const error = await errorOf(() => bound({ function: "mean" }, two));
    expect([error.code, error.path]).toEqual(["FIELD_SOURCE_MISSING", "/aggregation/variables/a~0b"]);
  });

  it("is not needed by a function that counts", () => {
    expect(bound({ function: "len" }, two)).toEqual([]);
  });

  it("must exist, and the nearest column is suggested", async () => {
    const error = await errorOf(() =>
      bound({ function: "mean", source: "heigt" }, { height: "/h", s: "/s" }),
    );
    expect([error.code, error.path]).toEqual(["FIELD_SOURCE_UNKNOWN", "/aggregation/variables/a~0b/source"]);
    expect(error.message).toContain('did you mean "height"?');
  });

  it("must exist even when the function does not need it", async () => {
    expect((await errorOf(() => bound({ function: "count", source: "no" }, two))).code).toBe(
      "FIELD_SOURCE_UNKNOWN",
    );
  });
});

describe("a field of a kind that its function does not fill", () => {
  it("is refused by name", async () => {
    const error = await errorOf(() => bound({ function: "histogram" }, two));
    expect([error.code, error.path]).toEqual(["FIELD_KIND", "/aggregation/variables/a~0b/kind"]);
  });
});

describe("an expression field", () => {
  it("is computed by the expression aggregator", () => {
    expect(bound({ expression: "s" }, two)).toEqual(["s"]);
  });

  it("reads declared columns only", async () => {
    const error = await errorOf(() => bound({ expression: "q" }, two));
    expect([error.code, error.path]).toEqual(["FIELD_SOURCE_UNKNOWN", "/aggregation/variables/a~0b"]);
  });
});
