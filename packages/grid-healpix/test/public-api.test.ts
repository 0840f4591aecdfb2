import { expect, it } from "vitest";
import * as api from "../src/index.js";
import * as moc from "../src/moc.js";

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

it("exports these names for MOCs", () => {
  expect(Object.keys(moc).sort()).toMatchInlineSnapshot(`
    [
      "coarsenMoc",
      "complementMoc",
      "decodeMocFits",
      "emptyMoc",
      "encodeMocFits",
      "flatMortonWords",
      "formatMocAscii",
      "formatMocJson",
      "fullMoc",
      "intersectMocs",
      "locateInMoc",
      "mocCellCount",
      "mocCells",
      "mocFromMortonWords",
      "mocFromNested",
      "mocFromRanges",
      "mocFromRegion",
      "mocLevels",
      "mocSkyFraction",
      "mocsEqual",
      "mortonWordsFromMoc",
      "nestedFromMoc",
      "parseMocAscii",
      "parseMocJson",
      "subtractMocs",
      "uniteMocs",
      "xorMocs",
    ]
  `);
});
