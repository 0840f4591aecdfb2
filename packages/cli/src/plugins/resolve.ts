/** Where a plugin module is: its name or path to a file URL, by the rules of ES modules. */
import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { PluginError, type ModuleReference } from "@zagg/core";
import {
  contentHash,
  entryOf,
  findModule,
  isPathName,
  packageFolder,
  packageOf,
  specifierParts,
} from "@zagg/core/node";

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
  /** As workers find it. */
  readonly reference: ModuleReference;
}

/**
 * Finds a module: a path from the folder; a package in the `node_modules` of the folder and those above it, else
 * of the current folder, else of this package.
 * @throws PluginError `PLUGIN_NOT_INSTALLED`
 */
export function resolvePlugin({ name, folder }: PluginName): PluginSource {
  if (isPathName(name)) {
    const file = moduleAt(pathOf(name, folder));
    if (file === undefined) throw notThere(name, folder);
    const url = pathToFileURL(file).href;
    return {
      name,
      url,
      reference: { specifier: url, version: null, sharedDisk: true, hash: hashOf(name, url) },
    };
  }
  const url = findModule(name, foldersFrom(folder));
  if (url === undefined) throw notInstalled(name, folder);
  const version = packageOf(url)?.version ?? null;
  return { name, url, reference: { specifier: name, version, url, hash: hashOf(name, url) } };
}

function hashOf(name: string, url: string): string {
  try {
    return contentHash(url);
  } catch (cause) {
    throw new PluginError("PLUGIN_IMPORT", {
      what: `the plugin module ${name} cannot be read`,
      why: cause instanceof Error ? cause.message : String(cause),
      mend: "mend the module, or the permissions of its files",
      details: { module: name },
      cause,
    });
  }
}

function foldersFrom(folder: string): readonly string[] {
  return [folder, process.cwd(), import.meta.dirname];
}

function pathOf(name: string, folder: string): string {
  // What a host follows is no path of this machine, and nothing is found there.
  return /^file:(?!\/\/[^/])/.test(name) ? fileURLToPath(name) : resolve(folder, name);
}

/** A file itself, or the entry of a folder. */
function moduleAt(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  const found = statSync(path);
  return found.isDirectory() ? entryOf(path, ".") : found.isFile() ? path : undefined;
}

function notThere(name: string, folder: string): PluginError {
  const path = pathOf(name, folder);
  return new PluginError("PLUGIN_NOT_INSTALLED", {
    what: `there is no plugin module at ${name}`,
    why: existsSync(path)
      ? `${path} is ${statSync(path).isDirectory() ? "a folder whose package.json leads to no file" : "no file"}`
      : `${path} does not exist`,
    mend: "correct the path, which in a configuration is relative to its folder, or build the package that it names",
    details: { module: name },
  });
}

function notInstalled(name: string, folder: string): PluginError {
  const { packageName, subpath } = specifierParts(name);
  const home = packageFolder(packageName, foldersFrom(folder));
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
      : `correct the name, or install the package if you trust who publishes it; in a workspace, npm install without a name links its own; a path begins with ./ or ../`,
    details: { module: name },
  });
}
