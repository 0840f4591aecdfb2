/**
 * Random polygons of all kinds in all ways to write them, by every grid and by what catalogs keep of them, against the plain sphere of the kit.
 * One seed, or as many as ZAGG_FUZZ_SEEDS says.
 */
import { isCodedError } from "@zagg/core";
import { regionFromGeoJson } from "@zagg/sphere";
import { describe, expect, it } from "vitest";
import { ringCases, type RingCase } from "./proofs/ring-cases.js";
import { ringKinds } from "./proofs/ring-kinds.js";
import { createJudges, judged } from "./proofs/ring-judges.js";
import { fractions, type LonLat } from "./proofs/sphere.js";
import { seeds } from "../../vitest.effort.mjs";

/** Regions of a seed. */
const REGIONS = 260;
const PLACES = 40;

/** What a seed found of one kind. */
interface Tally {
  regions: number;
  rings: number;
  refused: number;
  wrong: string[];
}

function placesOver(seed: number): LonLat[] {
  const turn = 360 * fractions(seed + 1)();
  return Array.from({ length: PLACES }, (_, k): LonLat => [
    ((turn + 137.50776405 * k) % 360) - 180,
    (Math.asin((2 * k + 1) / PLACES - 1) * 180) / Math.PI,
  ]);
}

describe("polygons of any kind", () => {
  const judges = createJudges();

  it.each(seeds())(
    "mean the same to every grid and catalog as to the kit, seed %d",
    { timeout: 600_000 },
    (seed) => {
      const tallies = new Map<string, Tally>(
        ringKinds.map(([kind]) => [kind, { regions: 0, rings: 0, refused: 0, wrong: [] }]),
      );
      const byJudge = new Map(judges.map(({ name }) => [name, 0]));
      const places = placesOver(seed);
      for (const ringCase of ringCases(seed, REGIONS)) {
        const tally = tallies.get(ringCase.kind)!;
        tally.regions++;
        tally.rings += ringCase.positions.flat().length;
        judge(ringCase, tally);
      }
      console.log(report(seed, tallies, byJudge));
      expect([...tallies].flatMap(([kind, { wrong }]) => wrong.map((what) => `${kind}: ${what}`))).toEqual(
        [],
      );

      function judge({ positions, truth, crossesItself, hasSide, beside }: RingCase, tally: Tally): void {
        const [first] = positions;
        const document =
          positions.length === 1
            ? { type: "Polygon", coordinates: first }
            : { type: "MultiPolygon", coordinates: positions };
        let region;
        try {
          region = regionFromGeoJson(document);
        } catch (error) {
          if (!isCodedError(error)) throw error;
          tally.refused++;
          if (hasSide || error.code !== "REGION_CROSSING")
            tally.wrong.push(`refused, ${error.message} ${JSON.stringify(document)}`);
          return;
        }
        if (!hasSide) tally.wrong.push(`not refused ${JSON.stringify(document)}`);
        const known = [...places, ...beside].map((place) => judged(truth, place));
        for (const { name, judge: ask, isForSimple } of judges) {
          if (isForSimple && crossesItself) continue;
          const wrong = attempt(() => ask(region, known));
          if (wrong.length === 0) continue;
          byJudge.set(name, byJudge.get(name)! + 1);
          tally.wrong.push(`${name} ${wrong.slice(0, 3).join("; ")} ${JSON.stringify(document)}`);
        }
      }
    },
  );
});

function attempt(ask: () => readonly string[]): readonly string[] {
  try {
    return ask();
  } catch (error) {
    return [String(error)];
  }
}

function report(
  seed: number,
  tallies: ReadonlyMap<string, Tally>,
  byJudge: ReadonlyMap<string, number>,
): string {
  const rows = [...tallies].map(
    ([kind, { regions, rings, refused, wrong }]) =>
      `  ${kind.padEnd(40)} ${String(regions).padStart(4)} regions ${String(rings).padStart(4)} rings ${String(refused).padStart(3)} refused ${wrong.length} disagreements`,
  );
  const judgesText = [...byJudge].map(([name, count]) => `${name} ${count}`).join(", ");
  return [`seed ${seed}`, ...rows, `  regions about which there is a disagreement: ${judgesText}`].join("\n");
}
