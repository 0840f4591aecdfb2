/** The main job through the command line: map, run, store. */
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as zarrita from "zarrita";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DemoGranules } from "../src/demo.js";
import {
  configText,
  gridTypes,
  makeFolder,
  smallGranules,
  testFolder,
  writeText,
  zaggDone,
  zaggRun,
} from "./command.js";

const shared = makeFolder();
const pattern = join(shared.path, "granules", "*.h5");
let made: DemoGranules;
beforeAll(async () => {
  made = await smallGranules(shared.path);
});
afterAll(shared.remove);

interface Summary {
  total_cells: number;
  cells_with_data: number;
  cells_empty: number;
  cells_error: number;
  total_obs: number;
  completed: boolean;
  results: { shard_key: string; error: { code: string } | null; skipped_granules: unknown[] }[];
  granules: { read: number; skipped: { id: string; error: { code: string } }[] };
  dropped: { fill: number; filtered: number; invalid: number };
}

async function prepared(type: (typeof gridTypes)[number] = "healpix") {
  const folder = testFolder();
  const config = writeText(folder, "config.yaml", configText(type));
  const map = join(folder, "map.json");
  const store = join(folder, "out.zarr");
  await zaggDone("shardmap", "build", "--config", config, "--granules", pattern, "--out", map);
  const run = (...flags: string[]) => zaggRun(config, map, store, ...flags);
  const summary = async (...flags: string[]) => JSON.parse((await run("--json", ...flags)).stdout) as Summary;
  return { folder, config, map, store, run, summary };
}

/** Every file of a folder with its bytes. */
function snapshot(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    names
      .map((entry) => [
        join(entry.parentPath, entry.name),
        readFileSync(join(entry.parentPath, entry.name), "hex"),
      ])
      .sort(),
  );
}

/** A reader of a local store for zarrita. */
function openStore(folder: string) {
  return zarrita.root({
    get: async (key: string) =>
      existsSync(join(folder, key)) ? new Uint8Array(readFileSync(join(folder, key))) : undefined,
  });
}

