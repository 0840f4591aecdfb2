import { expect, it } from "vitest";
import * as sphere from "../src/index.js";

it("exports these names and no others", () => {
  expect(Object.keys(sphere).sort()).toMatchInlineSnapshot(`
    [
      "CAP_SIZE",
      "DOT_ERROR",
      "add",
      "angle",
      "boxCoverer",
      "boxOfRegion",
      "capSine",
      "capTree",
      "chord",
      "codes",
      "createRing",
      "cross",
      "descendPolygon",
      "dot",
      "foldedLongitude",
      "geoJsonArea",
      "hemisphereOf",
      "lonLatOf",
      "moved",
      "outlineCoverer",
      "perpendicular",
      "plainBoxes",
      "plainVectorOf",
      "pointsBetween",
      "polygonHolds",
      "preparePolygon",
      "prepareRegion",
      "pushNode",
      "regionFromBbox",
      "regionFromGeoJson",
      "regionsMeet",
      "ringFromArrays",
      "ringSide",
      "ringVectors",
      "treeCoverer",
      "unit",
      "unitVectors",
      "vectorOf",
      "writeUnitVector",
    ]
  `);
});
