/** Which format a run writes. */
import type { OutputFormat, Registry, ZaggConfig } from "@zagg/core";

/**
 * The format that the configuration names; else the first one of the registry.
 * @throws PluginError `PLUGIN_UNKNOWN` when there is no such format, or none at all
 */
export function outputFormat(registry: Registry, { output }: ZaggConfig): OutputFormat {
  const first = registry.plugins.find((plugin) => plugin.kind === "format");
  return registry.format(output.format ?? first?.name ?? "any");
}
