/** What every command of one call has at hand. */
import type { Registry } from "@zagg/core";
import type { ExitCode } from "./output/exit-codes.js";
import type { Terminal } from "./output/terminal.js";

export interface Session {
  readonly terminal: Terminal;
  /** The built-in plugins, loaded when they are first asked for. */
  registry(): Promise<Registry>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Set by a command that ends without an error and yet not well. */
  readonly exit: { code: ExitCode };
}
