/** `zagg plugins`: what is composed, and where it comes from. */
import { createRequire } from "node:module";
import { namesOf, parseYaml, type JsonObject, type Plugin } from "@zagg/core";
import { packageOf } from "@zagg/core/node";
import { builtInPackages } from "../composition.js";
import { withPlugins, type PluginFlags } from "../inputs/config.js";
import { readConfigText } from "../inputs/files.js";
import { table } from "../output/table.js";
import { print, printJson } from "../output/terminal.js";
import type { LoadedModule } from "../plugins/load.js";
import type { Session } from "../session.js";

export interface PluginsOptions extends PluginFlags {
  config?: string;
  json?: boolean;
}

/** Prints the plugins there are. */
export async function plugins(
  { config: path, json, ...flags }: PluginsOptions,
  session: Session,
): Promise<void> {
  const { terminal } = session;
  const config =
    path === undefined ? undefined : { path, parsed: parseYaml(await readConfigText(path), path) };
  const { registry, modules } = await withPlugins(session, flags, config);
  const plugins = registry.plugins.map((one) => describe(one, modules));
  if (json === true) return printJson(terminal, { version: "zagg-plugins/1", plugins });
  const rows = plugins.map(({ kind, name, aliases, version, origin, capabilities, description }) => [
    kind,
    [name, ...aliases].join(", "),
    version ?? "",
    origin,
    capabilitiesText(capabilities),
    description,
  ]);
  print(terminal, table(rows, ["kind", "name", "version", "origin", "capabilities", "description"]));
}

interface Described {
  readonly kind: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly description: string;
  readonly apiVersion: number;
  /** Of the package; null when the module belongs to none. */
  readonly version: string | null;
  readonly package: string | null;
  /** `built-in`, or the module as it was named. */
  readonly origin: string;
  readonly capabilities: JsonObject;
}

function describe(plugin: Plugin, modules: readonly LoadedModule[]): Described {
  const [name = "", ...aliases] = namesOf(plugin);
  const module = modules.find(({ plugins }) => plugins.includes(plugin));
  const owner = module === undefined ? builtInPackage(plugin) : packageOf(module.source.url);
  return {
    kind: plugin.kind,
    name,
    aliases,
    description: plugin.description,
    apiVersion: plugin.apiVersion,
    version: owner?.version ?? null,
    package: owner?.name ?? null,
    origin: module?.source.name ?? "built-in",
    capabilities: capabilitiesOf(plugin),
  };
}

function builtInPackage(plugin: Plugin): { readonly name: string; readonly version: string } | undefined {
  const found = Object.entries(builtInPackages).find(([, plugins]) => plugins.includes(plugin));
  if (found === undefined) return undefined;
  const [name] = found;
  const { version } = createRequire(import.meta.url)(`${name}/package.json`) as { version: string };
  return { name, version };
}

/** What a plugin says of itself before it is used. Those of a grid depend on its parameters: only its keys are known. */
function capabilitiesOf(plugin: Plugin): JsonObject {
  if (plugin.kind === "grid") return { params: Object.keys(plugin.paramsSchema.properties ?? {}) };
  if (plugin.kind !== "aggregator") return {};
  const { kinds, needsSource, mergeLaw } = plugin;
  return { kinds, needsSource, mergeLaw: mergeLaw.law };
}

/** In few words; the parameters of a grid are left to `--json`. */
function capabilitiesText(capabilities: JsonObject): string {
  const { kinds, mergeLaw } = capabilities as Readonly<Record<string, unknown>>;
  return Array.isArray(kinds) ? `${kinds.join(", ")}; merge: ${String(mergeLaw)}` : "";
}
