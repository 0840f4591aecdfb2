/** Random CRSs against PROJ itself: what tools/proj/campaign.py makes in half a minute a seed. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { createCrs, knownEpsgCodes } from "../src/index.js";
import { judge, type ProjCase, type Tally } from "./campaign.js";
import { pythonWith } from "../../../vitest.python.mjs";
import { seeds } from "../../../vitest.effort.mjs";

const SECONDS = 30;
/** CRSs of a seed that are judged, the same ones on any machine: as many as a slow one makes in that time. */
const CRSS = 400;
/** PROJ changes the datum shift within the area of use of these; one is taken everywhere (see the README). */
const ONE_SHIFT = new Set([3338, 4269, 26902, 27700, 31467]);

const script = fileURLToPath(new URL("../tools/proj/campaign.py", import.meta.url));
const python = pythonWith("numpy", "pyproj");

describe.skipIf(python === null)("random CRSs", () => {
  const codes = knownEpsgCodes().filter((code) => !ONE_SHIFT.has(code));
  it.each(seeds())(
    "are where PROJ puts them, or refused, seed %i",
    (seed) => {
      const { status, stdout, stderr } = spawnSync(
        python!,
        [script, String(seed), String(SECONDS), codes.join(",")],
        { encoding: "utf8", maxBuffer: 1 << 30 },
      );
      expect(status, stderr).toBe(0);
      const lines = stdout.trim().split("\n").slice(0, CRSS);
      const tallies = judge(
        createCrs,
        lines.map((line) => JSON.parse(line) as ProjCase),
      );
      console.log(`seed ${seed}: ${lines.length} CRSs\n${[...tallies].map(rowOf).sort().join("\n")}`);
      expect(
        [...tallies].flatMap(([name, { faults }]) => faults.map((fault) => `${name}: ${fault}`)),
      ).toEqual([]);
      expect([...tallies.values()].reduce((sum, { placed }) => sum + placed, 0)).toBeGreaterThan(1000);
    },
    4000 * SECONDS,
  );
});

function rowOf([name, { taken, refused, placed, nowhere, unreturned, worstMm }]: [string, Tally]): string {
  const points = `${placed} points placed, ${nowhere} without position, ${unreturned} not returned by PROJ`;
  return `  ${name}: ${taken} taken, ${refused} refused; ${points}; worst ${worstMm.toPrecision(2)} mm`;
}
