/** A configuration is not a program: nothing that it names runs before its user has said so. */
import { existsSync, mkdirSync, readFileSync, symlinkSync, truncateSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { main } from "../src/index.js";
import { configText, testFolder, writeText, zagg } from "./command.js";

/** A folder that came from a stranger, with code that leaves a mark when it runs. */
function strangersFolder() {
  const folder = testFolder();
  const mark = join(folder, "ran");
  const evil = `import { writeFileSync } from "node:fs";\nwriteFileSync(${JSON.stringify(mark)}, import.meta.url);\n${aggregator("spread")}`;
  const put = (name: string, text = evil): string => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    return writeText(folder, name, text);
  };
  const config = (plugins: string): string =>
    put("configs/c.yaml", `plugins: ${plugins}\n${configText("healpix")}`);
  return { folder, put, config, hasRun: () => existsSync(mark) };
}

const aggregator = (name: string) => `export const ${name} = {
  kind: "aggregator", apiVersion: 2, name: "${name}", aliases: [], description: "Made up.",
  paramsSchema: { type: "object", additionalProperties: false, properties: {} }, kinds: ["scalar"], needsSource: true,
  mergeLaw: { law: "none" }, bind: () => ({ inputs: [], aggregate() {} }),
};`;
const manifest = (parts: object) => JSON.stringify({ type: "module", ...parts });

type Stranger = ReturnType<typeof strangersFolder>;

/** Ways to name code; each gives what the configuration says and the file that would run. */
const ways: readonly (readonly [what: string, make: (stranger: Stranger) => readonly [string, string]])[] = [
  ["a path beside the configuration", ({ put }) => ["./evil.mjs", put("configs/evil.mjs")]],
  ["a path above it", ({ put }) => ["../evil.mjs", put("evil.mjs")]],
  ["an absolute path", ({ put }) => [put("evil.mjs"), join(dirname(put("evil.mjs")), "evil.mjs")]],
  ["a file URL", ({ put }) => [pathToFileURL(put("evil.mjs")).href, put("evil.mjs")]],
  [
    "a folder whose main leads out of it",
    ({ put }) => {
      put("configs/nice/package.json", manifest({ name: "nice", main: "../../evil.mjs" }));
      return ["./nice", put("evil.mjs")];
    },
  ],
  [
    "a package installed beside the configuration",
    ({ put }) => {
      put("configs/node_modules/nice/package.json", manifest({ name: "nice", version: "1.0.0" }));
      return ["nice", put("configs/node_modules/nice/index.js")];
    },
  ],
  [
    "a dependency of the project that the configuration is in",
    ({ put }) => {
      put("package.json", manifest({ name: "theirs", dependencies: { nice: "*" } }));
      put(
        "node_modules/nice/package.json",
        manifest({ name: "nice", version: "1.0.0", exports: "./a/b.js" }),
      );
      return ["nice", put("node_modules/nice/a/b.js")];
    },
  ],
  [
    "the name of the package that the configuration is in",
    ({ put }) => {
      put("package.json", manifest({ name: "nice", main: "evil.mjs" }));
      return ["nice", put("evil.mjs")];
    },
  ],
  [
    "a subpath that leads out of its package",
    ({ put }) => {
      put("configs/node_modules/nice/package.json", manifest({ name: "nice" }));
      return ["nice/../../../evil.mjs", put("evil.mjs")];
    },
  ],
  [
    "a link",
    ({ folder, put }) => {
      const file = put("evil.mjs");
      put("configs/x", "");
      symlinkSync(file, join(folder, "configs/nice.mjs"));
      return ["./nice.mjs", file];
    },
  ],
];

describe("code that a configuration names by", () => {
  it.each(ways)("%s does not run unasked, and is told with its file and the option", async (_what, make) => {
    const stranger = strangersFolder();
    const [name, file] = make(stranger);
    const config = stranger.config(JSON.stringify([name]));
    const { status, stderr } = await zagg("validate", config);
    expect(stranger.hasRun()).toBe(false);
    expect(status).toBe(2);
    expect(stderr).toContain(`error PLUGIN_CONSENT at ${config}`);
    expect(stderr).toContain(file);
    expect(stderr).toMatch(/sha256 [0-9a-f]{12}…/);
    const [, option = ""] = /add --plugin (\S+)\n/.exec(stderr) ?? [];
    const allowed = await zagg("plugins", "--config", config, "--plugin", option);
    expect(allowed).toMatchObject({ status: 0, stderr: "" });
    expect(stranger.hasRun()).toBe(true);
  });
});

