import { expect, it } from "vitest";
import * as composition from "../src/composition.js";
import * as demo from "../src/demo.js";
import * as cli from "../src/index.js";

it("exports these names and no others", () => {
  expect([cli, composition, demo].map((entry) => Object.keys(entry).sort())).toMatchInlineSnapshot(`
    [
      [
        "codes",
        "createZaggRegistry",
        "main",
        "zaggComposition",
      ],
      [
        "builtInPackages",
        "composeZaggRegistry",
        "createZaggRegistry",
        "zaggComposition",
      ],
      [
        "demoConfigs",
        "makeDemoGranules",
      ],
    ]
  `);
});
