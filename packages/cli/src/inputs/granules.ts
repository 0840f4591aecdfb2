/** Local granules by pattern. */
import { stat } from "node:fs/promises";
import { basename, join, resolve, sep } from "node:path";
import { ConfigError, type Warning } from "@zagg/core";
import { escapePath, glob } from "tinyglobby";

export interface LocalGranule {
  /** The file's name, with as many of its folders as tell it from others of that name. */
  readonly id: string;
  /** Absolute. */
  readonly path: string;
}

export interface LocalGranules {
  /** Sorted by name, then path. */
  readonly granules: readonly LocalGranule[];
  readonly warnings: readonly Warning[];
}

/**
 * The files that patterns name, each once. What exists under the very name that is given is meant literally, whatever
 * brackets it holds.
 * @throws ConfigError `CLI_NO_GRANULES`
 */
export async function findGranules(patterns: readonly string[]): Promise<LocalGranules> {
  const found = await Promise.all(patterns.map(filesOf));
  const paths = [...new Set(found.flat())].sort((a, b) => compare(basename(a), basename(b)) || compare(a, b));
  if (paths.length === 0) {
    throw new ConfigError("CLI_NO_GRANULES", {
      what: `no file matches ${patterns.join(" ")}`,
      why: "a shard map needs granules",
      mend: "check the pattern, and put it in quotes so that the shell leaves it alone",
    });
  }
  const groups = [...grouped(paths).values()];
  return {
    granules: groups.flatMap((group) => group.map((path) => ({ id: granuleId(path, group), path }))),
    warnings: groups.filter((group) => group.length > 1).map(sharedName),
  };
}

async function filesOf(pattern: string): Promise<string[]> {
  const segments = (sep === "\\" ? pattern.replaceAll(sep, "/") : pattern).split("/");
  let literal = 0;
  while (literal < segments.length - 1 && (await kindOf(segments.slice(0, literal + 1))) === "folder")
    literal++;
  const cwd = resolve(segments.slice(0, literal).join("/") || (literal > 0 ? "/" : "."));
  const rest = segments.slice(literal).join("/");
  const isFile = (await kindOf(segments)) === "file";
  const paths = await glob(isFile ? escapePath(rest) : rest, { cwd, onlyFiles: true, dot: false });
  return paths.map((path) => join(cwd, path));
}

async function kindOf(segments: readonly string[]): Promise<"file" | "folder" | undefined> {
  const found = await stat(segments.join("/") || "/").catch(() => undefined);
  if (found?.isDirectory() === true) return "folder";
  return found?.isFile() === true ? "file" : undefined;
}

/** Paths by the name of their file, in the order in which they stand. */
function grouped(paths: readonly string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const path of paths) {
    const group = groups.get(basename(path));
    if (group === undefined) groups.set(basename(path), [path]);
    else group.push(path);
  }
  return groups;
}

/** The shortest end of a path, in whole names, that no other path of a group has. */
function granuleId(path: string, group: readonly string[]): string {
  const endOf = (one: string, names: number): string => one.split(sep).slice(-names).join("/");
  let names = 1;
  while (group.some((other) => other !== path && endOf(other, names) === endOf(path, names))) names++;
  return endOf(path, names);
}

function sharedName(paths: readonly string[]): Warning {
  const [first = ""] = paths;
  const ids = paths.map((path) => granuleId(path, paths)).join(", ");
  return {
    code: "CLI_GRANULE_NAME_SHARED",
    what: `${paths.length} files are called ${basename(first)}`,
    why: `each is a granule of its own (${ids}), so that the points of copies count more than once`,
    mend: "leave copies out of the pattern; if they differ, all is well",
    details: { paths: [...paths] },
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
