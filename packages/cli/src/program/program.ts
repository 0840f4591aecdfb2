/**
 * The command line as commander sees it: names, options and help of every command. Nothing of the engine is loaded for it;
 * what a command does is imported when it is called.
 */
import { Command, Option } from "commander";
import type { Session } from "../session.js";
import { cliVersion } from "../version.js";
import { addCatalog } from "./catalog/catalog.js";
import { addCheck } from "./check.js";
import { addConfig } from "./config.js";
import { addDemo } from "./demo.js";
import { addGranule } from "./granule/granule.js";
import { addGrid } from "./grid.js";
import { addInspect } from "./inspect.js";
import { addPlugins } from "./plugins.js";
import { addRun } from "./run.js";
import { addShardmap } from "./shardmap/shardmap.js";
import { addValidate } from "./validate.js";

/** In the order of the help. */
const commands = [
  addRun,
  addShardmap,
  addCatalog,
  addGranule,
  addGrid,
  addCheck,
  addValidate,
  addConfig,
  addInspect,
  addPlugins,
  addDemo,
];

/** @param writeHelp takes what commander would write to stderr: the help of a command that lacks a verb */
export function createProgram(session: Session, writeHelp: (text: string) => void): Command {
  const { stdout, stderr } = session.terminal;
  const command = new Command("zagg")
    .description("Aggregates sparse point observations onto grids, into Zarr v3 stores.")
    .version(cliVersion())
    .option("--quiet", "say nothing but results and errors")
    .option("--verbose", "show the cause and stack of errors")
    // A command may have a --version of its own, such as that of a product.
    .enablePositionalOptions()
    .configureHelp({ showGlobalOptions: true })
    .addHelpText("after", `\n${AFTERWORD}`)
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: writeHelp,
      getOutHelpWidth: () => stdout.columns ?? 100,
      getErrHelpWidth: () => stderr.columns ?? 100,
    });
  for (const add of commands) add(command, session);
  command.commands.forEach(acceptGlobalFlags);
  return command;
}

/** Flags of the program may stand after any command's name. */
function acceptGlobalFlags(command: Command): void {
  for (const flag of ["--quiet", "--verbose"]) command.addOption(new Option(flag).hideHelp());
  command.commands.forEach(acceptGlobalFlags);
}

const AFTERWORD = `Begin with zagg demo. Results go to stdout, all else to stderr.

Exit status: 0 done, 1 unexpected, 2 usage or configuration, 3 nothing came of it: an input or store
out of reach, or nothing found, 4 finished with failed shards, or with inputs that an import could not
take in, 130 interrupted.`;
