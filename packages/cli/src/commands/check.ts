/** `zagg check`: whether products can be aggregated together. */
import { ConfigError } from "@zagg/core";
import { checkCompatible, type Product } from "@zagg/runner";
import { openConfig, type PluginFlags } from "../inputs/config.js";
import { exitCodes } from "../output/exit-codes.js";
import { table } from "../output/table.js";
import { print, printJson } from "../output/terminal.js";
import type { Session } from "../session.js";

export interface CheckOptions extends PluginFlags {
  json?: boolean;
}

/** Checks every pair of configurations, and prints the verdicts. */
export async function check(
  paths: readonly string[],
  { json, ...flags }: CheckOptions,
  session: Session,
): Promise<void> {
  const { terminal, exit } = session;
  if (paths.length < 2) {
    throw new ConfigError("CLI_USAGE", {
      what: `only ${paths.join()} is given`,
      why: "configurations are checked in pairs",
      mend: "name two or more; zagg validate checks a single one",
    });
  }
  const products: Product[] = [];
  for (const path of paths) {
    const { grid } = await openConfig(session, path, "grid", flags);
    products.push({ name: path, grid });
  }
  const report = checkCompatible(products);
  if (!report.compatible) exit.code = exitCodes.usage;
  if (json === true) return printJson(terminal, { version: "zagg-check/1", ...report });
  const rows = report.pairs.map(({ a, b, nests, overlap, reason }) => [
    a,
    b,
    nests ? "nests" : "does not nest",
    overlap === null ? "unknown" : overlap ? "overlaps" : "lies apart",
    reason ?? "",
  ]);
  print(terminal, table(rows, ["configuration", "with", "verdict", "coverage", "because"]));
}
