/** `--executor`, `--executor-param` and `--attempts`: what reaches an executor, and what is refused before anything is written. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { configText, makeFolder, smallGranules, testFolder, writeText, zagg, zaggDone } from "./command.js";

/** An executor whose every try fails in passing; its parameters are told in the error. */
const never = `
export const never = {
  kind: "executor", apiVersion: 2, name: "never", description: "Fails in passing.", sharesDisk: true,
  paramsSchema: {
    type: "object", additionalProperties: false,
    properties: { depth: { type: "integer", minimum: 1, default: 4 }, queue: { type: "string" } },
  },
  retry: { attempts: 2, backoffMs: 1 },
  open: async (_context, { params }) => ({
    concurrency: 1,
    process: async ({ shardKey, label, granules }) => ({
      shard_key: shardKey, label, cells_with_data: 0, total_obs: 0, granule_count: granules.length, files_processed: 0,
      duration_s: 0, empty: null, dropped: { invalid: 0, fill: 0, filtered: 0 }, skipped_granules: [], groups_skipped: 0,
      bytes_written: 0, read: { rows: 0, bytes: 0, rows_held: 0, bytes_held: 0 }, warnings: [], attempts: 1,
      error: { name: "RunError", code: "NEVER", what: JSON.stringify(params), why: "y", mend: "m", transient: true },
    }),
    close: async () => undefined,
  }),
};
`;

const shared = makeFolder();
const map = join(shared.path, "map.json");
let config: string;
let plugin: string;
beforeAll(async () => {
  config = writeText(shared.path, "config.yaml", configText("healpix"));
  plugin = writeText(shared.path, "never.mjs", never);
  await smallGranules(shared.path);
  const granules = join(shared.path, "granules", "*.h5");
  await zaggDone("shardmap", "build", "--config", config, "--granules", granules, "--out", map);
});
afterAll(shared.remove);

/** Runs into a folder of its own, and tells what stands there afterwards. */
async function run(...flags: readonly string[]) {
  const folder = testFolder();
  const inputs = ["--config", config, "--catalog", map, "--plugin", plugin, "--max-cells", "1"];
  const outcome = await zagg("run", "--json", ...inputs, "--store", join(folder, "out.zarr"), ...flags);
  return { ...outcome, left: readdirSync(folder) };
}

describe("an executor", () => {
  it.each([
    ["that is unknown", ["--executor", "thread"], "PLUGIN_UNKNOWN", 'did you mean "threads"'],
    [
      "with a parameter that it does not have",
      ["--executor", "never", "--executor-param", "dept=2"],
      "EXECUTOR_PARAMS",
      'did you mean "depth"',
    ],
    [
      "with a parameter, though it has none",
      ["--executor", "inline", "--executor-param", "a=b"],
      "EXECUTOR_PARAMS",
      "none",
    ],
    [
      "with a parameter of a wrong type",
      ["--executor", "never", "--executor-param", "depth=deep"],
      "EXECUTOR_PARAMS",
      "whole number",
    ],
    [
      "with a parameter out of range",
      ["--executor", "never", "--executor-param", "depth=0"],
      "EXECUTOR_PARAMS",
      "1",
    ],
    [
      "with a parameter without a value",
      ["--executor", "never", "--executor-param", "depth"],
      "CLI_USAGE",
      "key=value",
    ],
    [
      "with a value without a name",
      ["--executor", "never", "--executor-param", "=4"],
      "CLI_USAGE",
      "key=value",
    ],
    ["with no attempt", ["--executor", "never", "--attempts", "0"], "CLI_USAGE", "at least 1"],
    ["with half an attempt", ["--executor", "never", "--attempts", "1.5"], "CLI_USAGE", "whole number"],
    ["with a number of attempts that is none", ["--attempts", "many"], "CLI_USAGE", "whole number"],
  ])("%s exits 2 and leaves nothing", async (_what, flags, code, part) => {
    const { status, stdout, stderr, left } = await run(...flags);
    expect([status, stdout, left]).toEqual([2, "", []]);
    expect(stderr).toContain(`error ${code}`);
    expect(stderr).toContain(part);
  });

  it.each([
    ["its own number", [], 2, { depth: 4 }],
    [
      "as often as asked, with its parameters in their types",
      ["--attempts", "3", "--executor-param", "depth=7", "--executor-param", "queue=a=b"],
      3,
      { depth: 7, queue: "a=b" },
    ],
  ])("tries a shard %s", async (_what, flags, attempts, params) => {
    const { status, stdout } = await run("--executor", "never", ...flags);
    expect(status).toBe(4);
    const { results } = JSON.parse(stdout) as { results: { attempts: number; error: { what: string } }[] };
    expect(results.map((result) => result.attempts)).toEqual([attempts]);
    expect(JSON.parse(results[0]!.error.what)).toEqual(params);
  });
});
