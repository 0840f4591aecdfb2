/** Files named on the command line. */
import { closeSync, openSync, readSync } from "node:fs";
import { access, constants, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { ConfigError, isCodedError } from "@zagg/core";
import { builtInConfigText, isBuiltInName, unknownConfig } from "./built-in-configs.js";

/** What is meant as a name: a path has a slash or a suffix. */
const BARE_NAME = /^\w+$/;

/** The text of an input file, without the mark that some editors begin UTF-8 with. @throws ConfigError `CLI_FILE_UNREADABLE` */
export async function readInput(path: string, what: string): Promise<string> {
  try {
    return (await readFile(path, "utf8")).replace(/^\uFEFF/, "");
  } catch (cause) {
    throw unreadable("CLI_FILE_UNREADABLE", path, what, cause);
  }
}

/** Bytes of a file read at once. */
const CHUNK_BYTES = 2 ** 22;

/**
 * The bytes of an input file, a few megabytes at a time: a file may be longer than the longest string. Each chunk
 * overwrites the one before.
 * @throws ConfigError `CLI_FILE_UNREADABLE`
 */
export function* inputChunks(path: string, what: string): Generator<Uint8Array> {
  const attempt = <T>(action: () => T): T => {
    try {
      return action();
    } catch (cause) {
      throw unreadable("CLI_FILE_UNREADABLE", path, what, cause);
    }
  };
  const file = attempt(() => openSync(path, "r"));
  try {
    const buffer = new Uint8Array(CHUNK_BYTES);
    for (;;) {
      const count = attempt(() => readSync(file, buffer));
      if (count === 0) return;
      yield buffer.subarray(0, count);
    }
  } finally {
    closeSync(file);
  }
}

/**
 * The text of a configuration: a file, or else a built-in one by its name.
 * @throws ConfigError `CLI_CONFIG_UNREADABLE`, `CLI_CONFIG_UNKNOWN`
 */
export async function readConfigText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    if (isBuiltInName(path)) return builtInConfigText(path);
    if ((cause as { code?: string }).code === "ENOENT" && BARE_NAME.test(path)) throw unknownConfig(path);
    throw unreadable("CLI_CONFIG_UNREADABLE", path, "configuration", cause);
  }
}

/**
 * Writes a whole file, in one piece or several, or leaves what was there.
 * @throws ConfigError `CLI_FILE_UNWRITABLE`, and the coded errors of what makes the text as it is written
 */
export async function writeOutput(path: string, text: string | Iterable<string>): Promise<void> {
  const target = resolve(path);
  const temporary = `${target}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(target), { recursive: true });
    await writeFile(temporary, text);
    await rename(temporary, target);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw isCodedError(cause) ? cause : unwritable(path, cause);
  }
}

/** Whether a file could be written, found out before the work that makes it. @throws ConfigError `CLI_FILE_UNWRITABLE` */
export async function assertWritable(path: string): Promise<void> {
  const target = resolve(path);
  if ((await stat(target).catch(() => undefined))?.isDirectory() === true)
    throw unwritable(path, { code: "EISDIR" });
  let folder = dirname(target);
  let found = await stat(folder).catch(() => undefined);
  while (found === undefined && dirname(folder) !== folder) {
    folder = dirname(folder);
    found = await stat(folder).catch(() => undefined);
  }
  if (found?.isDirectory() !== true) throw unwritable(path, { code: "ENOTDIR" });
  await access(folder, constants.W_OK).catch((cause: unknown) => {
    throw unwritable(path, cause);
  });
}

export function unwritable(path: string, cause: unknown): ConfigError {
  return new ConfigError("CLI_FILE_UNWRITABLE", {
    what: `${path} cannot be written`,
    why: reason(cause),
    mend: "choose another place with --out",
    path,
    ...(cause instanceof Error ? { cause } : {}),
  });
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
