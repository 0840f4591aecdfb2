/** A configuration file, loaded against the registry and the plugins that it names. */
import { dirname, resolve } from "node:path";
import {
  configPlugins,
  loadConfig,
  parseYaml,
  type ConfigScope,
  type LoadedConfig,
  type ParsedYaml,
} from "@zagg/core";
import { builtInPackages } from "../composition.js";
import { tellWarnings } from "../output/errors.js";
import { consentedPlugins } from "../plugins/consent.js";
import { loadPlugins, type ExtendedRegistry } from "../plugins/load.js";
import { resolvePlugin } from "../plugins/resolve.js";
import type { Session } from "../session.js";
import { readConfigText } from "./files.js";
import { inFile, warningIn } from "./in-file.js";

/** A configuration with the registry it was validated against. */
export type OpenConfig = LoadedConfig & ExtendedRegistry;

/** What a command line says of plugins. */
export interface PluginFlags {
  /** Modules to load; paths are relative to the current folder. */
  readonly plugin?: readonly string[];
  /** Whether whatever the configuration names may be loaded. */
  readonly trustPlugins?: boolean;
}

/**
 * Loads a configuration and tells its warnings. Of the modules that it names, only those run that the user named or trusts.
 * @throws PluginError `PLUGIN_CONSENT`
 */
export async function openConfig(
  session: Session,
  path: string,
  scope: ConfigScope,
  flags: PluginFlags,
): Promise<OpenConfig> {
  const text = await readConfigText(path);
  const parsed = parseYaml(text, path);
  const extended = await withPlugins(session, flags, { path, parsed });
  const loaded = loadConfig(parsed, extended.registry, { file: path, scope });
  tellWarnings(
    session.terminal,
    loaded.warnings.map((warning) => warningIn(path, warning)),
  );
  return { ...loaded, ...extended };
}

/** A registry with the plugins of the command line and the environment, then those that a configuration names; it is not validated. */
export async function withPlugins(
  session: Session,
  { plugin = [], trustPlugins = false }: PluginFlags,
  config?: { readonly path: string; readonly parsed: ParsedYaml },
): Promise<ExtendedRegistry> {
  const ofEnv = (session.env["ZAGG_PLUGINS"] ?? "").split(",").map((name) => name.trim());
  const approved = [...plugin, ...ofEnv.filter((name) => name !== "")].map((name) =>
    resolvePlugin({ name, folder: process.cwd() }),
  );
  const named = await loadPlugins(await session.registry(), approved);
  if (config === undefined) return named;
  const { path, parsed } = config;
  const folder = dirname(resolve(path));
  try {
    const names = configPlugins(parsed, path).map((name) => ({ name, folder }));
    const builtIn = Object.keys(builtInPackages);
    const sources = consentedPlugins(names, { approved, trustsAll: trustPlugins, builtIn });
    return await loadPlugins(named.registry, sources, named.modules);
  } catch (error) {
    return inFile(path, () => {
      throw error;
    });
  }
}
