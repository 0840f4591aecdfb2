/** The tables of codes, the code that throws them, and the page that lists them say the same. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { errorsPage } from "../docs-errors.mjs";

const packages = fileURLToPath(new URL("../../packages/", import.meta.url));
const built = existsSync(join(packages, "cli", "dist", "codes.js"));

/** Codes that a package's sources throw or warn with: the first argument of a coded error, or a `code:` property. */
function codesThrown(name: string): Set<string> {
  const source = join(packages, name, "src");
  const texts = readdirSync(source, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith("codes.ts"))
    .map((file) => readFileSync(join(source, file), "utf8"));
  const pattern = /(?:Error\(\s*|\bcode: )"([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)"/g;
  return new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1]!)));
}

describe.each(readdirSync(packages))("the codes of %s", (name) => {
  it("are sorted, and list every code that it throws", async () => {
    const { codes } = (await import(join(packages, name, "src", "codes.ts"))) as {
      codes: Record<string, string>;
    };
    expect(Object.keys(codes)).toEqual(Object.keys(codes).sort());
    const everywhere = new Set<string>();
    for (const other of readdirSync(packages)) {
      const { codes: more } = (await import(join(packages, other, "src", "codes.ts"))) as {
        codes: Record<string, string>;
      };
      for (const code of Object.keys(more)) everywhere.add(code);
    }
    expect([...codesThrown(name)].filter((code) => !(code in codes) && !everywhere.has(code))).toEqual([]);
  });
});

it.runIf(built)("docs/errors.md is current: npm run docs:errors", async () => {
  const page = fileURLToPath(new URL("../../docs/errors.md", import.meta.url));
  expect(readFileSync(page, "utf8")).toBe(await errorsPage());
});
