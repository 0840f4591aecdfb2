import { createRegistry } from "@zagg/core";
import { expect, it } from "vitest";

import * as api from "../src/index.js";
import * as internal from "../src/internal.js";

it("exports the reader and its codes", () => {
  expect(Object.keys(api).sort()).toMatchInlineSnapshot(`
    [
      "codes",
      "hdf5",
    ]
  `);
});

it("is a reader that a registry finds by each of its names", () => {
  const registry = createRegistry([api.hdf5]);
  for (const name of ["hdf5", "h5coro", "h5wasm"]) expect(registry.reader(name)).toBe(api.hdf5);
  expect(api.hdf5).toMatchObject({ kind: "reader", apiVersion: 2 });
  expect(Object.isFrozen(api.hdf5)).toBe(true);
});

it("lends siblings the library, and no more", () => {
  expect(Object.keys(internal)).toEqual(["loadLibrary"]);
});
