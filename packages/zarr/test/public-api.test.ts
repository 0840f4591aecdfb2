import { readFileSync, readdirSync } from "node:fs";
import { join, posix } from "node:path";
import { describe, expect, it } from "vitest";
import * as fs from "../src/fs.js";
import * as api from "../src/index.js";

const sources = join(import.meta.dirname, "../src");
const sourceOf = (name: string) => readFileSync(join(sources, name), "utf8");

describe("the public surface", () => {
  it("of @zagg/zarr is this", () => {
    expect(Object.keys(api).sort()).toMatchInlineSnapshot(`
      [
        "arrayMetadata",
        "codes",
        "crc32c",
        "declaredElements",
        "encodeChunk",
        "encodeShard",
        "formatJson",
        "groupMetadata",
        "memoryStore",
        "openRagged",
        "parseShardIndex",
        "readHierarchy",
        "rootMetadata",
        "zarr",
      ]
    `);
  });

  it("of @zagg/zarr/fs is this", () => {
    expect(Object.keys(fs).sort()).toMatchInlineSnapshot(`
      [
        "fileStore",
      ]
    `);
  });

  it("of @zagg/zarr reaches no module of Node, so that a browser can load it", () => {
    const seen = new Set<string>();
    const visit = (name: string): void => {
      if (seen.has(name)) return;
      seen.add(name);
      const source = sourceOf(name);
      expect(source, name).not.toMatch(/from "node:/);
      for (const [, imported] of source.matchAll(/from "(\.[^"]+)\.js"/g)) {
        visit(posix.join(posix.dirname(name), `${imported}.ts`));
      }
    };
    visit("index.ts");
    expect(seen.size).toBeGreaterThan(10);
  });
});

describe("codes", () => {
  it("are sorted, and are those that the sources throw", () => {
    const thrown = readdirSync(sources, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && name !== "codes.ts")
      .flatMap((name) => [...sourceOf(name).matchAll(/Error\(\s*"([A-Z0-9_]+)"/g)].map(([, code]) => code));
    expect(Object.keys(api.codes)).toEqual([...new Set(thrown)].sort());
  });
});