describe("zagg run", () => {
  it.each(gridTypes)("aggregates every good segment onto the %s grid, once", async (type) => {
    const { summary, store } = await prepared(type);
    const result = await summary();
    expect(result).toMatchObject({ completed: true, cells_error: 0, total_obs: made.good });
    expect(result.dropped.fill + result.dropped.filtered).toBe(made.segments - made.good);
    expect(result.results.map(({ shard_key }) => BigInt(shard_key))).toEqual(
      result.results.map(({ shard_key }) => BigInt(shard_key)).sort((a, b) => (a < b ? -1 : 1)),
    );
    const group = type === "healpix" ? "12" : "rectilinear";
    const array = await zarrita.open.v3(openStore(store).resolve(`${group}/count`), { kind: "array" });
    let total = 0;
    if (type === "rectilinear") {
      for (const count of (await zarrita.get(array)).data as Int32Array) total += count;
    } else {
      for (const { shard_key } of result.results) {
        const key = BigInt(shard_key);
        const block = ((key >> 60n) - 1n) * 65536n + ((key >> 44n) & 0xffffn);
        const start = Number(block) * 256;
        const cells = await zarrita.get(array, [zarrita.slice(start, start + 256)]);
        for (const count of cells.data as Int32Array) total += count;
      }
    }
    expect(total).toBe(made.good);
  });

  it("gives the same bytes in worker threads as in one thread", async () => {
    const { run, store, config, map, folder } = await prepared();
    expect((await run()).status).toBe(0);
    const other = join(folder, "threads.zarr");
    await zaggDone("run", "--config", config, "--catalog", map, "--store", other, "--workers", "2");
    const relative = (root: string) =>
      Object.entries(snapshot(root)).map(([path, bytes]) => [path.slice(root.length), bytes]);
    expect(relative(other)).toEqual(relative(store));
  });

  it("leaves an existing store alone without --overwrite, and replaces it whole with it", async () => {
    const { run, store, summary } = await prepared();
    expect((await run("--max-cells", "1")).status).toBe(0);
    const before = snapshot(store);
    expect(await run()).toMatchObject({ status: 3, stderr: expect.stringContaining("STORE_EXISTS") });
    expect(snapshot(store)).toEqual(before);
    expect((await summary("--overwrite")).completed).toBe(true);
    expect(Object.keys(snapshot(store)).length).toBeGreaterThan(Object.keys(before).length);
  });

  it("never overwrites what is not a store", async () => {
    const { run, folder, store } = await prepared();
    const precious = join(folder, "out.zarr");
    await zaggDone("shardmap", "info", join(folder, "map.json"));
    const { mkdirSync } = await import("node:fs");
    mkdirSync(precious);
    writeFileSync(join(precious, "thesis.tex"), "\\begin{document}");
    expect(await run("--overwrite")).toMatchObject({
      status: 3,
      stderr: expect.stringContaining("STORE_NOT_RECOGNIZED"),
    });
    expect(readFileSync(join(store, "thesis.tex"), "utf8")).toBe("\\begin{document}");
  });

  it("selects the first shards, or one by key or label", async () => {
    const { summary, run } = await prepared();
    const all = await summary("--dry-run").catch(() => undefined);
    expect(all).toMatchObject({ dry_run: true });
    const shards = (all as unknown as { shards: { shard_key: string; label: string }[] }).shards;
    expect((await summary("--max-cells", "2")).results.map(({ shard_key }) => shard_key)).toEqual(
      shards.slice(0, 2).map(({ shard_key }) => shard_key),
    );
    const last = shards[shards.length - 1]!;
    for (const cell of [last.shard_key, last.label]) {
      expect(
        (await summary("--overwrite", `--cell=${cell}`)).results.map(({ shard_key }) => shard_key),
      ).toEqual([last.shard_key]);
    }
    expect(await run("--overwrite", "--cell=1234")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("RUN_CELL_UNKNOWN"),
    });
  });

  it("writes nothing on a dry run, and says what it would do", async () => {
    const { run, store, folder } = await prepared();
    const before = Object.keys(snapshot(folder));
    const { status, stdout } = await run("--dry-run");
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^\[DRY RUN\] Would process \d+ cells\n {2}Granules per cell: min=\d, max=\d, avg=\d\.\d\n/,
    );
    expect(existsSync(store)).toBe(false);
    expect(Object.keys(snapshot(folder))).toEqual(before);
  });

  it("reads granules by hrefs relative to the map, so that a folder can be moved", async () => {
    const folder = testFolder();
    await smallGranules(folder);
    const config = writeText(folder, "config.yaml", configText("healpix"));
    const inside = join(folder, "project");
    const { mkdirSync } = await import("node:fs");
    mkdirSync(inside);
    renameSync(join(folder, "granules"), join(inside, "granules"));
    await zaggDone(
      "shardmap",
      "build",
      "--config",
      config,
      "--granules",
      join(inside, "granules", "*.h5"),
      "--out",
      join(inside, "map.json"),
    );
    const moved = join(folder, "moved");
    renameSync(inside, moved);
    const { stdout } = await zaggDone(
      "run",
      "--json",
      "--executor",
      "inline",
      "--config",
      config,
      "--catalog",
      join(moved, "map.json"),
      "--store",
      join(folder, "out.zarr"),
    );
    expect((JSON.parse(stdout) as Summary).total_obs).toBe(made.good);
  });

  it("skips a truncated granule by name, finishes the shards it can, exits 4 for those it cannot, and goes on when it is mended", async () => {
    const folder = testFolder();
    const { granules } = await smallGranules(folder);
    const config = writeText(folder, "config.yaml", configText("healpix"));
    const map = join(folder, "map.json");
    const store = join(folder, "out.zarr");
    await zaggDone(
      "shardmap",
      "build",
      "--config",
      config,
      "--granules",
      join(folder, "granules", "*.h5"),
      "--out",
      map,
    );
    const path = granules[0]?.path as string;
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.subarray(0, bytes.length / 2));
    const broken = await zaggRun(config, map, store, "--json");
    expect(broken.status).toBe(4);
    const summary = JSON.parse(broken.stdout) as Summary;
    expect(summary.granules.skipped.map(({ error }) => error.code)).toEqual(["GRANULE_FORMAT"]);
    expect(summary.cells_error).toBeGreaterThan(0);
    expect(summary.results.filter(({ error }) => error !== null).map(({ error }) => error?.code)).toContain(
      "SHARD_UNREADABLE",
    );
    expect(existsSync(store)).toBe(false);
    const whole = summary.results.filter(
      ({ error, skipped_granules }) => error === null && skipped_granules.length === 0,
    );

    writeFileSync(path, bytes);
    const mended = await zaggRun(config, map, store, "--json");
    expect(mended.status).toBe(0);
    expect(JSON.parse(mended.stdout)).toMatchObject({
      completed: true,
      resumed: whole.length,
    });
    expect(readdirSync(folder).filter((name) => name.endsWith(".partial"))).toEqual([]);
  });

  it("removes nothing it did not make", async () => {
    const { folder, run, store } = await prepared();
    const neighbour = join(folder, "other.zarr");
    writeFileSync(neighbour, "a file of mine");
    expect((await run()).status).toBe(0);
    rmSync(store, { recursive: true });
    expect(readFileSync(neighbour, "utf8")).toBe("a file of mine");
  });
});
