/** Modules by name: from `my-grid/extra` to the file that `import` would take, beginning at folders of one's choice. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export interface FoundPackage {
  readonly name: string;
  /** Null when its package.json has none. */
  readonly version: string | null;
}

/** Whether a name is that of a file: `./…`, `../…`, `/…` or a file URL. */
export function isPathName(name: string): boolean {
  return /^\.{0,2}[/\\]|^\.{1,2}$|^file:/.test(name) || isAbsolute(name);
}

/**
 * File URL of a package's module, in the `node_modules` of the first of the folders, or above it, that has the package.
 * @param specifier package with an optional subpath, as `import` takes it
 */
export function findModule(specifier: string, folders: readonly string[]): string | undefined {
  const { packageName, subpath } = specifierParts(specifier);
  const home = packageFolder(packageName, folders);
  const file = home === undefined ? undefined : entryOf(home, subpath);
  return file === undefined ? undefined : pathToFileURL(file).href;
}

/** The package that a file belongs to: the nearest named one. */
export function packageOf(url: string): FoundPackage | undefined {
  for (const folder of ancestors(dirname(fileURLToPath(url)))) {
    const { name, version } = packageJson(folder) ?? {};
    if (typeof name === "string") return { name, version: typeof version === "string" ? version : null };
  }
  return undefined;
}

/** `@a/b/c` is the subpath `./c` of the package `@a/b`. */
export function specifierParts(specifier: string): {
  readonly packageName: string;
  readonly subpath: string;
} {
  const [, packageName = specifier, rest = ""] = /^((?:@[^/]+\/)?[^/]+)(\/.*)?$/.exec(specifier) ?? [];
  return { packageName, subpath: `.${rest}` };
}

/** Where a package is installed, seen from the first of the folders that sees it. A package sees itself. */
export function packageFolder(packageName: string, folders: readonly string[]): string | undefined {
  if (packageName === "") return undefined;
  for (const above of folders.flatMap((start) => ancestors(resolve(start)))) {
    const installed = join(above, "node_modules", packageName);
    if (existsSync(installed)) return installed;
    if (packageJson(above)?.name === packageName) return above;
  }
  return undefined;
}

/** The file of a package's subpath; `.` is its main entry. */
export function entryOf(folder: string, subpath: string): string | undefined {
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

interface PackageJson {
  readonly name?: unknown;
  readonly version?: unknown;
  readonly exports?: unknown;
  readonly main?: unknown;
}

/** Conditions of `exports` that hold for `import()` in Node. */
const CONDITIONS = new Set(["node", "import", "default"]);

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
