/** A copy of the workspace, for tests that change it: sources are copied, what is installed is linked. */
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
/** What is built, cached or installed is not copied. */
const left = new Set(["node_modules", "dist", "out-tsc", ".git", ".nx", ".cache", "api"]);
/** A command of a page that takes longer than this hangs. */
const COMMAND_TIMEOUT_MS = 120_000;

export interface WorkspaceCopy {
  readonly root: string;
  /** Runs a line of a shell there. Never rejects for a command that fails. */
  run(command: string): Promise<{ readonly status: number; readonly output: string }>;
  remove(): void;
}

export function copyWorkspace(): WorkspaceCopy {
  const copy = realpathSync(mkdtempSync(join(tmpdir(), "zagg-workspace-")));
  cpSync(root, copy, {
    recursive: true,
    filter: (source) => !left.has(basename(source)) && !source.endsWith(".zarr"),
  });
  linkInstalled(join(root, "node_modules"), join(copy, "node_modules"));
  return {
    root: copy,
    run: (command) => runIn(copy, command),
    remove: () => rmSync(copy, { recursive: true, force: true }),
  };
}

/** Links what is installed; packages of the workspace are links to their folders, and stay so in the copy. */
function linkInstalled(from: string, to: string): void {
  mkdirSync(join(to, "@zagg"), { recursive: true });
  for (const name of readdirSync(from)) {
    if (name === "@zagg") continue;
    symlinkSync(join(from, name), join(to, name));
  }
  for (const name of readdirSync(join(from, "@zagg"))) {
    const folder = relative(realpathSync(root), realpathSync(join(from, "@zagg", name)));
    symlinkSync(join("..", "..", folder), join(to, "@zagg", name));
  }
}

function runIn(cwd: string, command: string): Promise<{ status: number; output: string }> {
  const env = {
    ...process.env,
    CI: "true",
    NX_DAEMON: "false",
    NX_NO_CLOUD: "true",
    NX_TUI: "false",
    NO_COLOR: "1",
  };
  // Left by the test runner itself: a runner that is started here must not think that it is a part of this one.
  for (const key of Object.keys(env))
    if (/^(VITEST|NX_TASK|NX_WORKSPACE_ROOT|NODE_OPTIONS|NODE_ENV|TEST$|FORCE_COLOR)/.test(key))
      delete env[key as keyof typeof env];
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
