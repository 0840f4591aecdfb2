/** The registry: plugins by kind and name, explicit and frozen. Importing a plugin registers nothing. */
import { API_VERSION } from "./api-version.js";
import type { AggregatorPlugin } from "./aggregator.js";
import { PluginError } from "./errors.js";
import type { Executor } from "./executor.js";
import type { FilterPlugin } from "./filter.js";
import type { OutputFormat } from "./format.js";
import { assertPluginShape } from "./plugin-shape.js";
import type { GridFactory } from "./grid.js";
import type { GranuleReader } from "./reader.js";
import type { SourceFactory } from "./source.js";
import type { StoreFactory } from "./store.js";
import { didYouMean } from "./suggest.js";

/* Parameters are checked against each plugin's own schema before they are handed over, so a registry holds plugins of any parameter type. */
/* eslint-disable @typescript-eslint/no-explicit-any */
export type AnyGridFactory = GridFactory<any>;
export type AnyAggregator = AggregatorPlugin<any>;
/* eslint-enable @typescript-eslint/no-explicit-any */
export type Plugin =
  | AnyGridFactory
  | AnyAggregator
  | FilterPlugin
  | SourceFactory
  | GranuleReader
  | StoreFactory
  | OutputFormat
  | Executor;
export type PluginKind = Plugin["kind"];

/** What a configuration means where it names nothing. */
export interface RegistryDefaults {
  /** Name of the aggregator and of the filter behind the key `expression`; `expression` when left out. */
  readonly expression: string;
  /** The column that a function without `source` reduces, if there is one of that name; null, when left out: it must name one. */
  readonly source: string | null;
}

/** Plugins by kind and name; lookups throw `PLUGIN_UNKNOWN` with the known names and a suggestion. */
export interface Registry {
  readonly plugins: readonly Plugin[];
  readonly defaults: RegistryDefaults;
  grid(type: string): AnyGridFactory;
  /** By name or alias; a leading `np.` or `numpy.` is dropped. */
  aggregator(name: string): AnyAggregator;
  filter(name: string): FilterPlugin;
  /** By URI: `https://…`, `file://…`, or a plain path. */
  source(uri: string): SourceFactory;
  /** By name or alias. */
  reader(name: string): GranuleReader;
  /** By URI: `s3://…`, `file://…`, or a plain path. */
  store(uri: string): StoreFactory;
  format(name: string): OutputFormat;
  executor(name: string): Executor;
}

/**
 * @throws PluginError `PLUGIN_API_VERSION` for an unknown contract version, `PLUGIN_DUPLICATE` for a name or alias taken twice,
 * `PLUGIN_MALFORMED` for something that is not a plugin, `PLUGIN_MEMBER` for a plugin that lacks a member of its kind
 */
export function createRegistry(
  plugins: readonly Plugin[],
  defaults: Partial<RegistryDefaults> = {},
): Registry {
  const tables: Record<PluginKind, Map<string, Plugin>> = {
    grid: new Map(),
    aggregator: new Map(),
    filter: new Map(),
    source: new Map(),
    reader: new Map(),
    store: new Map(),
    format: new Map(),
    executor: new Map(),
  };
  for (const plugin of plugins) {
    const table = tables[plugin?.kind];
    if (table === undefined) throw malformed(plugin);
    if (plugin.apiVersion !== API_VERSION) throw wrongVersion(plugin);
    assertPluginShape(plugin, plugin.kind);
    for (const name of namesOf(plugin)) {
      if (table.has(name)) throw duplicate(plugin, name);
      table.set(name, plugin);
    }
  }
  const lookup = (kind: PluginKind, name: string, refuse = unknownPlugin): Plugin => {
    const plugin = tables[kind].get(name);
    if (plugin === undefined) throw refuse(kind, name, [...tables[kind].keys()].sort());
    return plugin;
  };
  return Object.freeze({
    plugins: Object.freeze([...plugins]),
    defaults: Object.freeze({ expression: "expression", source: null, ...defaults }),
    grid: (type: string) => lookup("grid", type) as AnyGridFactory,
    aggregator: (name: string) => lookup("aggregator", plainFunctionName(name)) as AnyAggregator,
    filter: (name: string) => lookup("filter", name) as FilterPlugin,
    source: (uri: string) => lookup("source", uriScheme(uri), unknownScheme) as SourceFactory,
    reader: (name: string) => lookup("reader", name) as GranuleReader,
    store: (uri: string) => lookup("store", uriScheme(uri)) as StoreFactory,
    format: (name: string) => lookup("format", name) as OutputFormat,
    executor: (name: string) => lookup("executor", name) as Executor,
  });
}

