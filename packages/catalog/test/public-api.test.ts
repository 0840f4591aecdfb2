import { expect, it } from "vitest";
import * as catalog from "../src/index.js";

it("exports these names and no others", () => {
  expect(Object.keys(catalog).sort()).toMatchInlineSnapshot(`
    [
      "catalogChanges",
      "codes",
      "createCatalogQuery",
      "cycleDates",
      "describeQuery",
      "encodeParquetCatalog",
      "footprintOf",
      "geoJsonFromWkb",
      "granuleOf",
      "granuleRevision",
      "itemFromStac",
      "itemsFromStac",
      "latestRevisions",
      "openParquetCatalog",
      "publicUrls",
      "queryFromMetadata",
      "queryMetadata",
      "regionFromWkb",
      "searchCatalog",
      "utcTime",
      "wkbFromGeoJson",
    ]
  `);
});
