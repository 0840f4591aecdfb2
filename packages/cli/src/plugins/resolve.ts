/** Where a plugin module is: its name or path to a file URL, by the rules of ES modules. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { PluginError } from "@zagg/core";

/** A module as somebody named it. */
export interface PluginName {
  /** Package name, or a path that begins with `./`, `../` or `/`. */
  readonly name: string;
  /** Folder that paths are relative to, and where the search for a package begins. */
  readonly folder: string;
}

/** A module that is there. */
export interface PluginSource {
  /** As it was named. */
  readonly name: string;
  /** File URL. */
  readonly url: string;
}

/**
 * Finds a module: a path from the folder; a package in the `node_modules` of the folder and those above it, else
 * of the current folder, else of this package.
 * @throws PluginError `PLUGIN_NOT_INSTALLED`
 */
export function resolvePlugin({ name, folder }: PluginName): PluginSource {
  const isPath = /^\.{0,2}[/\\]|^\.{1,2}$|^file:/.test(name) || isAbsolute(name);
  const file = isPath ? moduleAt(pathOf(name, folder)) : inPackages(name, folder);
  if (file === undefined) throw isPath ? notThere(name, folder) : notInstalled(name, folder);
  return { name, url: pathToFileURL(file).href };
}

/** The package that a file belongs to: the nearest named one. */
export function packageOf(
  url: string,
): { readonly name: string; readonly version: string | null } | undefined {
  for (const folder of ancestors(dirname(fileURLToPath(url)))) {
    const { name, version } = packageJson(folder) ?? {};
    if (typeof name === "string") return { name, version: typeof version === "string" ? version : null };
  }
  return undefined;
}

interface PackageJson {
  readonly name?: unknown;
  readonly version?: unknown;
  readonly exports?: unknown;
  readonly main?: unknown;
}

/** Conditions of `exports` that hold for `import()` in Node. */
const CONDITIONS = new Set(["node", "import", "default"]);

function pathOf(name: string, folder: string): string {
  return name.startsWith("file:") ? fileURLToPath(name) : resolve(folder, name);
}

/** A file itself, or the entry of a folder. */
function moduleAt(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  return statSync(path).isDirectory() ? entryOf(path, ".") : path;
}

function inPackages(name: string, folder: string): string | undefined {
  const { packageName, subpath } = parts(name);
  const home = packageFolder(packageName, folder);
  return home === undefined ? undefined : entryOf(home, subpath);
}

/** `@a/b/c` is the subpath `./c` of the package `@a/b`. */
function parts(name: string): { readonly packageName: string; readonly subpath: string } {
  const [, packageName = name, rest = ""] = /^((?:@[^/]+\/)?[^/]+)(\/.*)?$/.exec(name) ?? [];
  return { packageName, subpath: `.${rest}` };
}

function packageFolder(packageName: string, folder: string): string | undefined {
  return [folder, process.cwd(), import.meta.dirname]
    .flatMap((start) => ancestors(resolve(start)))
    .map((above) => join(above, "node_modules", packageName))
    .find((path) => packageName !== "" && existsSync(path));
}

/** The file of a package's subpath; `.` is its main entry. */
function entryOf(folder: string, subpath: string): string | undefined {
  const { exports, main } = packageJson(folder) ?? {};
  const target = exports === undefined ? undefined : exported(exports, subpath);
  const candidates =
    exports !== undefined
      ? [target]
      : subpath === "."
        ? [...(typeof main === "string" ? [main, `${main}.js`, join(main, "index.js")] : []), "index.js"]
        : [subpath];
  return candidates
    .filter((candidate) => candidate !== undefined)
    .map((candidate) => join(folder, candidate))
    .find((file) => existsSync(file) && statSync(file).isFile());
}

function exported(exports: unknown, subpath: string): string | undefined {
  const isMap =
    typeof exports === "object" &&
    exports !== null &&
    Object.keys(exports).some((key) => key.startsWith("."));
  if (!isMap) return subpath === "." ? conditional(exports) : undefined;
  return conditional((exports as Readonly<Record<string, unknown>>)[subpath]);
}

/** The first target whose conditions hold. */
function conditional(target: unknown): string | undefined {
  if (typeof target === "string") return target;
  if (typeof target !== "object" || target === null) return undefined;
  const branches = Array.isArray(target)
    ? target
    : Object.entries(target)
        .filter(([condition]) => CONDITIONS.has(condition))
        .map(([, branch]) => branch as unknown);
  for (const branch of branches) {
    const found = conditional(branch);
    if (found !== undefined) return found;
  }
  return undefined;
}

function packageJson(folder: string): PackageJson | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as PackageJson;
  } catch {
    return undefined;
  }
}

function ancestors(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestors(parent)];
}

function notThere(name: string, folder: string): PluginError {
  const path = pathOf(name, folder);
  return new PluginError("PLUGIN_NOT_INSTALLED", {
    what: `there is no plugin module at ${name}`,
    why: existsSync(path)
      ? `${path} is a folder whose package.json leads to no file`
      : `${path} does not exist`,
    mend: "correct the path, which in a configuration is relative to its folder, or build the package that it names",
    details: { module: name },
  });
}

function notInstalled(name: string, folder: string): PluginError {
  const { packageName, subpath } = parts(name);
  const home = packageFolder(packageName, folder);
  if (home !== undefined) {
    return new PluginError("PLUGIN_NOT_INSTALLED", {
      what: `the package ${packageName} has no entry ${subpath} that can be imported`,
      why: `the exports or main of ${join(home, "package.json")} lead to no file`,
      mend: "name an entry that it has, or build it if it is yours",
      details: { module: name },
    });
  }
  const isBeside = existsSync(resolve(folder, name));
  return new PluginError("PLUGIN_NOT_INSTALLED", {
    what: `the plugin package "${name}" is not installed`,
    why: `there is none in node_modules from ${resolve(folder)} upwards, nor from the current folder, nor beside zagg`,
    mend: isBeside
      ? `write ./${name} for what is in that folder`
      : `run npm install ${packageName}; a path begins with ./ or ../`,
    details: { module: name },
  });
}
