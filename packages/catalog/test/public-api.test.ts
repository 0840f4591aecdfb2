import { expect, it } from "vitest";
import * as catalog from "../src/index.js";

it("exports these names and no others", () => {
  expect(Object.keys(catalog).sort()).toMatchInlineSnapshot(`
    [
      "codes",
      "footprintOf",
      "geoJsonFromWkb",
      "granuleOf",
      "itemFromStac",
      "itemsFromStac",
      "regionFromWkb",
      "utcTime",
      "wkbFromGeoJson",
    ]
  `);
});