/** The scheme of a URI in lower case; `file` for a plain path. */
export function uriScheme(uri: string): string {
  const match = /^([A-Za-z][A-Za-z0-9+.-]*):\/\//.exec(uri);
  return match?.[1]?.toLowerCase() ?? "file";
}

/** `np.nanmean` and `numpy.nanmean` are `nanmean`. */
export function plainFunctionName(name: string): string {
  return name.replace(/^(np|numpy)\./, "");
}

/** Every name a plugin answers to within its kind. */
export function namesOf(plugin: Plugin): readonly string[] {
  switch (plugin.kind) {
    case "grid":
      return [plugin.type];
    case "aggregator":
    case "reader":
      return [plugin.name, ...plugin.aliases];
    case "source":
    case "store":
      return plugin.schemes;
    case "filter":
    case "format":
    case "executor":
      return [plugin.name];
  }
}

function malformed(plugin: unknown): PluginError {
  return new PluginError("PLUGIN_MALFORMED", {
    what: `a plugin has the kind ${JSON.stringify((plugin as { kind?: unknown } | null)?.kind)}`,
    why: "a registry holds grids, aggregators, filters, sources, readers, stores, formats and executors",
    mend: "pass the plugin object itself, not its module",
  });
}

function wrongVersion(plugin: Plugin): PluginError {
  const name = String(
    (plugin as { type?: unknown; name?: unknown }).type ?? (plugin as { name?: unknown }).name ?? "",
  );
  return new PluginError("PLUGIN_API_VERSION", {
    what: `${plugin.kind} "${name}" is written for contract version ${String(plugin.apiVersion)}`,
    why: `this zagg speaks contract version ${API_VERSION}, whose members differ`,
    mend:
      plugin.apiVersion < API_VERSION
        ? "install a newer version of the plugin; its authors find what to change in docs/contracts-2.md"
        : "install a newer zagg",
    details: { kind: plugin.kind, name, version: plugin.apiVersion, spoken: API_VERSION },
  });
}

function duplicate(plugin: Plugin, name: string): PluginError {
  return new PluginError("PLUGIN_DUPLICATE", {
    what: `two ${plugin.kind} plugins are called "${name}"`,
    why: "a name must mean one thing, or a plugin could shadow another unnoticed",
    mend: "register one of them, or rename one",
    details: { kind: plugin.kind, name },
  });
}

function unknownPlugin(kind: PluginKind, name: string, known: readonly string[]): PluginError {
  return new PluginError("PLUGIN_UNKNOWN", {
    what: `there is no ${kind} called "${name}"`,
    why: known.length === 0 ? `no ${kind} plugin is registered` : `the ones there are: ${known.join(", ")}`,
    mend:
      didYouMean(name, known) ??
      "use one of those, or install the package that has it and name it in `plugins:`",
    details: { kind, name, known },
  });
}

/** A registry that somebody composed can lack even files. */
function unknownScheme(kind: PluginKind, scheme: string, known: readonly string[]): PluginError {
  return new PluginError("PLUGIN_UNKNOWN", {
    what: `no ${kind} opens ${scheme === "file" ? "files" : `${scheme}:// URIs`}`,
    why: known.length === 0 ? `no ${kind} is registered` : `the schemes there are: ${known.join(", ")}`,
    mend:
      scheme === "file"
        ? "add fileSource of @zagg/sources/file to the registry"
        : (didYouMean(scheme, known) ??
          `fetch the file and name its path, or install a package with a ${kind} for "${scheme}" and name it in \`plugins:\``),
    details: { kind, name: scheme, known },
  });
}
