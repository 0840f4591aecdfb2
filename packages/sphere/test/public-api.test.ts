import { expect, it } from "vitest";
import * as sphere from "../src/index.js";

it("exports these names and no others", () => {
  expect(Object.keys(sphere).sort()).toMatchInlineSnapshot(`
    [
      "add",
      "angle",
      "chord",
      "codes",
      "cross",
      "dot",
      "hemisphereOf",
      "lonLatOf",
      "moved",
      "perpendicular",
      "ringVectors",
      "unit",
      "unitVectors",
      "vectorOf",
      "writeUnitVector",
    ]
  `);
});
