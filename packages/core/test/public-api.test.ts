import { expect, it } from "vitest";
import * as core from "../src/index.js";

it("exports these names and no others", () => {
  expect(Object.keys(core).sort()).toMatchInlineSnapshot(`
    [
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
      "chunkCells",
      "codes",
      "composeConfigSchema",
      "configSchema",
      "createGrid",
      "createRegistry",
      "didYouMean",
      "dtypes",
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
      "sameOutputFields",
      "shardCells",
      "suggest",
      "uriScheme",
      "validateConfig",
    ]
  `);
});
