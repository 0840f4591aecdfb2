/** The example of the README runs as it stands there, against a server of this machine. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { testServer } from "./server.js";

it("reads the beginning of a file", async () => {
  const text = readFileSync(join(import.meta.dirname, "../README.md"), "utf8");
  const example = /```ts\n(.*?)```/s.exec(text)?.[1] ?? "";
  expect(example.trim().split("\n").length).toBeLessThan(15);
  const granule = new Uint8Array(5000).fill(7);
  const server = await testServer((_, response) => {
    response.writeHead(206, { "Content-Range": `bytes 0-4095/${granule.length}`, ETag: '"v1"' });
    response.end(granule.subarray(0, 4096));
  });

  const folder = mkdtempSync(join(tmpdir(), "zagg-readme-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "example.ts");
  const source = example
    .replace('"@zagg/http"', JSON.stringify(join(import.meta.dirname, "../src/index.ts")))
    .replace("https://example.org/granule.h5", new URL("/granule.h5", server.url).href);
  writeFileSync(file, `${source}\nexport const answer = { bytes, etag, size };\n`);
  const { answer } = (await import(/* @vite-ignore */ file)) as { answer: unknown };
  expect(answer).toEqual({ bytes: granule.slice(0, 4096), etag: '"v1"', size: 5000 });
  expect(server.received.map(({ headers }) => headers.range)).toEqual(["bytes=0-4095"]);
});
