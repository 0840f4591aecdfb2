/** The `zagg` command: runs one command line, and says by an exit status what came of it. */
import { CommanderError } from "commander";
import { createTerminal, type Output } from "./output/terminal.js";
import { createProgram } from "./program/program.js";
import type { Session } from "./session.js";

export interface MainOptions {
  readonly stdout?: Output;
  readonly stderr?: Output;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Aborted when the user interrupts. */
  readonly signal?: AbortSignal;
}

/**
 * Runs one command line, without the program's name.
 * @returns the exit status: 0 done, 1 unexpected, 2 usage or config, 3 nothing came of it, 4 a part of it came, 130 interrupted
 */
export async function main(argv: readonly string[], options: MainOptions = {}): Promise<number> {
  const stdout = options.stdout ?? process.stdout;
  const stderr = options.stderr ?? process.stderr;
  const env = options.env ?? process.env;
  const flags = { quiet: argv.includes("--quiet"), verbose: argv.includes("--verbose") };
  const terminal = createTerminal(stdout, stderr, { ...flags, env });
  let registry: ReturnType<Session["registry"]> | undefined;
  const session: Session = {
    terminal,
    registry: () => (registry ??= composed()),
    env,
    signal: options.signal ?? new AbortController().signal,
    exit: { code: 0 },
  };
  let help = "";
  try {
    await createProgram(session, (text) => (help += text)).parseAsync([...argv], { from: "user" });
    return session.exit.code;
  } catch (error) {
    // Help and version are answers.
    if (error instanceof CommanderError && error.exitCode === 0) return session.exit.code;
    const { tellFailure, usageError } = await import("./output/failure.js");
    return tellFailure(terminal, error instanceof CommanderError ? usageError(terminal, error, help) : error);
  }
}

async function composed(): ReturnType<Session["registry"]> {
  const { createZaggRegistry } = await import("./composition.js");
  return createZaggRegistry();
}
