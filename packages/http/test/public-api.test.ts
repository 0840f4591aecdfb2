import { expect, it } from "vitest";
import * as api from "../src/index.js";

it("exports what it says, and no more", () => {
  expect(Object.keys(api).sort()).toMatchInlineSnapshot(`
    [
      "codes",
      "createHttpClient",
      "httpRequest",
      "isHeader",
      "parseUrl",
      "safeExcerpt",
      "safeUrl",
    ]
  `);
});
