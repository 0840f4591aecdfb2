/** Commands as a person would type them, outside of the test runner that calls them. */
import { execFile } from "node:child_process";

/** A command that takes longer than this hangs. */
const COMMAND_TIMEOUT_MS = 180_000;
/** What a test runner and Nx leave in the environment: a runner that is started here must not think itself a part of them. */
const LEFT_BEHIND = /^(VITEST|NX_TASK|NX_WORKSPACE_ROOT|NODE_OPTIONS|NODE_ENV|TEST|FORCE_COLOR)/;

export interface Outcome {
  readonly status: number;
  readonly output: string;
}

/** Runs a line of a shell in a folder. Never rejects for a command that fails. */
export function runIn(cwd: string, command: string): Promise<Outcome> {
  const inherited = Object.entries(process.env).filter(([key]) => !LEFT_BEHIND.test(key));
  const quiet = { CI: "true", NX_DAEMON: "false", NX_NO_CLOUD: "true", NX_TUI: "false", NO_COLOR: "1" };
  const env = { ...Object.fromEntries(inherited), ...quiet };
  return new Promise((resolve) => {
    execFile(
      "sh",
      ["-c", command],
      { cwd, env, timeout: COMMAND_TIMEOUT_MS, maxBuffer: 2 ** 26 },
      (error, stdout, stderr) => {
        const status = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
        resolve({ status, output: `${stdout}${stderr}` });
      },
    );
  });
}
