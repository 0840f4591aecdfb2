/** Plugins of modules that are named at run time, added to a registry. */
import { createRegistry, isCodedError, namesOf, PluginError } from "@zagg/core";
import type { Plugin, Registry } from "@zagg/core";
import type { PluginSource } from "./resolve.js";

/** A module, and the plugins it added. */
export interface LoadedModule {
  readonly source: PluginSource;
  readonly plugins: readonly Plugin[];
}

/** A registry with what was loaded into it. */
export interface ExtendedRegistry {
  readonly registry: Registry;
  /** In the order of loading, each module once. */
  readonly modules: readonly LoadedModule[];
}

/**
 * Imports modules, which run, and adds their plugins to a registry; a module or plugin that is named twice counts once.
 * @param sources modules that may run
 * @param before what was loaded into `base` already
 * @throws PluginError `PLUGIN_IMPORT`, `PLUGIN_EMPTY`, and what {@link createRegistry} throws, each naming the module
 */
export async function loadPlugins(
  base: Registry,
  sources: readonly PluginSource[],
  before: readonly LoadedModule[] = [],
): Promise<ExtendedRegistry> {
  let registry = base;
  const modules = [...before];
  for (const source of sources) {
    if (modules.some(({ source: { url } }) => url === source.url)) continue;
    const known = new Set<unknown>(registry.plugins);
    const plugins = (await importPlugins(source)).filter((plugin) => !known.has(plugin));
    registry = registered(registry, { source, plugins }, modules);
    modules.push({ source, plugins });
  }
  return { registry, modules };
}

/** The plugins that a module exports: named exports with `kind` and `apiVersion`, and the members of `plugins`. */
async function importPlugins(source: PluginSource): Promise<Plugin[]> {
  let module: Readonly<Record<string, unknown>>;
  try {
    module = (await import(source.url)) as Readonly<Record<string, unknown>>;
  } catch (cause) {
    throw new PluginError("PLUGIN_IMPORT", {
      what: `the plugin module ${source.name} cannot be imported`,
      why: cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause),
      mend: "mend the module, or install what it imports; --verbose shows where it fails",
      details: { module: source.name },
      cause,
    });
  }
  const { default: byDefault, plugins: listed, ...named } = module;
  const members = Array.isArray(listed) ? (listed as readonly unknown[]) : [listed].filter(looksLikePlugin);
  const found = new Set([...Object.values(named).filter(looksLikePlugin), ...members]);
  if (found.size > 0) return [...found] as Plugin[];
  throw new PluginError("PLUGIN_EMPTY", {
    what: `the module ${source.name} exports no plugin`,
    why: "a plugin is a named export with kind and apiVersion, or a member of an exported array called plugins",
    mend:
      byDefault === undefined
        ? "export the plugin by a name: export const myGrid = { kind: ..., apiVersion: 2, ... }"
        : "export it by a name: default exports are not looked at",
    details: { module: source.name },
  });
}

function looksLikePlugin(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return typeof (value as { kind?: unknown }).kind === "string" && "apiVersion" in value;
}

/** The registry with a module's plugins too; an error names the module, and the origin of the plugin it collides with. */
function registered(base: Registry, added: LoadedModule, before: readonly LoadedModule[]): Registry {
  try {
    return createRegistry([...base.plugins, ...added.plugins], base.defaults);
  } catch (error) {
    if (!isCodedError(error)) throw error;
    const { code, what, why, mend, details: facts } = error;
    const details = { ...facts, module: added.source.name };
    const { kind, name } = (facts ?? {}) as { kind?: unknown; name?: unknown };
    const rival =
      code === "PLUGIN_DUPLICATE"
        ? base.plugins.find((plugin) => plugin.kind === kind && namesOf(plugin).includes(String(name)))
        : undefined;
    const origin =
      code !== "PLUGIN_DUPLICATE"
        ? `it comes from ${added.source.name}`
        : `one comes from ${added.source.name}, the other ${rival === undefined ? "too" : originOf(rival, before)}`;
    throw new PluginError(code, { what: `${what}; ${origin}`, why, mend, details, cause: error });
  }
}

function originOf(plugin: Plugin, modules: readonly LoadedModule[]): string {
  const module = modules.find(({ plugins }) => plugins.includes(plugin));
  return module === undefined ? "is built in" : `from ${module.source.name}`;
}
