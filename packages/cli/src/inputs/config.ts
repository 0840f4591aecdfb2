/** A configuration file, loaded against the registry and the plugins that it names. */
import { dirname, resolve } from "node:path";
import { configPlugins, loadConfig, type ConfigScope, type LoadedConfig, type Registry } from "@zagg/core";
import { tellWarnings } from "../output/errors.js";
import { loadPlugins, type ExtendedRegistry } from "../plugins/load.js";
import type { Session } from "../session.js";
import { readConfigText } from "./files.js";
import { inFile, warningIn } from "./in-file.js";

/** A configuration with the registry it was validated against. */
export type OpenConfig = LoadedConfig & ExtendedRegistry;

/**
 * Loads a configuration and tells its warnings.
 * @param plugins modules named on the command line; paths are relative to the current folder
 */
export async function openConfig(
  { terminal, registry }: Session,
  path: string,
  scope: ConfigScope,
  plugins: readonly string[] = [],
): Promise<OpenConfig> {
  const text = await readConfigText(path);
  const extended = await withPlugins(await registry(), plugins, { path, text });
  const loaded = loadConfig(text, extended.registry, { file: path, scope });
  tellWarnings(
    terminal,
    loaded.warnings.map((warning) => warningIn(path, warning)),
  );
  return { ...loaded, ...extended };
}

/** A registry with the plugins of the command line, then those that a configuration names; it is not validated. */
export async function withPlugins(
  registry: Registry,
  plugins: readonly string[],
  config?: { readonly path: string; readonly text: string },
): Promise<ExtendedRegistry> {
  const named = await loadPlugins(
    registry,
    plugins.map((name) => ({ name, folder: process.cwd() })),
  );
  if (config === undefined) return named;
  const { path, text } = config;
  const folder = dirname(resolve(path));
  const names = configPlugins(text, path).map((name) => ({ name, folder }));
  return loadPlugins(named.registry, names, named.modules).catch((error: unknown) =>
    inFile(path, () => {
      throw error;
    }),
  );
}
