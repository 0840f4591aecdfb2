/** Plugins that a configuration or the command line names, as real files outside this repository. */
import { execFile } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as zarrita from "zarrita";
import { composeZaggRegistry } from "../src/composition.js";
import { configText, makeFolder, smallGranules, testFolder, writeText, zagg, zaggDone } from "./command.js";

/** Workers and plugins load built packages. */
const isBuilt = ["cli", "core"].every((name) =>
  existsSync(resolve(import.meta.dirname, "../..", name, "dist/index.js")),
);
/** The command in a process of its own, as it is installed; resolves to stdout. */
async function installed(folder: string, ...argv: readonly string[]): Promise<string> {
  const bin = resolve(import.meta.dirname, "../bin/zagg.js");
  const env = { ...process.env, NODE_OPTIONS: "" };
  return (await promisify(execFile)(process.execPath, [bin, ...argv], { cwd: folder, env })).stdout;
}

const boxes = resolve(import.meta.dirname, "../../runner/test/plugins/boxes-grid.mjs");

/** The largest value less the smallest, of a field `spread`: kept free of imports. */
const spread = (
  name = "spread",
  schema = '{ type: "object", additionalProperties: false, properties: {} }',
) => `
export const ${name} = {
  kind: "aggregator", apiVersion: 2, name: "${name}", aliases: [], description: "Largest less smallest.",
  paramsSchema: ${schema}, kinds: ["scalar"], needsSource: true, mergeLaw: { law: "none" },
  bind: ({ source }) => ({
    inputs: [source],
    aggregate({ cells, offsets, column }, out) {
      const values = column(source);
      for (let cell = 0; cell < cells; cell++) {
        if (offsets[cell + 1] === offsets[cell]) continue;
        const own = values.subarray(offsets[cell], offsets[cell + 1]);
        out[cell] = own.reduce((a, b) => Math.max(a, b)) - own.reduce((a, b) => Math.min(a, b));
      }
    },
  }),
};
`;

const spreadField = `
    count: {function: len, source: h_li, dtype: int32, fill_value: 0}
    span: {function: spread, source: h_li, dtype: float64}
    known: {function: ptp, source: h_li, dtype: float64}`;

/** A file below a folder, with the folders that it needs. */
function put(folder: string, name: string, text: string): string {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  return writeText(folder, name, text);
}

/** A project's folder with a package of a grid and an aggregator in its `node_modules`. */
function projectWithPackage(): string {
  const folder = testFolder();
  const home = join(folder, "node_modules", "zagg-plugin-boxes");
  put(
    home,
    "package.json",
    JSON.stringify({
      name: "zagg-plugin-boxes",
      version: "3.2.1",
      type: "module",
      exports: { ".": { import: "./src/all.mjs" }, "./package.json": "./package.json" },
    }),
  );
  put(home, "src/all.mjs", `export { boxes } from "./boxes.mjs";\n${spread()}`);
  copyFileSync(boxes, join(home, "src/boxes.mjs"));
  mkdirSync(join(folder, "node_modules", "@zagg"));
  symlinkSync(
    resolve(import.meta.dirname, "../../core"),
    join(folder, "node_modules", "@zagg", "core"),
    "junction",
  );
  return folder;
}

const boxesConfig = configText("healpix", spreadField).replace(
  /grid: .*/,
  "grid: {type: boxes, columns: 36, cells: 1000}",
);

