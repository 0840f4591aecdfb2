/** A copy of the workspace, for tests that change it: sources are copied, what is installed is linked. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { runIn, type Outcome } from "./shell.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
/** What is built, cached or installed is not copied. */
const left = new Set(["node_modules", "dist", "out-tsc", ".git", ".nx", ".cache"]);

export interface WorkspaceCopy {
  readonly root: string;
  /** Runs a line of a shell there. Never rejects for a command that fails. */
  run(command: string): Promise<Outcome>;
  remove(): void;
}

export function copyWorkspace(): WorkspaceCopy {
  const copy = realpathSync(mkdtempSync(join(tmpdir(), "zagg-workspace-")));
  cpSync(root, copy, {
    recursive: true,
    filter: (source) =>
      !left.has(basename(source)) &&
      !source.endsWith(".zarr") &&
      relative(root, source) !== join("docs", "api"),
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
