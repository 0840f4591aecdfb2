/** What a run did, or would do, for people. */
import type { DryRunReport, RunSummary } from "@zagg/runner";
import { tellSkipped } from "./skipped.js";
import { bytes, table, thousands } from "./table.js";
import { print, write, type Terminal } from "./terminal.js";

export function tellDryRun(terminal: Terminal, report: DryRunReport): void {
  print(terminal, `[DRY RUN] Would process ${thousands(report.total_cells)} cells`);
  const { granules_per_cell_min: min, granules_per_cell_max: max, granules_per_cell_avg: average } = report;
  print(terminal, `  Granules per cell: min=${min}, max=${max}, avg=${average.toFixed(1)}`);
  print(
    terminal,
    `  Granules: ${thousands(report.granules)}${report.bytes === null ? "" : `, ${bytes(report.bytes)}`}`,
  );
  print(terminal, `  Output: ${report.store_path}`);
}

/** The summary as a table, and where the store is. */
export function printSummary(terminal: Terminal, summary: RunSummary): void {
  const { dropped, granules } = summary;
  const resumed = summary.resumed > 0 ? ` (${thousands(summary.resumed)} from an earlier attempt)` : "";
  const rows: (readonly string[])[] = [
    ["shards", `${thousands(summary.total_cells)}${resumed}`],
    ["  with data", thousands(summary.cells_with_data)],
    ["  empty", thousands(summary.cells_empty)],
    ["  failed", thousands(summary.cells_error)],
    ...(summary.cells_left > 0 ? [["  not begun", thousands(summary.cells_left)]] : []),
    ["granules", `${thousands(granules.read)} read, ${thousands(granules.skipped.length)} skipped`],
    ["observations", thousands(summary.total_obs)],
    [
      "  dropped",
      `${thousands(dropped.filtered)} filtered, ${thousands(dropped.fill)} fill, ${thousands(dropped.invalid)} invalid`,
    ],
    ["written", bytes(summary.bytes_written)],
    ["time", `${summary.wall_time_s.toFixed(1)} s, ${summary.executor}`],
  ];
  print(terminal, table(rows));
  if (summary.completed) print(terminal, `Output: ${summary.store_path}`);
}

/** What went wrong, to stderr: granules skipped, shards failed, no store made. */
export function tellProblems(terminal: Terminal, summary: RunSummary): void {
  tellSkipped(terminal, summary.granules.skipped);
  const failed = summary.results.filter(({ error }) => error !== null);
  for (const { shard_key, error } of failed) {
    write(
      terminal.stderr,
      `${terminal.colors.red(`failed shard ${shard_key}`)}: ${error?.code}: ${error?.what}: ${error?.why}; ${error?.mend}\n`,
    );
  }
  if (summary.completed) return;
  write(
    terminal.stderr,
    `No store was put at ${summary.store_path}; what was there is untouched. Mend what failed, if it was not in passing, then run the same command again to go on.\n`,
  );
}
