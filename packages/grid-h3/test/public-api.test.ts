import { expect, it } from "vitest";
import * as api from "../src/index.js";

it("exports these names", () => {
  expect(Object.keys(api).sort()).toMatchInlineSnapshot(`
    [
      "assignH3",
      "codes",
      "h3",
      "h3Params",
    ]
  `);
});
