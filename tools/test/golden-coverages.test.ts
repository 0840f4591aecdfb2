/**
 * Coverages of all grids, byte for byte those of before; ZAGG_GOLDEN_COVERAGES=FILE writes new digests there.
 * A sample of the regions but for the proofs: ZAGG_PROOF=1 looks at all.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { createCoverings, digestsOf } from "./proofs/coverage-digests.js";
import { goldenRegions } from "./proofs/golden-regions.js";
import { some } from "../../vitest.effort.mjs";

const file =
  process.env["ZAGG_GOLDEN_FILE"] ??
  fileURLToPath(new URL("fixtures/coverage-digests.json", import.meta.url));
const written = process.env["ZAGG_GOLDEN_COVERAGES"];
/** Random regions that are looked at; ZAGG_GOLDEN_RANDOM says otherwise, for digests of one's own. */
const RANDOM = Number(process.env["ZAGG_GOLDEN_RANDOM"] ?? 30);
const regions = goldenRegions.filter(({ name }) => !(Number(/^random (\d+)$/.exec(name)?.[1]) >= RANDOM));

interface Digests {
  readonly coverings: readonly string[];
  readonly regions: Readonly<Record<string, string>>;
}

const golden = (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : { regions: {} }) as Digests;

describe("the coverage of", () => {
  const coverings = createCoverings();
  const names = coverings.map(([name]) => name);
  const found: Record<string, string> = {};

  it.each(written === undefined ? some(regions, 16) : regions)(
    "$name is what it was, by every grid",
    (named) => {
      const digests = digestsOf(named, coverings);
      found[named.name] = digests.join(" ");
      if (written !== undefined) return;
      const before = golden.regions[named.name]?.split(" ") ?? [];
      expect(Object.fromEntries(names.map((name, k) => [name, digests[k]]))).toEqual(
        Object.fromEntries(names.map((name, k) => [name, before[k]])),
      );
    },
  );

  it("is kept for the same grids and regions", () => {
    if (written !== undefined)
      writeFileSync(written, `${JSON.stringify({ coverings: names, regions: found }, null, 2)}\n`);
    else
      expect([golden.coverings, Object.keys(golden.regions)]).toEqual([
        names,
        regions.map(({ name }) => name),
      ]);
  });
});
