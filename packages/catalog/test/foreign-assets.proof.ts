/** Items as other writers put them into Parquet, against the same items in JSON: the same granules, hrefs and sizes. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { openParquetCatalog, parseJsonCatalog, type CatalogGranule } from "../src/index.js";
import { granulesIn, sourceOf } from "./parquet-files.js";
import { pythonWith } from "../../../vitest.python.mjs";
import { seeds } from "../../../vitest.effort.mjs";

const script = fileURLToPath(new URL("fixtures/make-items.py", import.meta.url));
const ITEMS = 400;

const scratch = mkdtempSync(join(tmpdir(), "zagg-foreign-"));
afterAll(() => rmSync(scratch, { recursive: true }));

const python = pythonWith("pyarrow", "stac_geoparquet");

/** What a build takes of a granule. */
function taken({ record, footprint, problem }: CatalogGranule): object {
  return { ...record, placed: footprint !== null, problem: problem?.code ?? null };
}

describe.skipIf(python === null)("items of other writers", () => {
  it.each(seeds())("give the granules that they give in JSON, seed %i", async (seed) => {
    const folder = join(scratch, String(seed));
    mkdirSync(folder);
    execFileSync(python!, [script, folder, String(seed), String(ITEMS)]);
    const expected = await granulesIn(parseJsonCatalog(readFileSync(join(folder, "items.json"), "utf8")));
    const forms = JSON.parse(readFileSync(join(folder, "forms.json"), "utf8")) as string[];
    const read = new Map<string, readonly CatalogGranule[]>();
    for (const form of forms) {
      const file = await openParquetCatalog(sourceOf(readFileSync(join(folder, `${form}.parquet`))));
      read.set(form, await granulesIn(file));
    }
    const lost = expected.filter(({ problem }) => problem !== undefined).length;
    const different = [...read].map(([form, granules]) => {
      const count = granules.filter((granule, i) => !sameAs(granule, expected[i]!)).length;
      return `${form} ${count}`;
    });
    console.log(`seed ${seed}: ${ITEMS} items, ${lost} without data; different: ${different.join(", ")}`);
    for (const [form, granules] of read) expect(granules.map(taken), form).toEqual(expected.map(taken));
    expect(forms.length).toBeGreaterThanOrEqual(6);
  });
});

function sameAs(a: CatalogGranule, b: CatalogGranule): boolean {
  return JSON.stringify(taken(a)) === JSON.stringify(taken(b));
}
