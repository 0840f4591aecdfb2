/** An aggregator that is written outside the packages: a short file, a name in a configuration, the contract kit. */
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { AnyAggregator } from "@zagg/core";
import { aggregatorContract } from "@zagg/core/testing";
import { afterAll, describe, expect, it } from "vitest";
import { configText, makeFolder, smallGranules, writeText, zaggDone } from "./command.js";

const text = `import { perCell } from "@zagg/core";

export const spread = perCell(
  { name: "spread", description: "Largest less smallest; NaN if any is NaN." },
  (values) => {
    let [low, high] = [Infinity, -Infinity];
    for (const value of values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return high - low;
  },
);
`;
const core = resolve(import.meta.dirname, "../../core");
/** A file outside the workspace finds the built package. */
const isBuilt = existsSync(join(core, "dist/index.js"));

const { path: folder, remove } = makeFolder();
afterAll(remove);
mkdirSync(join(folder, "node_modules", "@zagg"), { recursive: true });
symlinkSync(core, join(folder, "node_modules", "@zagg", "core"), "junction");
const file = writeText(folder, "spread.mjs", text);

describe.runIf(isBuilt)("an aggregator of fewer than fifteen lines", async () => {
  expect(text.trim().split("\n").length).toBeLessThan(15);
  if (!isBuilt) return;
  const { spread } = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as { spread: AnyAggregator };
  aggregatorContract({ describe, it, expect, aggregator: spread });

  it("fills the field that names it", async () => {
    const fields = `
    span: {function: spread, source: h_li, dtype: float64}
    known: {function: ptp, source: h_li, dtype: float64}`;
    const config = writeText(folder, "c.yaml", `plugins: [./spread.mjs]\n${configText("healpix", fields)}`);
    await smallGranules(folder);
    const [map, store] = [join(folder, "map.json"), join(folder, "store")];
    const granules = join(folder, "granules", "*.h5");
    const named = ["--config", config, "--plugin", file];
    await zaggDone("shardmap", "build", ...named, "--granules", granules, "--out", map);
    await zaggDone("run", "--executor", "inline", ...named, "--catalog", map, "--store", store);
    const objects = (name: string) => {
      const array = join(store, "12", name, "c");
      const names = readdirSync(array, { recursive: true, encoding: "utf8" }).sort();
      return names
        .filter((key) => statSync(join(array, key)).isFile())
        .map((key) => [key, readFileSync(join(array, key)).toString("base64")]);
    };
    expect(objects("span").length).toBeGreaterThan(0);
    expect(objects("span")).toEqual(objects("known"));
  });
});
