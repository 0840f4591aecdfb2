import { createRegistry } from "@zagg/core";
import { expect, it } from "vitest";
import * as file from "../src/file.js";
import * as api from "../src/index.js";

it("exports what it says, and no more", () => {
  expect(Object.keys(api).sort()).toEqual(["byteSource", "codes"]);
  expect(Object.keys(file)).toEqual(["fileSource"]);
});

it("is found by the scheme of a URI", () => {
  const registry = createRegistry([file.fileSource]);
  for (const uri of ["granule.h5", "/a/granule.h5", "file:///a/granule.h5", "C:\\granule.h5"])
    expect(registry.source(uri)).toBe(file.fileSource);
});
