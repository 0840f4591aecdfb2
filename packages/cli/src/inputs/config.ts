/** A configuration file, loaded against the registry. */
import { loadConfig, type ConfigScope, type LoadedConfig, type Registry } from "@zagg/core";
import { tellWarnings } from "../output/errors.js";
import type { Terminal } from "../output/terminal.js";
import { readConfigText } from "./files.js";
import { warningIn } from "./in-file.js";

/** Loads a configuration and tells its warnings. */
export async function openConfig(
  terminal: Terminal,
  registry: Registry,
  path: string,
  scope: ConfigScope,
): Promise<LoadedConfig> {
  const loaded = loadConfig(await readConfigText(path), registry, { file: path, scope });
  tellWarnings(
    terminal,
    loaded.warnings.map((warning) => warningIn(path, warning)),
  );
  return loaded;
}