describe.runIf(isBuilt)("a package of plugins in a configuration", () => {
  const shared = makeFolder();
  beforeAll(() => smallGranules(shared.path));
  afterAll(shared.remove);
  const granules = join(shared.path, "granules", "*.h5");

  it("places and computes cells in worker threads as in this one", async () => {
    const folder = projectWithPackage();
    const config = writeText(folder, "c.yaml", `plugins: [zagg-plugin-boxes]\n${boxesConfig}`);
    const map = join(folder, "map.json");
    const named = ["--config", config, "--plugin", "zagg-plugin-boxes"];
    await installed(folder, "shardmap", "build", ...named, "--granules", granules, "--out", map);
    await installed(folder, "shardmap", "check", ...named, "--shardmap", map);
    const stores = ["threads", "inline"].map((executor) => [executor, join(folder, executor)] as const);
    for (const [executor, store] of stores) {
      const flags = ["--catalog", map, "--store", store, "--executor", executor, "--workers", "2"];
      await installed(folder, "run", ...named, ...flags);
    }
    const [threads, inline] = stores.map(([, store]) => contents(store));
    expect(threads).toEqual(inline);

    const root = zarrita.root({
      get: async (key: string) =>
        existsSync(join(folder, "threads", key))
          ? new Uint8Array(readFileSync(join(folder, "threads", key)))
          : undefined,
    });
    const values = async (name: string) => {
      const array = await zarrita.open.v3(root.resolve(`boxes/${name}`), { kind: "array" });
      return [...((await zarrita.get(array)).data as Float64Array)];
    };
    const span = await values("span");
    expect(span.some((value) => value > 0)).toBe(true);
    expect(span).toEqual(await values("known"));
  });

  it("is told with its version, its origin and what it can do: the user's own, not a copy beside the configuration", async () => {
    const folder = projectWithPackage();
    const elsewhere = testFolder();
    put(
      elsewhere,
      "node_modules/zagg-plugin-boxes/package.json",
      '{"name":"zagg-plugin-boxes","version":"3.2.1"}',
    );
    put(elsewhere, "node_modules/zagg-plugin-boxes/index.js", 'throw new Error("a copy ran");');
    const config = writeText(elsewhere, "c.yaml", `plugins: [zagg-plugin-boxes]\n${boxesConfig}`);
    const stdout = await installed(
      folder,
      "plugins",
      "--config",
      config,
      "--json",
      ...["--plugin", "@zagg/grid-healpix", "--plugin", "zagg-plugin-boxes"],
    );
    const { plugins } = JSON.parse(stdout) as { plugins: { kind: string; name: string; origin: string }[] };
    expect(plugins.filter(({ origin }) => origin !== "built-in")).toMatchObject([
      {
        kind: "grid",
        name: "boxes",
        version: "3.2.1",
        capabilities: { params: expect.arrayContaining(["cells"]) },
      },
      {
        kind: "aggregator",
        name: "spread",
        version: "3.2.1",
        package: "zagg-plugin-boxes",
        origin: "zagg-plugin-boxes",
        capabilities: { kinds: ["scalar"], needsSource: true, mergeLaw: "none" },
      },
    ]);
    expect(plugins.filter(({ name }) => name === "healpix")).toHaveLength(1);
    expect(plugins.find(({ name }) => name === "healpix")).toMatchObject({
      origin: "built-in",
      package: "@zagg/grid-healpix",
      version: expect.stringMatching(/^\d/),
    });
  });
});

describe("a plugin module", () => {
  const signature = (config: string, ...flags: readonly string[]) =>
    zagg("grid", "signature", "--trust-plugins", "--config", config, ...flags);

  it("is found by a path relative to the configuration, and by --plugin relative to the current folder", async () => {
    const folder = testFolder();
    put(folder, "own/spread.mjs", spread());
    const plain = configText("healpix", spreadField);
    const named = put(folder, "configs/named.yaml", `plugins: [../own/spread.mjs]\n${plain}`);
    expect((await zagg("validate", "--trust-plugins", named)).status).toBe(0);
    const unnamed = put(folder, "configs/unnamed.yaml", plain);
    expect(await zagg("validate", unnamed)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("spread"),
    });
    const path = resolve(folder, "own/spread.mjs");
    expect((await zagg("validate", unnamed, "--plugin", path)).status).toBe(0);
  });

  it("may be a folder with a package.json, and may list its plugins in an array", async () => {
    const folder = testFolder();
    put(
      folder,
      "own/package.json",
      JSON.stringify({ name: "own", version: "1.0.0", main: "./lib/main.mjs" }),
    );
    put(
      folder,
      "own/lib/main.mjs",
      `${spread("inner").replace("export ", "")}${spread("outer")}export const plugins = [inner, outer];`,
    );
    const { stdout } = await zaggDone("plugins", "--json", "--plugin", join(folder, "own"));
    const { plugins } = JSON.parse(stdout) as { plugins: { name: string; version: string }[] };
    expect(plugins.slice(-2)).toMatchObject([
      { name: "outer", version: "1.0.0" },
      { name: "inner", version: "1.0.0" },
    ]);
  });

  it("counts once however often it is named", async () => {
    const folder = testFolder();
    const module = put(folder, "spread.mjs", spread());
    const config = put(
      folder,
      "c.yaml",
      `plugins: [./spread.mjs, ./spread.mjs]\n${configText("healpix", spreadField)}`,
    );
    expect((await zagg("validate", config, "--plugin", module, "--plugin", module)).status).toBe(0);
  });

  it("leaves what a configuration means where it names nothing", async () => {
    const module = put(testFolder(), "spread.mjs", spread());
    const { defaults } = await composeZaggRegistry([module]);
    expect(defaults).toEqual({ expression: "expression", source: "h_li" });
  });

  it("changes no signature of the configuration that names it", async () => {
    const folder = testFolder();
    put(folder, "spread.mjs", spread());
    const plain = put(folder, "plain.yaml", configText("healpix"));
    const named = put(folder, "named.yaml", `plugins: [./spread.mjs]\n${configText("healpix")}`);
    expect((await signature(named)).stdout).toBe((await signature(plain)).stdout);
  });

  it("has its own parameters checked, with line and column", async () => {
    const folder = testFolder();
    const schema =
      '{ type: "object", additionalProperties: false, properties: { power: { type: "integer" } } }';
    put(folder, "spread.mjs", spread("spread", schema));
    const fields = `\n    span: {function: spread, source: h_li, params: {power: much}}`;
    const path = put(folder, "c.yaml", `plugins: [./spread.mjs]\n${configText("healpix", fields)}`);
    const { status, stderr } = await zagg("validate", "--trust-plugins", path);
    expect(status).toBe(2);
    const line =
      readFileSync(path, "utf8")
        .split("\n")
        .findIndex((text) => text.includes("power")) + 1;
    expect(stderr).toContain(`error CONFIG_TYPE at ${path}:${line}:`);
  });

  it("is loaded by workers from its file URL", async () => {
    const url = pathToFileURL(put(testFolder(), "spread.mjs", spread())).href;
    expect((await composeZaggRegistry([url])).aggregator("spread").description).toContain("Largest");
  });
});

