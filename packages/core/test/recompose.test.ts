import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import type { Composition, IsJson, RunContext, ShardJob, ShardResult } from "../src/index.js";
import { contentHash, recompose } from "../src/node.js";

const folder = mkdtempSync(join(tmpdir(), "zagg-recompose-"));
afterAll(() => rmSync(folder, { recursive: true }));

function put(path: string, text: string): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return pathToFileURL(file).href;
}

for (const [home, version] of [
  ["planner", "1.2.3"],
  ["worker", "1.2.3"],
  ["older", "1.2.2"],
] as const) {
  const root = `${home}/node_modules/@made/composed`;
  const exports = { "./composition": { "@zagg/source": "./no.js", default: "./lib/composition.mjs" } };
  put(`${root}/package.json`, JSON.stringify({ name: "@made/composed", version, exports }));
  put(`${root}/lib/composition.mjs`, `export const compose = (plugins) => ({ home: "${home}", plugins });`);
  put(
    `${home}/node_modules/made-plugin/package.json`,
    `{ "name": "made-plugin", "version": "${version}", "main": "main.js" }`,
  );
  put(`${home}/node_modules/made-plugin/main.js`, "");
}
const plannersCopy = pathToFileURL(
  join(folder, "planner/node_modules/@made/composed/lib/composition.mjs"),
).href;
const composition: Composition = {
  specifier: "@made/composed/composition",
  version: "1.2.3",
  url: plannersCopy,
  export: "compose",
};
const worker = { sharesDisk: false, folder: join(folder, "worker") };
const pathPlugin = { specifier: put("loose/plugin.mjs", ""), version: null, sharedDisk: true } as const;

describe("a worker rebuilds its registry", () => {
  it("from its own installation, by the names of packages", async () => {
    const plugins = [{ specifier: "made-plugin", version: "1.2.3", url: "file:///elsewhere/main.js" }];
    expect(await recompose({ ...composition, plugins }, worker)).toEqual({
      home: "worker",
      plugins: [pathToFileURL(join(folder, "worker/node_modules/made-plugin/main.js")).href],
    });
  });

  it("from the planner's copies, when it shares the planner's disk", async () => {
    const shared = { ...worker, sharesDisk: true };
    const plugins = [pathPlugin];
    expect(await recompose({ ...composition, plugins }, shared)).toEqual({
      home: "planner",
      plugins: [pathPlugin.specifier],
    });
  });

  it.each([
    ["COMPOSITION_VERSION", "of the composition in another version", composition, "older"],
    [
      "COMPOSITION_VERSION",
      "of a plugin in another version",
      { ...composition, version: "1.2.2", plugins: [{ specifier: "made-plugin", version: "1.2.3" }] },
      "older",
    ],
    ["COMPOSITION_INVALID", "that is not installed", { ...composition, specifier: "@made/other" }, "worker"],
    ["COMPOSITION_INVALID", "without the function", { ...composition, export: "other" }, "worker"],
    [
      "COMPOSITION_PATH",
      "that is a file of another disk",
      { ...composition, plugins: [pathPlugin] },
      "worker",
    ],
  ])("but refuses with %s a module %s", async (code, _what, refused, home) => {
    const place = { sharesDisk: false, folder: join(folder, home) };
    await expect(recompose(refused, place)).rejects.toMatchObject({ code });
  });

  it("and says both versions when they differ", async () => {
    const older = { sharesDisk: false, folder: join(folder, "older") };
    await expect(recompose(composition, older)).rejects.toThrow(/1\.2\.3.*1\.2\.2/);
  });
});

describe("the hash of a module", () => {
  const write = (home: string, parts: Readonly<Record<string, string>> = {}): string => {
    const files = {
      "package.json": '{ "name": "hashed" }',
      "lib/main.mjs":
        'import "./part.mjs"; const size = new URL("../size.bin", import.meta.url); import "other-package";',
      "lib/part.mjs": "export const answer = await import(`./deep/er.mjs`);",
      "lib/deep/er.mjs": "import '../main.mjs'; import '../../../outside.mjs';",
      "lib/unused.mjs": "export {};",
      "size.bin": "1234",
      ...parts,
    };
    for (const [name, text] of Object.entries(files)) put(`${home}/${name}`, text);
    put("hashed/outside.mjs", home);
    return contentHash(pathToFileURL(join(folder, home, "lib/main.mjs")).href);
  };

  it("is that of every file of its package that it leads to, wherever the copy stands", () => {
    const hash = write("hashed/a");
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(write("hashed/b")).toBe(hash);
    expect(write("hashed/deeper/down/c")).toBe(hash);
    for (const name of ["lib/main.mjs", "lib/part.mjs", "lib/deep/er.mjs", "size.bin"])
      expect(write("hashed/d", { [name]: "export {};" })).not.toBe(hash);
    expect(
      write("hashed/e", { "lib/unused.mjs": "changed", "package.json": '{ "name": "hashed", "a": 1 }' }),
    ).toBe(hash);
  });
});

describe("a worker runs only the code that the planner approved", () => {
  const shared = { sharesDisk: true };
  const ran = ((globalThis as { zaggRan?: string[] }).zaggRan = []);
  const code = (name: string) =>
    `globalThis.zaggRan.push("${name}"); export const compose = () => "composed";`;
  const module = (name: string) => {
    const specifier = put(`approved/${name}.mjs`, code(name));
    return { specifier, version: null, sharedDisk: true as const, hash: contentHash(specifier) };
  };

  it("and imports nothing when one of its modules was changed since", async () => {
    const [own, plugin] = [module("own"), module("plugin")];
    put("approved/plugin.mjs", `${code("plugin")} // changed`);
    await expect(recompose({ ...own, export: "compose", plugins: [plugin] }, shared)).rejects.toMatchObject({
      name: "RunError",
      code: "COMPOSITION_HASH",
      details: { specifier: plugin.specifier, planned: plugin.hash },
    });
    expect(ran).toEqual([]);
    put("approved/plugin.mjs", code("plugin"));
    expect(await recompose({ ...own, export: "compose", plugins: [plugin] }, shared)).toBe("composed");
    expect(ran).toEqual(["own"]);
  });

  it("also where it finds its own copy of the version that was planned", async () => {
    const hash = contentHash(plannersCopy);
    await expect(recompose({ ...composition, hash }, worker)).rejects.toMatchObject({
      code: "COMPOSITION_HASH",
    });
    const same = contentHash(plannersCopy.replace("/planner/", "/worker/"));
    expect(await recompose({ ...composition, hash: same }, worker)).toMatchObject({ home: "worker" });
  });
});

it("what crosses borders is JSON by its types", () => {
  const proofs: [IsJson<RunContext>, IsJson<ShardJob>, IsJson<ShardResult>] = [true, true, true];
  const counterexamples: [IsJson<{ a: bigint }>, IsJson<{ a: [() => void] }>, IsJson<{ a?: unknown }>] = [
    false,
    false,
    false,
  ];
  expect([...proofs, ...counterexamples]).toEqual([true, true, true, false, false, false]);
});
