/** How a command that fails ends: its error on stderr, and an exit status. */
import { CodedError, ConfigError, errorFromJson, errorToJson } from "@zagg/core";
import type { CommanderError } from "commander";
import { tellError } from "./errors.js";
import { exitCodeOf, type ExitCode } from "./exit-codes.js";
import type { Terminal } from "./terminal.js";

/** Writes an error of any kind to stderr. @returns the exit status it ends with */
export function tellFailure(terminal: Terminal, error: unknown): ExitCode {
  const coded = error instanceof CodedError ? error : withCause(error);
  tellError(terminal, coded);
  return exitCodeOf(coded);
}

/**
 * Wrong usage, as commander noticed it.
 * @param help what commander wrote of a command that lacks a verb; it goes to stderr first
 */
export function usageError(terminal: Terminal, error: CommanderError, help: string): ConfigError {
  const [what = "", ...rest] = error.message.replace(/^error: /, "").split("\n");
  const isVerbMissing = error.code === "commander.help";
  if (isVerbMissing) terminal.stderr.write(`${help}\n`);
  const suggestion = /^\(Did you mean (.*)\?\)$/.exec(rest.join(" "))?.[1];
  const more = "see zagg --help, or zagg COMMAND --help";
  return new ConfigError("CLI_USAGE", {
    what: isVerbMissing ? "no command is given" : what,
    why: isVerbMissing ? "zagg does nothing of its own accord" : "the command line does not fit the command",
    mend: suggestion === undefined ? more : `did you mean ${suggestion}? Else ${more}`,
  });
}

function withCause(error: unknown): CodedError {
  const json = errorToJson(error);
  return Object.assign(errorFromJson(json), { cause: error });
}
