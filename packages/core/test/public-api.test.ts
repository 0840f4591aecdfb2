import { expect, it } from "vitest";
import * as core from "../src/index.js";
import * as testing from "../src/testing.js";

it("exports these names and no others", () => {
  expect(Object.keys(core).sort()).toMatchInlineSnapshot(`
    [
      "API_VERSION",
      "CatalogError",
      "CodedError",
      "ConfigError",
      "GeometryError",
      "GridError",
      "NO_ID",
      "PluginError",
      "ReaderError",
      "RunError",
      "ShardMapError",
      "StoreError",
      "allocate",
      "assertBoundChunkValueShape",
      "assertBoundFieldShape",
      "assertEncodedLength",
      "assertParents",
      "cellPartial",
      "chunkCells",
      "codes",
      "composeConfigSchema",
      "configPlugins",
      "configSchema",
      "createGrid",
      "createRegistry",
      "decodeCells",
      "didYouMean",
      "dtypes",
      "encodeCells",
      "encodedArrays",
      "errorFromJson",
      "errorToJson",
      "expandPath",
      "fillValueOf",
      "integerRange",
      "isCodedError",
      "isDType",
      "isFloat",
      "itemSize",
      "loadConfig",
      "namesOf",
      "outputFieldSignature",
      "outputFields",
      "perCell",
      "plainFunctionName",
      "pluginFailure",
      "sameOutputFields",
      "shardCells",
      "stateInvalid",
      "suggest",
      "uriScheme",
      "validateConfig",
    ]
  `);
});

it("exports these kits and no others", () => {
  expect(Object.keys(testing).sort()).toMatchInlineSnapshot(`
    [
      "BrokenLaw",
      "aggregatorContract",
      "gridContract",
      "gridLaws",
      "interestingPoints",
      "invalidPoints",
      "pointsInBox",
      "readerContract",
      "storeContract",
    ]
  `);
});
