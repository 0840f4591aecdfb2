import { expect, it } from "vitest";
import * as shardmap from "../src/index.js";

it("exports these names and no others", () => {
  expect(Object.keys(shardmap).sort()).toMatchInlineSnapshot(`
    [
      "assertShardMapFits",
      "boundShardMap",
      "buildShardMap",
      "buildShardMapFromPoints",
      "checkShardMap",
      "codes",
      "configBounds",
      "createShardMap",
      "describeShardMap",
      "diffShardMaps",
      "explainCheck",
      "granuleHref",
      "granuleHrefs",
      "gridOfMap",
      "icesat2",
      "mergeShardMaps",
      "parseShardMap",
      "rekeyShardMap",
      "relativeHref",
      "serializeShardMap",
      "serializeShardMapChunks",
      "shardMapGeoJson",
      "shardMapSchema",
      "subsetShardMap",
    ]
  `);
});
