/** Keys of a configuration at the command line: what is not honoured is said before anything is read or written. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { configText, testFolder, writeText, zagg, zaggBuild, zaggRun } from "./command.js";

/** A configuration with lines more in `output`. */
function withOutput(...lines: readonly string[]): string {
  return `${configText("healpix")}${lines.map((line) => `  ${line}\n`).join("")}`;
}

const hive = [
  "store_layout: hive",
  "windowing: {schedule: yearly, time_field: h_li, epoch: '2018-01-01T00:00:00'}",
  "aoi_mask: true",
];

describe("a configuration that asks for what is not there", () => {
  it("is refused by validate and run, key by key, and no store is begun", async () => {
    const folder = testFolder();
    const config = writeText(folder, "c.yaml", withOutput(...hive));
    const store = join(folder, "out.zarr");
    for (const { status, stderr } of [
      await zagg("validate", config),
      await zaggRun(config, join(folder, "no-map.json"), store),
    ]) {
      expect(status).toBe(2);
      expect(stderr.match(/^error CONFIG_KEY_UNSUPPORTED at .*c\.yaml:\d+:3$/gm)).toHaveLength(3);
    }
    expect(existsSync(store)).toBe(false);
  });

  it("is no hindrance to a shard map, which does not depend on what a run writes", async () => {
    const folder = testFolder();
    const config = writeText(folder, "c.yaml", withOutput(...hive));
    const { stderr } = await zaggBuild(config, [join(folder, "*.h5")], join(folder, "map.json"));
    expect(stderr).toMatch(/^warning CONFIG_KEY_IGNORED at .*\n {2}3 keys change nothing here: /);
    expect(stderr).toContain("error CLI_NO_GRANULES");
  });

  it.each([
    ["STORE_OPTION_UNSUPPORTED", "region: us-west-2"],
    ["PLUGIN_UNKNOWN", "format: parquet"],
  ])("is refused with %s when it is validated: %s", async (code, line) => {
    const config = writeText(testFolder(), "c.yaml", withOutput(line));
    const { status, stderr } = await zagg("validate", config);
    expect(stderr).toContain(`error ${code} at ${config}`);
    expect(status).toBe(2);
  });
});
