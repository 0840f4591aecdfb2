/** The guard's answer for people. */
import type { ShardMapCheck, SignatureDifference } from "./check.js";
import { jsonLine } from "../json/json-text.js";

const MISMATCH = "ShardMap was built for a different grid than this run config.";
const REKEY =
  "bring the map to the run's grid with `zagg shardmap rekey MAP --config <the run's config> --out NEW`: no new query, and it says when the two are too far apart";
const BUILD = "build a map for the run's grid with `zagg shardmap build --config <the run's config>`";
const RECONFIGURE = "run with a config whose output.grid is the map's";

/**
 * The answer in lines: the verdict; when the map is refused, each difference, what each side says, and the ways to mend
 * it; then each warning.
 */
export function explainCheck(check: ShardMapCheck): string {
  const warnings = check.warnings.flatMap(({ code, what, why, mend }) => [
    `${code}: ${what}`,
    `  why   ${why}`,
    `  mend  ${mend}`,
  ]);
  return [...verdictLines(check), ...warnings].join("\n");
}

function verdictLines(check: ShardMapCheck): readonly string[] {
  if (check.verdict === "fits") return ["The shard map fits this run config."];
  if (check.verdict === "unchecked") return ["The shard map was not checked."];
  if (check.stored === null) return ["The shard map was refused because the check is strict."];
  return [
    MISMATCH,
    "They differ in:",
    ...check.differences.map((difference) => `  ${differenceLine(difference)}`),
    "Their signatures:",
    ...signatureLines(check),
    "To mend it, one of:",
    ...waysOut(check).map((way) => `  - ${way}`),
  ];
}

/** What, why and mend of a map that was built for another grid. */
export function refusalText(check: ShardMapCheck): { what: string; why: string; mend: string } {
  return {
    what: [MISMATCH, ...signatureLines(check)].join("\n"),
    why: check.differences.map(differenceLine).join("; "),
    mend: waysOut(check).join("; or "),
  };
}

function signatureLines({ projected, run, stored }: ShardMapCheck): readonly string[] {
  return [
    `  shard map (spatial): ${jsonLine(projected)}`,
    `  run config (spatial): ${jsonLine(run)}`,
    `  shard map (raw stored signature): ${jsonLine(stored)}`,
  ];
}

/** Maps of another family cannot be rekeyed. */
function waysOut({ differences }: ShardMapCheck): readonly string[] {
  const isOneFamily = differences.every(({ key }) => key !== "type");
  return isOneFamily ? [REKEY, BUILD, RECONFIGURE] : [BUILD, RECONFIGURE];
}

/** One key in which a map and a run differ. */
export function differenceLine({ key, shardMap, run, missing }: SignatureDifference): string {
  return `${key}: ${missing ? "not in the shard map" : `${jsonLine(shardMap)} in the shard map`}, ${jsonLine(run)} in the run config`;
}
