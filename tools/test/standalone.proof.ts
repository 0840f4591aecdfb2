/** Packages outside the workspace, against the core as it is packed: they build, and pass their kit once they are written. */
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeStandalone } from "../generators/standalone.mjs";
import { pageBlocks } from "./page-blocks.js";
import { runIn } from "./shell.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const built = existsSync(join(root, "packages/core/dist/testing.js"));
/** Packing, compiling and testing take seconds each on an idle machine. */
const TIMEOUT_MS = 300_000;

/** What is installed in the workspace, except that the core and the sphere are unpacked from their tarballs. */
function install(directory: string): void {
  const modules = join(directory, "node_modules");
  mkdirSync(join(modules, "@zagg"), { recursive: true });
  for (const name of readdirSync(join(root, "node_modules"))) {
    if (name !== "@zagg") symlinkSync(join(root, "node_modules", name), join(modules, name));
  }
  const pack = ["pack", "--ignore-scripts", "--pack-destination", directory];
  for (const name of ["core", "sphere"]) {
    execFileSync("npm", pack, { cwd: join(root, "packages", name), stdio: "pipe" });
    const tarball = readdirSync(directory).find((file) => file.endsWith(".tgz"))!;
    execFileSync("tar", ["-xzf", tarball], { cwd: directory });
    rmSync(join(directory, tarball));
    renameSync(join(directory, "package"), join(modules, "@zagg", name));
  }
}

function fixture(name: string): string {
  return readFileSync(new URL(`fixtures/${name}`, import.meta.url), "utf8");
}

/** The files that a page of docs/tutorials writes in its package, by path there. */
function filesOfPage(page: string, folder: string): ReadonlyMap<string, string> {
  const prefix = `packages/${folder}/`;
  const files = pageBlocks(page).filter(({ rest }) => rest.startsWith(prefix));
  return new Map(files.map(({ rest, text }) => [rest.slice(prefix.length), text]));
}

describe.runIf(built).each([
  ["grid", "grid-boxes", filesOfPage("add-a-grid.md", "grid-boxes")],
  ["aggregator", "aggregator-rms", filesOfPage("add-an-aggregator.md", "aggregator-rms")],
  ["reader", "reader-table", new Map([["src/parse.ts", fixture("reader-parse.ts")]])],
] as const)("a standalone %s", (kind, name, files) => {
  let directory: string;
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "zagg-standalone-"));
    await writeStandalone(kind, name, directory);
    install(directory);
  }, TIMEOUT_MS);
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it("builds and typechecks as it is written", { timeout: TIMEOUT_MS }, async () => {
    const compile = "npx tsgo -p tsconfig.json && npx tsgo -p tsconfig.spec.json";
    const { status, output } = await runIn(directory, compile);
    expect(status, output).toBe(0);
    expect(readdirSync(join(directory, "dist"))).toContain("index.js");
  });

  it("fails its contract kit at the one place to write", { timeout: TIMEOUT_MS }, async () => {
    const { status, output } = await runIn(directory, "npx vitest run");
    expect(status, output).toBe(1);
    expect(output).toContain("not written yet: ");
    expect(output).toContain("test/public-api.test.ts (2 tests)");
    expect(output).not.toContain("FAIL  public-api");
  });

  it("passes its contract kit once it is written", { timeout: TIMEOUT_MS }, async () => {
    expect(files.size).toBeGreaterThan(0);
    for (const [path, text] of files) writeFileSync(join(directory, path), text);
    const { status, output } = await runIn(directory, "npx vitest run");
    expect(status, output).toBe(0);
  });
});
