import { expect, it } from "vitest";
import * as api from "../src/index.js";

it("exports these names", () => {
  expect(Object.keys(api).sort()).toMatchInlineSnapshot(`
    [
      "assignNested",
      "assignRing",
      "authalicFromGeodetic",
      "coarsenMorton",
      "coarsenMortonWords",
      "codes",
      "coverRegion",
      "formatMorton",
      "geodeticFromAuthalic",
      "healpix",
      "healpixParams",
      "isMortonPoint",
      "mortonChildren",
      "mortonFromNested",
      "mortonOrder",
      "mortonWordsFromNested",
      "nestedCenters",
      "nestedCorners",
      "nestedFromMorton",
      "nestedFromMortonWords",
      "nestedFromRing",
      "parseMorton",
      "ringCenters",
      "ringCorners",
      "ringFromNested",
    ]
  `);
});
