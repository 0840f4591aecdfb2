/** What the generators write, without running it: the pages of docs/tutorials run it. */
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { check, resolveConfig } from "prettier";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aggregatorGenerator, gridGenerator, readerGenerator } from "../generators/index.mjs";
import { writeStandalone } from "../generators/standalone.mjs";
import { withCodes } from "../generators/workspace.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The workspace, with what was written laid over it. */
class OverlayTree {
  readonly written = new Map<string, string>();

  exists(path: string): boolean {
    return this.written.has(path) || existsSync(join(root, path));
  }

  read(path: string): string {
    return this.written.get(path) ?? readFileSync(join(root, path), "utf8");
  }

  write(path: string, text: string): void {
    this.written.set(path, text);
  }
}

/** Names as short and as long as they come, to move every line break. */
const cases = [
  ["grid", gridGenerator, "grid-x", "x"],
  ["grid", gridGenerator, "grid-icosahedral-snyder-equal-area", "icosahedral-snyder-equal-area"],
  ["aggregator", aggregatorGenerator, "aggregator-x", "x"],
  ["aggregator", aggregatorGenerator, "trimmed-mean-of-heights", "trimmed-mean-of-heights"],
  ["reader", readerGenerator, "reader-x", "x"],
  ["reader", readerGenerator, "reader-laser-altimetry-text", "laser-altimetry-text"],
] as const;

describe.each(cases)("the %s generator, called by Nx (%#)", (_kind, generator, name, plugin) => {
  const folder = `packages/${name}`;
  const tree = new OverlayTree();
  const { written } = tree;
  beforeAll(() => generator(tree, { name }));

  it("writes everything that a package has", () => {
    for (const file of [
      "package.json",
      "tsconfig.json",
      "tsconfig.lib.json",
      "tsconfig.spec.json",
      "vitest.config.ts",
      "README.md",
      "LICENSE",
      "src/index.ts",
      "src/codes.ts",
      "test/contract.test.ts",
      "test/public-api.test.ts",
      "test/fixtures/PROVENANCE.md",
    ]) {
      expect([...written.keys()]).toContain(`${folder}/${file}`);
    }
    expect([...written.keys()].some((path) => path.endsWith(".bench.ts"))).toBe(true);
  });

  it("formats every file as the workspace does, and leaves no placeholder", async () => {
    const options = await resolveConfig(join(root, "package.json"));
    for (const [path, text] of written) {
      expect(text, path).not.toMatch(/\{\{\w+\}\}/);
      if (!/\.(ts|json|md)$/.test(path) || path.includes("/fixtures/") || path === "docs/errors.md") continue;
      expect(await check(text, { ...options, filepath: path }), path).toBe(true);
    }
  });

  it("leaves exactly one place to write, and names the plugin after the package", () => {
    const sources = [...written].filter(([path]) => path.startsWith(`${folder}/src/`));
    expect(sources.filter(([, text]) => text.includes(`not written yet: `))).toHaveLength(1);
    expect(sources.some(([, text]) => text.includes(`"${plugin}"`))).toBe(true);
  });

  it("tells the workspace: a reference of the root project, and a section of the page of errors", () => {
    const { references } = JSON.parse(tree.read("tsconfig.json")) as { references: { path: string }[] };
    expect(references).toContainEqual({ path: `./${folder}` });
    const headings = [...tree.read("docs/errors.md").matchAll(/^## (.*)$/gm)].map((match) => match[1]);
    expect(headings).toEqual([...headings].sort());
    expect(headings).toContain(name);
    for (const [code] of tree.read(`${folder}/src/codes.ts`).matchAll(/\b[A-Z]+(?:_[A-Z]+)+(?=:)/g)) {
      expect(tree.read("docs/errors.md").split(`## ${name}\n`)[1]?.split("\n## ")[0]).toContain(
        `\`${code}\``,
      );
    }
    const without = tree
      .read("docs/errors.md")
      .replace(new RegExp(`\n## ${name}\n[\\s\\S]*?(?=\n## |$)`), "");
    expect(without.trimEnd()).toBe(readFileSync(join(root, "docs/errors.md"), "utf8").trimEnd());
  });
});

it("writes a section of the page of errors as docs-errors.mjs does", () => {
  const page = new OverlayTree().read("docs/errors.md");
  const section = /\n## grid-rectilinear\n[\s\S]*?(?=\n## )/;
  const rows = section.exec(page)?.[0].matchAll(/^\| `([A-Z_]+)` \| (.*) \|$/gm) ?? [];
  const codes = Object.fromEntries(Array.from(rows, ([, code, when]) => [code, when]));
  expect(Object.keys(codes).length).toBeGreaterThan(0);
  expect(withCodes(page.replace(section, ""), "grid-rectilinear", codes)).toBe(page);
});

describe("names", () => {
  it.each([
    "Grid",
    "grid_hex",
    "grid-",
    "../x",
    "",
    "grid-default",
    "grid-3d",
    "grid-params",
    "grid-coverage",
  ])("refuses %o", async (name) => {
    await expect(gridGenerator(new OverlayTree(), { name })).rejects.toThrow(/"/);
  });

  it("refuses a folder that is there", async () => {
    const tree = new OverlayTree();
    await expect(gridGenerator(tree, { name: "grid-healpix" })).rejects.toThrow("packages/grid-healpix");
    expect(tree.written.size).toBe(0);
  });
});

describe.each(["grid", "aggregator", "reader"] as const)("a standalone %s", (kind) => {
  const directory = mkdtempSync(join(tmpdir(), "zagg-standalone-"));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  const read = (path: string) => readFileSync(join(directory, path), "utf8");

  it("leans on nothing but published packages, with the core as a peer", async () => {
    const files = await writeStandalone(kind, `${kind}-hex`, directory);
    const manifest = JSON.parse(read("package.json")) as Record<string, Record<string, string>>;
    const core = JSON.parse(readFileSync(join(root, "packages/core/package.json"), "utf8")) as {
      version: string;
    };
    expect(manifest.name).toBe(`${kind}-hex`);
    const sphere = JSON.parse(readFileSync(join(root, "packages/sphere/package.json"), "utf8")) as {
      version: string;
    };
    const geometry = kind === "grid" ? { "@zagg/sphere": `^${sphere.version}` } : undefined;
    expect(manifest.dependencies).toEqual(geometry);
    expect(manifest.peerDependencies).toEqual({ "@zagg/core": `^${core.version}` });
    expect(manifest.devDependencies).toHaveProperty("@zagg/core");
    for (const file of files) {
      expect(read(file), file).not.toContain("@zagg/source");
      expect(read(file), file).not.toMatch(/\.\.\/\.\.\/(vitest|tsconfig|docs)/);
    }
    expect(files).toContain("LICENSE");
    expect(read("README.md")).toContain(`plugins: ["${kind}-hex"]`);
  });

  it("refuses a directory that holds something", async () => {
    expect(readdirSync(directory).length).toBeGreaterThan(0);
    await expect(writeStandalone(kind, `${kind}-hex`, directory)).rejects.toThrow("not empty");
  });
});