describe("a newcomer's mistake", () => {
  const mistakes: readonly (readonly [
    what: string,
    plugins: string,
    text: string,
    code: string,
    told: string,
  ])[] = [
    ["no such package", "[zagg-nowhere]", "", "PLUGIN_NOT_INSTALLED", "correct the name"],
    ["a path that lacks its ./", "[p.mjs]", "", "PLUGIN_NOT_INSTALLED", "write ./p.mjs"],
    [
      "a package without that entry",
      '["@zagg/core/nowhere"]',
      "",
      "PLUGIN_NOT_INSTALLED",
      "package @zagg/core has no entry ./nowhere",
    ],
    ["no such path", "[./nowhere.mjs]", "", "PLUGIN_NOT_INSTALLED", "nowhere.mjs does not exist"],
    ["a folder that leads nowhere", "[./]", "", "PLUGIN_NOT_INSTALLED", "is a folder whose package.json"],
    [
      "a module that throws",
      "[./p.mjs]",
      "throw new Error('no licence');",
      "PLUGIN_IMPORT",
      "Error: no licence",
    ],
    [
      "a module that is not JavaScript",
      "[./p.mjs]",
      "export const = 3",
      "PLUGIN_IMPORT",
      "p.mjs cannot be imported",
    ],
    ["a module that lacks a package", "[./p.mjs]", "import 'zagg-nowhere';", "PLUGIN_IMPORT", "zagg-nowhere"],
    [
      "a module without plugins",
      "[./p.mjs]",
      "export const a = 1;",
      "PLUGIN_EMPTY",
      "export the plugin by a name",
    ],
    [
      "only a default export",
      "[./p.mjs]",
      `${spread().replace("export const", "const")}export default spread;`,
      "PLUGIN_EMPTY",
      "default exports are not looked at",
    ],
    [
      "the name of a built-in",
      "[./p.mjs]",
      spread().replace('name: "spread"', 'name: "mean"'),
      "PLUGIN_DUPLICATE",
      "one comes from ./p.mjs, the other is built in",
    ],
    [
      "the name of another plugin",
      "[./p.mjs, ./q.mjs]",
      spread(),
      "PLUGIN_DUPLICATE",
      "one comes from ./q.mjs, the other from ./p.mjs",
    ],
    [
      "another contract version",
      "[./p.mjs]",
      spread().replace("apiVersion: 2", "apiVersion: 1"),
      "PLUGIN_API_VERSION",
      "it comes from ./p.mjs",
    ],
    [
      "an array of what is no plugin",
      "[./p.mjs]",
      "export const plugins = [3];",
      "PLUGIN_MALFORMED",
      "./p.mjs",
    ],
    ["one name instead of a list", "./p.mjs", spread(), "CONFIG_TYPE", "is a list of package names"],
    ["a list of something else", "[3]", spread(), "CONFIG_TYPE", "plugins.0 is 3"],
  ];
  it.each(mistakes)("%s is told by code, file and remedy", async (_what, plugins, text, code, told) => {
    const folder = testFolder();
    put(folder, "p.mjs", text);
    put(folder, "q.mjs", text);
    const config = put(folder, "c.yaml", `plugins: ${plugins}\n${configText("healpix")}`);
    for (const argv of [
      ["validate", "--trust-plugins", config],
      ["plugins", "--trust-plugins", "--config", config],
    ]) {
      const { status, stderr } = await zagg(...argv);
      expect(stderr).toMatch(new RegExp(`^error ${code} at `));
      expect(stderr).toContain(config);
      expect(stderr).toContain(told);
      expect(status).toBe(2);
    }
  });

  it("keeps the cause of a failed import for --verbose", async () => {
    const module = put(testFolder(), "p.mjs", "throw new Error('no licence');");
    const { stderr } = await zagg("--verbose", "plugins", "--plugin", module);
    expect(stderr).toMatch(/cause: Error: no licence\n +at /);
  });
});

/** Every file of a store, by name. */
function contents(root: string): Record<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(root.length), readFileSync(path, "hex")]),
  );
}
