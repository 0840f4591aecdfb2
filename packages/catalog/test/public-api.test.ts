import { expect, it } from "vitest";
import * as catalog from "../src/index.js";

it("exports these names and no others", () => {
  expect(Object.keys(catalog).sort()).toMatchInlineSnapshot(`
    [
      "catalogChanges",
      "codes",
      "createCatalogQuery",
      "createTrackOutline",
      "cycleDates",
      "describeQuery",
      "encodeParquetCatalog",
      "footprintOf",
      "geoJsonFromWkb",
      "granuleOf",
      "granuleRevision",
      "groundTrack",
      "icesat2Orbit",
      "itemFromStac",
      "itemsFromStac",
      "itemsFromUmm",
      "latestRevisions",
      "openParquetCatalog",
      "parseJsonCatalog",
      "publicUrls",
      "queryFromMetadata",
      "queryMetadata",
      "regionFromWkb",
      "searchCatalog",
      "swathRings",
      "utcTime",
      "wkbFromGeoJson",
    ]
  `);
});
