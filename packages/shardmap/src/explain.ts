/** The guard's answer for people. */
import type { ShardMapCheck, SignatureDifference } from "./check.js";
import { jsonLine } from "./json-text.js";

const MISMATCH = "ShardMap was built for a different grid than this run config.";
const MEND =
  "build the map for this grid with `zagg shardmap build --config <the run's config>`, or run with a config whose output.grid is the map's";

/** The answer in lines: the verdict, the signatures when the map is refused, each difference, each warning, and how to mend it. */
export function explainCheck(check: ShardMapCheck): string {
  const warnings = check.warnings.map(({ code, what, why, mend }) => `${code}: ${what}: ${why}; ${mend}`);
  return [...verdictLines(check), ...warnings].join("\n");
}

function verdictLines(check: ShardMapCheck): readonly string[] {
  if (check.verdict === "fits") return ["The shard map fits this run config."];
  if (check.verdict === "unchecked") return ["The shard map was not checked."];
  if (check.stored === null) return ["The shard map was refused because the check is strict."];
  const differences = check.differences.map((difference) => `  ${differenceLine(difference)}`);
  return [refusalText(check).what, "They differ in:", ...differences, `To mend it: ${MEND}.`];
}

/** What, why and mend of a map that was built for another grid. */
export function refusalText(check: ShardMapCheck): { what: string; why: string; mend: string } {
  const { projected, run, stored, differences } = check;
  return {
    what: [
      MISMATCH,
      `  shard map (spatial): ${jsonLine(projected)}`,
      `  run config (spatial): ${jsonLine(run)}`,
      `  shard map (raw stored signature): ${jsonLine(stored)}`,
    ].join("\n"),
    why: differences.map(differenceLine).join("; "),
    mend: MEND,
  };
}

/** One key in which a map and a run differ. */
export function differenceLine({ key, shardMap, run, missing }: SignatureDifference): string {
  return `${key}: ${missing ? "not in the shard map" : `${jsonLine(shardMap)} in the shard map`}, ${jsonLine(run)} in the run config`;
}
