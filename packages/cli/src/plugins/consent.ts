/** Which modules a configuration may have loaded: those that somebody named on the command line, or said to trust. */
import { realpathSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { PluginError, type JsonObject } from "@zagg/core";
import { isPathName, packageOf } from "@zagg/core/node";
import { resolvePlugin, type PluginName, type PluginSource } from "./resolve.js";

/** What is known of a user's consent when a configuration is read. */
export interface Consent {
  /** Modules that the user named. */
  readonly approved: readonly PluginSource[];
  /** Whether the user trusts whatever the configuration names. */
  readonly trustsAll: boolean;
  /** Packages whose plugins are there already, under their own names: nothing is loaded for them. */
  readonly builtIn: readonly string[];
}

/**
 * The modules that a configuration names, each of them approved. An approved module stands for its name and for its file; a
 * package is looked for beside the configuration only to say what it is, or when everything is trusted.
 * @throws PluginError `PLUGIN_CONSENT` with every module that is not approved; `PLUGIN_NOT_INSTALLED`
 */
export function consentedPlugins(names: readonly PluginName[], consent: Consent): readonly PluginSource[] {
  const refused: PluginSource[] = [];
  const sources = names.flatMap((name): readonly PluginSource[] => {
    const isPath = isPathName(name.name);
    if (!isPath && consent.builtIn.includes(name.name)) return [];
    const byName = isPath ? undefined : consent.approved.find((source) => source.name === name.name);
    if (byName !== undefined) return [byName];
    const source = resolvePlugin(name);
    const byFile = consent.approved.find(({ url }) => fileOf(url) === fileOf(source.url));
    if (byFile === undefined && !consent.trustsAll) refused.push(source);
    return [byFile ?? source];
  });
  if (refused.length > 0) throw notApproved(refused);
  return sources;
}

function notApproved(sources: readonly PluginSource[]): PluginError {
  const modules = sources.map(describe);
  const many = modules.length > 1;
  return new PluginError("PLUGIN_CONSENT", {
    what: `the configuration wants to run code that nobody allowed: ${modules.map(({ name }) => visible(name)).join(", ")}`,
    why: `a configuration is not a program, and may come from anyone; nothing was run. It names\n${modules
      .map((module) =>
        visible(`${module.name}${owner(module)} at ${module.file}, sha256 ${module.hash.slice(0, 12)}…`),
      )
      .join("\n")}`,
    mend: `if you trust ${many ? "them" : "it"}, add ${modules.map(({ option }) => visible(option)).join(" ")}\n--trust-plugins allows whatever the configuration names`,
    details: { modules },
  });
}

function owner({ package: of }: ModuleDescription): string {
  return of === null ? "" : ` (${of})`;
}

/** Names come from the stranger, and a terminal obeys control characters. */
function visible(text: string): string {
  return text.replace(
    /\p{Cc}/gu,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}

/** A module as its reader should know it before its code runs. */
interface ModuleDescription extends JsonObject {
  readonly name: string;
  /** With its version; null for a file of no package. */
  readonly package: string | null;
  readonly file: string;
  readonly hash: string;
  /** What on the command line allows it. */
  readonly option: string;
}

function describe({ name, url, reference }: PluginSource): ModuleDescription {
  const file = fileOf(url);
  const owner = packageOf(url);
  return {
    name,
    package:
      owner === undefined ? null : [owner.name, owner.version].filter((part) => part !== null).join(" "),
    file,
    hash: reference.hash ?? "",
    option: `--plugin ${quoted(isFoundFromHere(name, file) ? name : pathFromHere(file))}`,
  };
}

/** Whether `--plugin NAME` means the same module: a package may be installed beside the configuration alone, or otherwise there. */
function isFoundFromHere(name: string, file: string): boolean {
  if (isPathName(name)) return false;
  try {
    return fileOf(resolvePlugin({ name, folder: process.cwd() }).url) === file;
  } catch {
    return false;
  }
}

function pathFromHere(file: string): string {
  const path = relative(process.cwd(), file);
  return path.startsWith(`..${sep}..`) || resolve(path) === path
    ? file
    : path.startsWith("..")
      ? path
      : `.${sep}${path}`;
}

function quoted(word: string): string {
  return /^[\w@./\\:+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Where a module really is: a link stands for what it leads to. */
function fileOf(url: string): string {
  return realpathSync(fileURLToPath(url));
}
