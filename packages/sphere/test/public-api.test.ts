import { expect, it } from "vitest";
import * as sphere from "../src/index.js";

it("exports these names and no others", () => {
  expect(Object.keys(sphere).sort()).toMatchInlineSnapshot(`
    [
      "add",
      "angle",
      "boxOfRegion",
      "chord",
      "codes",
      "createRing",
      "cross",
      "dot",
      "foldedLongitude",
      "geoJsonArea",
      "hemisphereOf",
      "lonLatOf",
      "moved",
      "perpendicular",
      "plainBoxes",
      "plainVectorOf",
      "pointsBetween",
      "regionFromBbox",
      "regionFromGeoJson",
      "ringFromArrays",
      "ringVectors",
      "unit",
      "unitVectors",
      "vectorOf",
      "writeUnitVector",
    ]
  `);
});
