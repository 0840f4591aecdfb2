import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { zagg, zaggDone } from "./command.js";
import { hasShared, sharedPath } from "./shared-files.js";

/** A configuration with its defaults, without what describes rather than makes a store, functions by one name each. */
async function meaning(config: string): Promise<unknown> {
  const { stdout } = await zaggDone("validate", config, "--print-config");
  return JSON.parse(stdout, (key, value: unknown) => {
    if (key === "attrs") return undefined;
    if (key === "reader") return value === "h5coro" ? "hdf5" : value;
    return value === "zagg.stats.tdigest.build_tdigest" ? "tdigest" : value;
  });
}

const names = [
  "atl03",
  "atl03_gain_bias_healpix",
  "atl03_tdigest_healpix",
  "atl03_waveform_chunk",
  "atl03_waveform_counts",
  "atl06",
  "atl06_polar",
];

describe("the built-in configurations", () => {
  it("are listed by name", async () => {
    const { stdout } = await zaggDone("config", "list", "--json");
    const { version, configs } = JSON.parse(stdout) as { version: string; configs: { name: string }[] };
    expect(version).toBe("zagg-config-list/1");
    expect(configs.map(({ name }) => name)).toEqual(names);
    const people = await zaggDone("config", "list");
    for (const name of names) expect(people.stdout).toMatch(new RegExp(`^${name} `, "m"));
  });

  it.each(names)("%s is printed as it is stored, and is valid under its name", async (name) => {
    const { stdout } = await zaggDone("config", "show", name);
    expect(stdout).toBe(readFileSync(join(import.meta.dirname, "..", "configs", `${name}.yaml`), "utf8"));
    const validated = await zaggDone("validate", name);
    expect(validated.stdout).toContain(`${name} is valid`);
    expect(validated.stderr).toBe("");
  });

  it("are suggested for a name that is none of theirs", async () => {
    for (const argv of [
      ["config", "show", "atl60"],
      ["validate", "atl60"],
    ]) {
      const { status, stderr } = await zagg(...argv);
      expect(status).toBe(2);
      expect(stderr).toContain("CLI_CONFIG_UNKNOWN");
      expect(stderr).toContain("atl06");
    }
  });

  it.runIf(hasShared).each(names)("%s means what the original's of that name does", async (name) => {
    const [own, original] = [await meaning(name), await meaning(sharedPath(`fixtures/configs/${name}.yaml`))];
    expect(own).toEqual(original);
    expect(JSON.stringify(own)).toBe(JSON.stringify(original));
  });
});
