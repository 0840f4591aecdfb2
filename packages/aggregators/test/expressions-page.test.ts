import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { numpyNames } from "../src/expression/names.js";

it("the page of expressions lists every name after np., and no other", () => {
  const page = readFileSync(new URL("../../../docs/expressions.md", import.meta.url), "utf8");
  const list = /```text\n([\s\S]*?)\n```/.exec(page)?.[1] ?? "";
  expect(list.split(/\s+/)).toEqual(numpyNames);
});
