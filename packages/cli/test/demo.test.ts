/** `zagg demo`: what it leaves, and whether what it says is true. */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeFolder, testFolder, zagg, zaggDone, type Outcome } from "./command.js";

/** Where `zarrita` is installed, as it would be for whoever pastes the code. */
const workspace = resolve(import.meta.dirname, "../../..");
const python = process.env["ZAGG_PYTHON"] ?? "python3";
const hasXarray =
  spawnSync(python, ["-c", "import zarr, xarray; assert zarr.__version__ >= '3'"]).status === 0;

const shared = makeFolder();
const folder = join(shared.path, "it's a demo");
let outcome: Outcome;
beforeAll(async () => {
  outcome = await zaggDone("demo", "--out", folder);
}, 120_000);
afterAll(shared.remove);

/** The lines of the output from one that begins with a text to the next empty one. */
function pasted(start: string): string {
  const lines = outcome.stdout.split("\n");
  const from = lines.findIndex((line) => line.startsWith(start));
  return lines.slice(from, lines.indexOf("", from)).join("\n");
}

/** Cells with data, by the counts of the inspected store. */
const FOUND = /(\d+) cells; the first: \d+n \d+\.\d+/;

describe("zagg demo", () => {
  it("makes two stores by one shard map, and says what is in them", async () => {
    expect(outcome.stdout).toMatch(/elevation\.zarr +28 +1,501,130 +73,870 /);
    expect(outcome.stdout).toMatch(/roughness\.zarr +28 +1,501,130 +73,870 /);
    expect(existsSync(join(folder, "shardmap.json"))).toBe(true);
  });

  it("prints JavaScript that opens the store as it stands", () => {
    const code = pasted("const zarr = ");
    const run = execFileSync(process.execPath, ["--input-type=module"], { cwd: workspace, input: code });
    expect(run.toString()).toMatch(FOUND);
  });

  it.runIf(hasXarray)("prints Python that opens the store as it stands, with as many cells", () => {
    const code = pasted("import xarray");
    const opened = execFileSync(python, ["-W", "error", "-"], { input: code, encoding: "utf8" });
    const script = execFileSync(process.execPath, ["--input-type=module"], {
      cwd: workspace,
      input: pasted("const zarr = "),
      encoding: "utf8",
    });
    expect(opened).toContain(`(cells: ${FOUND.exec(script)?.[1]})`);
    expect(opened).toMatch(/Coordinates:[^]*cell_ids[^]*Data variables:[^]*h_mean/);
  });

  it("prints a command that a shell understands", () => {
    const [, word] = /npx zagg inspect (.*)/.exec(outcome.stdout) ?? [];
    const path = execFileSync("sh", ["-c", `printf %s ${word}`], { encoding: "utf8" });
    expect(path).toBe(join(folder, "elevation.zarr"));
  });

  it("gives every field its unit and a name for people", () => {
    const root = JSON.parse(readFileSync(join(folder, "elevation.zarr", "zarr.json"), "utf8")) as {
      consolidated_metadata: { metadata: Record<string, { attributes: Record<string, unknown> }> };
    };
    const { metadata } = root.consolidated_metadata;
    for (const name of ["count", "h_min", "h_max", "h_mean", "h_sigma", "h_median"]) {
      expect(metadata[`12/${name}`]?.attributes).toMatchObject({
        units: name === "count" ? "1" : "m",
        long_name: expect.any(String),
        provenance: expect.anything(),
      });
    }
  });

  it("touches no folder that holds something else", async () => {
    const mine = testFolder();
    mkdirSync(join(mine, "granules"));
    writeFileSync(join(mine, "granules", "precious.h5"), "mine");
    const refused = await zagg("demo", "--out", mine);
    expect(refused).toMatchObject({ status: 3, stderr: expect.stringContaining("CLI_DEMO_FOLDER") });
    expect(readFileSync(join(mine, "granules", "precious.h5"), "utf8")).toBe("mine");
    expect(existsSync(join(mine, "elevation.yaml"))).toBe(false);
  });

  it("cannot be made below a file: exit 3", async () => {
    const mine = testFolder();
    writeFileSync(join(mine, "file"), "mine");
    for (const out of [join(mine, "file"), join(mine, "file", "demo")]) {
      expect(await zagg("demo", "--out", out)).toMatchObject({
        status: 3,
        stderr: expect.stringContaining("CLI_FILE_UNWRITABLE"),
      });
    }
  });
});
