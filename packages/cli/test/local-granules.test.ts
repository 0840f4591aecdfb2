/** Granules named on the command line: patterns, literal names, and files of one name. */
import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { configText, makeFolder, smallGranules, testFolder, writeText, zagg, zaggDone } from "./command.js";

const shared = makeFolder();
let first: string;
let second: string;
beforeAll(async () => {
  const { granules } = await smallGranules(shared.path);
  [first, second] = granules.map(({ path }) => path) as [string, string];
});
afterAll(shared.remove);

/** A folder with a configuration and copies of the first granule under some names. */
function project(...names: readonly string[]): string {
  const folder = testFolder();
  writeText(folder, "config.yaml", configText("healpix"));
  for (const name of names) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    copyFileSync(first, join(folder, name));
  }
  return folder;
}

async function build(folder: string, ...patterns: readonly string[]) {
  const map = join(folder, "map.json");
  const granules = patterns.map((pattern) => join(folder, pattern));
  const outcome = await zaggDone(
    ...[
      "shardmap",
      "build",
      "--config",
      join(folder, "config.yaml"),
      "--granules",
      ...granules,
      "--out",
      map,
    ],
  );
  const { granules: lists } = JSON.parse(readFileSync(map, "utf8")) as {
    granules: { id: string; file: string }[][];
  };
  return {
    ...outcome,
    map,
    records: [...new Map(lists.flat().map((record) => [record.file, record.id]))].sort(),
  };
}

describe("granules", () => {
  it("are known by their file names", async () => {
    const folder = project("a.h5", "sub/b.h5");
    const { records, stderr } = await build(folder, "**/*.h5");
    expect(records).toEqual([
      ["a.h5", "a.h5"],
      ["sub/b.h5", "b.h5"],
    ]);
    expect(stderr).not.toContain("warning");
  });

  it("of one name in several folders get ids that tell them apart, and a warning", async () => {
    const folder = project("one/x/a.h5", "two/x/a.h5", "three/a.h5", "b.h5");
    const { records, stderr, map } = await build(folder, "**/*.h5");
    expect(records).toEqual([
      ["b.h5", "b.h5"],
      ["one/x/a.h5", "one/x/a.h5"],
      ["three/a.h5", "three/a.h5"],
      ["two/x/a.h5", "two/x/a.h5"],
    ]);
    expect(stderr).toContain("warning CLI_GRANULE_NAME_SHARED\n  3 files are called a.h5");
    expect((await zagg("shardmap", "info", map)).stdout).toMatch(/^granules +4$/m);
  });

  it.each([
    ["a file in a folder with brackets", "run (1) [x]/a{1}.h5", "run (1) [x]/a{1}.h5"],
    ["a pattern in a folder with brackets", "run (1) [x]/a.h5", "run (1) [x]/*.h5"],
    ["a folder", "sub/a.h5", "sub"],
  ])("may be named by %s", async (_what, name, pattern) => {
    const { records } = await build(project(name), pattern);
    expect(records).toEqual([[name, basename(name)]]);
  });

  it("that two patterns name count once", async () => {
    const folder = project("a.h5");
    expect((await build(folder, "a.h5", "*.h5")).stdout).toContain(" 1 granule ");
  });

  it("of an item collection are found from the collection, wherever the map stands", async () => {
    const folder = project("data/a.h5");
    copyFileSync(second, join(folder, "data", "b.h5"));
    const ring = [
      [
        [100, -80],
        [140, -80],
        [140, -70],
        [100, -70],
        [100, -80],
      ],
    ];
    const items = ["a.h5", "b.h5"].map((href) => ({
      type: "Feature",
      id: href,
      geometry: { type: "Polygon", coordinates: ring },
      assets: { data: { href: `./${href}` } },
    }));
    const catalog = writeText(join(folder, "data"), "items.json", JSON.stringify({ features: items }));
    const map = join(folder, "maps", "map.json");
    const config = join(folder, "config.yaml");
    await zaggDone(
      ...[
        "shardmap",
        "build",
        "--config",
        config,
        "--catalog",
        catalog,
        "--bbox=122,-76,124,-75",
        "--out",
        map,
      ],
    );
    const files = readFileSync(map, "utf8").match(/"file": ".*"/g);
    expect([...new Set(files)]).toEqual(['"file": "../data/a.h5"', '"file": "../data/b.h5"']);
  });
});
