/** `zagg demo`: the whole way, from granules to stores, on data that it makes itself. */
import { join, relative, resolve, sep } from "node:path";
import { loadConfig } from "@zagg/core";
import { serializeShardMap } from "@zagg/shardmap";
import { demoConfigs, type DemoConfig } from "../demo/config.js";
import { claimDemoFolder } from "../demo/folder.js";
import { makeDemoGranules } from "../demo/granules.js";
import { openingHints } from "../demo/hints.js";
import { writeOutput } from "../inputs/files.js";
import { exitCodes } from "../output/exit-codes.js";
import { tellProblems } from "../output/run-report.js";
import { table, thousands } from "../output/table.js";
import { print, printJson, tell } from "../output/terminal.js";
import type { Session } from "../session.js";
import { run } from "./run.js";
import { buildMap } from "./shardmap/build.js";

export interface DemoCommandOptions {
  out: string;
  json?: boolean;
}

/** Makes everything in one folder, and says how to open it. */
export async function demo({ out, json }: DemoCommandOptions, session: Session): Promise<void> {
  const { terminal, exit } = session;
  const started = performance.now();
  const folder = resolve(out);
  const at = (...parts: string[]): string => shownPath(join(folder, ...parts));
  const [first, second] = demoConfigs();

  await claimDemoFolder(folder);
  tell(terminal, `1. granules: synthetic ATL06 passes over an ice sheet, as HDF5, to ${at("granules")}`);
  const made = await makeDemoGranules(join(folder, "granules"));
  const { granules, segments } = made;
  for (const { name, text } of [first, second]) await writeOutput(join(folder, name), text);
  await writeOutput(join(folder, "region.geojson"), `${JSON.stringify(made.region, null, 2)}\n`);

  tell(
    terminal,
    `2. shard map: which of ${granules.length} granules touch which shards, to ${at("shardmap.json")}`,
  );
  const map = join(folder, "shardmap.json");
  const request = { config: join(folder, first.name), granules: granules.map(({ path }) => path), out: map };
  const build = await buildMap(request, session);
  await writeOutput(map, serializeShardMap(build.map));

  const runs = [];
  for (const [i, config] of [first, second].entries()) {
    const store = join(folder, storeName(config));
    tell(terminal, `${i + 3}. ${config.title}: ${at(config.name)} to ${at(storeName(config))}`);
    const options = {
      config: join(folder, config.name),
      catalog: map,
      store,
      executor: "threads",
      overwrite: true,
    } as const;
    const summary = await run(options, session);
    if (summary === undefined) continue;
    tellProblems(terminal, summary);
    if (!summary.completed) exit.code = exitCodes.inPart;
    runs.push({ config: config.name, store, ...summary });
  }

  const seconds = (performance.now() - started) / 1000;
  if (json === true)
    return printJson(terminal, { version: "zagg-demo/1", folder, segments, wall_time_s: seconds, runs });
  tell(terminal, "");
  print(
    terminal,
    `${table(
      runs.map((one) => [
        shownPath(one.store),
        thousands(one.cells_with_data),
        thousands(one.total_obs),
        thousands(one.dropped.filtered + one.dropped.fill),
        `${one.wall_time_s.toFixed(1)} s`,
      ]),
      ["store", "shards", "observations", "dropped", "time"],
    )}\n\n${thousands(segments)} segments of ${granules.length} granules, two stores by one shard map, in ${seconds.toFixed(1)} s.\n`,
  );
  if (exit.code !== exitCodes.done) return;
  const { grid } = loadConfig(first.text, await session.registry());
  print(terminal, openingHints({ store: at(storeName(first)), group: grid.storage.groupPath }));
}

/** As seen from the current folder, or absolute when it is not below it. */
function shownPath(path: string): string {
  const seen = relative(process.cwd(), path) || ".";
  return seen.split(sep)[0] === ".." ? path : seen;
}

function storeName({ name }: DemoConfig): string {
  return name.replace(/\.yaml$/, ".zarr");
}
