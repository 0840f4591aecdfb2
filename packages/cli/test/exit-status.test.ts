/** The page of exit statuses is complete, and what it says of empty inputs holds. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { exitCodes } from "../src/output/exit-codes.js";
import { configText, testFolder, writeText, zagg, zaggDone, zaggRun } from "./command.js";

it("is told on one page, every status and every command that makes a file of many inputs", () => {
  const page = readFileSync(new URL("../../../docs/exit-status.md", import.meta.url), "utf8");
  for (const status of Object.values(exitCodes)) expect(page).toMatch(new RegExp(`^\\| ${status} `, "m"));
  for (const command of ["run", "catalog import", "catalog query", "catalog sync", "shardmap build"]) {
    expect(page).toContain(`| \`${command}\``);
  }
});

it("is 3 for shard maps without a shard, whether merged or run", async () => {
  const folder = testFolder();
  const config = writeText(folder, "config.yaml", configText("healpix"));
  const signature = JSON.parse(
    (await zaggDone("grid", "signature", "--config", config, "--spatial")).stdout,
  ) as object;
  const empty = JSON.stringify({ metadata: {}, grid_signature: signature, shard_keys: [], granules: [] });
  const [a, b] = ["a.json", "b.json"].map((name) => writeText(folder, name, empty));
  const merged = join(folder, "merged.json");
  expect(await zagg("shardmap", "merge", a!, b!, "--out", merged)).toMatchObject({
    status: 3,
    stderr: expect.stringContaining("error SHARDMAP_EMPTY"),
  });
  expect(await zaggRun(config, a!, join(folder, "out.zarr"))).toMatchObject({
    status: 3,
    stderr: expect.stringContaining("error RUN_EMPTY"),
  });
});
