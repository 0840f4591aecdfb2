/** The `zagg` command: its verbs, and what its exit status says. */
import { CodedError, ConfigError, errorFromJson, errorToJson } from "@zagg/core";
import { Command, CommanderError, Option } from "commander";
import { addCatalog } from "./commands/catalog/catalog.js";
import { addCheck } from "./commands/check.js";
import { addConfig } from "./commands/config.js";
import { addDemo } from "./commands/demo.js";
import { addGrid } from "./commands/grid.js";
import { addInspect } from "./commands/inspect.js";
import { addPlugins } from "./commands/plugins.js";
import { addRun } from "./commands/run.js";
import { addShardmap } from "./commands/shardmap/shardmap.js";
import { addValidate } from "./commands/validate.js";
import { createZaggRegistry } from "./composition.js";
import type { Session } from "./session.js";
import { tellError } from "./output/errors.js";
import { exitCodeOf, exitCodes } from "./output/exit-codes.js";
import { createTerminal, type Output } from "./output/terminal.js";
import { cliVersion } from "./version.js";

export interface MainOptions {
  readonly stdout?: Output;
  readonly stderr?: Output;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Aborted when the user interrupts. */
  readonly signal?: AbortSignal;
}

/**
 * Runs one command line, without the program's name.
 * @returns the exit status: 0 done, 1 unexpected, 2 usage or config, 3 input or store out of reach, 4 failed shards, 130 interrupted
 */
export async function main(argv: readonly string[], options: MainOptions = {}): Promise<number> {
  const stdout = options.stdout ?? process.stdout;
  const stderr = options.stderr ?? process.stderr;
  const env = options.env ?? process.env;
  const flags = { quiet: argv.includes("--quiet"), verbose: argv.includes("--verbose") };
  const terminal = createTerminal(stdout, stderr, { ...flags, env });
  const session: Session = {
    terminal,
    registry: createZaggRegistry(),
    env,
    signal: options.signal ?? new AbortController().signal,
    exit: { code: exitCodes.done },
  };
  let help = "";
  try {
    await program(session, (text) => (help += text)).parseAsync([...argv], { from: "user" });
    return session.exit.code;
  } catch (error) {
    if (error instanceof CommanderError) return usage(session, error, help);
    const coded = error instanceof CodedError ? error : withCause(error);
    tellError(terminal, coded);
    return exitCodeOf(coded);
  }
}

/** In the order of the help. */
const commands = [
  addRun,
  addShardmap,
  addCatalog,
  addGrid,
  addCheck,
  addValidate,
  addConfig,
  addInspect,
  addPlugins,
  addDemo,
];

/** @param writeHelp takes what commander would write to stderr: the help of a command that lacks a verb */
function program(session: Session, writeHelp: (text: string) => void): Command {
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

Exit status: 0 done, 1 unexpected, 2 usage or configuration, 3 an input or store out of reach,
4 finished with failed shards, 130 interrupted.`;

/** Help and version are answers; anything else commander throws is wrong usage. */
function usage({ terminal }: Session, error: CommanderError, help: string): number {
  if (error.exitCode === 0) return exitCodes.done;
  const [what = "", ...rest] = error.message.replace(/^error: /, "").split("\n");
  const isVerbMissing = error.code === "commander.help";
  if (isVerbMissing) terminal.stderr.write(`${help}\n`);
  const suggestion = /^\(Did you mean (.*)\?\)$/.exec(rest.join(" "))?.[1];
  const more = "see zagg --help, or zagg COMMAND --help";
  tellError(
    terminal,
    new ConfigError("CLI_USAGE", {
      what: isVerbMissing ? "no command is given" : what,
      why: isVerbMissing
        ? "zagg does nothing of its own accord"
        : "the command line does not fit the command",
      mend: suggestion === undefined ? more : `did you mean ${suggestion}? Else ${more}`,
    }),
  );
  return exitCodes.usage;
}

function withCause(error: unknown): CodedError {
  const json = errorToJson(error);
  return Object.assign(errorFromJson(json), { cause: error });
}
