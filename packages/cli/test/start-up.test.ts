/** What the program loads before it is asked to do anything. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";

const program = resolve(import.meta.dirname, "../bin/zagg.js");
const isBuilt = existsSync(resolve(import.meta.dirname, "../dist/main.js"));

/** Tells the URL of every module that is loaded, on a line of its own that begins with @. */
const loader = `export async function load(url, context, next) {
  process._rawDebug("@" + url);
  return next(url, context);
}`;
const register = `import { register } from "node:module"; register(${JSON.stringify(dataUrl(loader))});`;

function dataUrl(source: string): string {
  return `data:text/javascript,${encodeURIComponent(source)}`;
}

/** The packages that a call of the program loads modules of, and what it prints. */
function packagesOf(...argv: readonly string[]): {
  readonly packages: readonly string[];
  readonly text: string;
} {
  const args = ["--import", dataUrl(register), program, ...argv];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect(status).toBe(0);
  const root = pathToFileURL(resolve(import.meta.dirname, "../../..")).href;
  const packages = stderr
    .split("\n")
    .filter((line) => line.startsWith(`@${root}/`))
    .map((line) => line.slice(root.length + 2))
    .map((path) => /^(?:.*node_modules|packages)\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? path);
  return { packages: [...new Set(packages)].sort(), text: stdout };
}

describe.runIf(isBuilt)("the program", () => {
  it.each([[["--help"]], [["--version"]], [["run", "--help"]], [["shardmap", "build", "--help"]]])(
    "loads nothing of the engine, of plugins and of their parsers for %j",
    (argv) => {
      const { packages, text } = packagesOf(...argv);
      expect(text).not.toBe("");
      expect(packages).toEqual(["cli", "commander", "picocolors"]);
    },
  );
});
