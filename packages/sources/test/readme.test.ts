/** The example of the README runs as it stands there. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createRegistry } from "@zagg/core";
import { expect, it } from "vitest";
import { fileSource } from "../src/file.js";

it("reads a file's end and its beginning", async () => {
  const readme = fileURLToPath(new URL("../README.md", import.meta.url));
  const text = readFileSync(readme, "utf8");
  const example = /```ts\n(.*?)```/s.exec(text)?.[1] ?? "";
  expect(example.trim().split("\n").length).toBeLessThan(15);
  const body = example.replace(/^import .*$/gm, "").replaceAll('"granule.h5"', JSON.stringify(readme));
  const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor as new (
    ...source: string[]
  ) => (registry: typeof createRegistry, source: typeof fileSource) => Promise<[Uint8Array, Uint8Array]>;
  const run = new AsyncFunction("createRegistry", "fileSource", `${body}\nreturn [head, tail];`);
  const [head, tail] = (await run(createRegistry, fileSource)).map((bytes) => Buffer.from(bytes).toString());
  expect([head, tail]).toEqual([text.slice(0, 8), text.slice(-8)]);
});
