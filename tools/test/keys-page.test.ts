/** The page of the configuration's keys is that of the schema and of the table of the original's keys. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { keysPage } from "../docs-keys.mjs";

const built = existsSync(fileURLToPath(new URL("../../packages/core/dist/internal.js", import.meta.url)));

it.runIf(built)("docs/keys.md is current: npm run docs:keys", async () => {
  const page = fileURLToPath(new URL("../../docs/keys.md", import.meta.url));
  expect(readFileSync(page, "utf8")).toBe(await keysPage());
});
