/** Files named on the command line. */
import { readFile, writeFile, rename, mkdir, rm } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { ConfigError } from "@zagg/core";

/** The text of an input file. @throws ConfigError `CLI_FILE_UNREADABLE` */
export async function readInput(path: string, what: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw unreadable("CLI_FILE_UNREADABLE", path, what, cause);
  }
}

/** The text of a configuration. @throws ConfigError `CLI_CONFIG_UNREADABLE` */
export async function readConfigText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw unreadable("CLI_CONFIG_UNREADABLE", path, "configuration", cause);
  }
}

/** Writes a whole file or leaves what was there. @throws ConfigError `CLI_FILE_UNWRITABLE` */
export async function writeOutput(path: string, text: string): Promise<void> {
  const target = resolve(path);
  const temporary = `${target}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(target), { recursive: true });
    await writeFile(temporary, text);
    await rename(temporary, target);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new ConfigError("CLI_FILE_UNWRITABLE", {
      what: `${path} cannot be written`,
      why: reason(cause),
      mend: "choose another place with --out",
      path,
      cause,
    });
  }
}

function unreadable(code: string, path: string, what: string, cause: unknown): ConfigError {
  return new ConfigError(code, {
    what: `the ${what} ${path} cannot be read`,
    why: reason(cause),
    mend: "check the path; it is taken relative to the current folder",
    path,
    cause,
  });
}

function reason(cause: unknown): string {
  const code = (cause as { code?: string } | null)?.code;
  const known: Record<string, string> = {
    ENOENT: "there is no such file",
    EISDIR: "it is a folder",
    EACCES: "permission is denied",
    ENOTDIR: "a part of the path is not a folder",
    ENOSPC: "the disk is full",
    EROFS: "the file system is read-only",
  };
  return known[code ?? ""] ?? (cause instanceof Error ? cause.message : String(cause));
}