describe("a configuration with plugins", () => {
  it.each([
    ["run", "--store=OUT", "--catalog=m", "--config"],
    ["shardmap", "build", "--granules=*.h5", "--out=OUT", "--config"],
    ["shardmap", "check", "--shardmap=m", "--config"],
    ["shardmap", "geojson", "m", "--out=OUT", "--config"],
    ["shardmap", "rekey", "m", "--out=OUT", "--config"],
    ["catalog", "import", "m", "--out=OUT", "--config"],
    ["grid", "signature", "--config"],
    ["plugins", "--config"],
    ["check", "atl06"],
  ])("runs none of them in zagg %s %s", async (...argv) => {
    const stranger = strangersFolder();
    stranger.put("configs/evil.mjs");
    const words = argv.map((word) => word.replace("OUT", join(stranger.folder, "out")));
    const { stderr } = await zagg(...words, stranger.config("[./evil.mjs]"));
    expect(stderr).toContain("error PLUGIN_CONSENT");
    expect(stranger.hasRun()).toBe(false);
  });

  it("is told of all that is not allowed at once, and of nothing that is", async () => {
    const { put, config, hasRun } = strangersFolder();
    const fine = put("configs/fine.mjs", aggregator("fine"));
    put("configs/a.mjs");
    put("configs/b b.mjs");
    const path = config('["@zagg/grid-healpix", ./a.mjs, ./fine.mjs, "./b b.mjs"]');
    const { stderr } = await zagg("validate", path, "--plugin", fine);
    expect(stderr).toMatch(/nobody allowed: \.\/a\.mjs, \.\/b b\.mjs\n/);
    expect(stderr).toMatch(/--plugin \S+a\.mjs --plugin '[^']+b b\.mjs'\n/);
    expect(hasRun()).toBe(false);
  });

  it("may use what the environment allows, and everything when it is trusted", async () => {
    const { put, config, hasRun } = strangersFolder();
    const path = config("[./evil.mjs]");
    const file = put("configs/evil.mjs");
    const silent = { write: () => undefined };
    const options = { stdout: silent, stderr: silent, env: { ZAGG_PLUGINS: ` ${file}, ` } };
    expect(await main(["plugins", "--config", path], options)).toBe(0);
    expect(hasRun()).toBe(true);
    expect((await zagg("plugins", "--config", path)).status).toBe(2);
    expect((await zagg("plugins", "--config", path, "--trust-plugins")).status).toBe(0);
  });

  it.each([
    ["./nowhere.mjs", "PLUGIN_NOT_INSTALLED"],
    ["/dev/zero", "PLUGIN_NOT_INSTALLED"],
    ["file://host/share/evil.mjs", "PLUGIN_NOT_INSTALLED"],
    ["data:text/javascript,throw 1", "PLUGIN_NOT_INSTALLED"],
    ["https://example.org/evil.mjs", "PLUGIN_NOT_INSTALLED"],
    ["node:fs", "PLUGIN_NOT_INSTALLED"],
    ["./big.mjs", "PLUGIN_IMPORT"],
  ])("is refused for %s, which is no module, before anybody is asked: %s", async (name, code) => {
    const { put, config } = strangersFolder();
    truncateSync(put("configs/big.mjs", ""), 2 ** 29);
    expect((await zagg("validate", config(JSON.stringify([name])))).stderr).toContain(`error ${code}`);
  });

  it("does not write to the terminal what a name holds beyond letters", async () => {
    const { put, config } = strangersFolder();
    put("configs/\u001b[2Jfine.mjs");
    const { stderr } = await zagg("validate", config('["./\\u001b[2Jfine.mjs"]'));
    expect(stderr).toContain("./\\x1b[2Jfine.mjs");
    expect(stderr).not.toContain("\u001b[2J");
  });

  it("is read as text by commands that need no plugins", async () => {
    const { put, config, hasRun } = strangersFolder();
    put("configs/evil.mjs");
    const path = config("[./evil.mjs]");
    await zagg("inspect", path);
    await zagg("shardmap", "info", path);
    expect(hasRun()).toBe(false);
    expect(readFileSync(path, "utf8")).toContain("evil");
  });
});
