/** Which format a run writes. */
import type { OutputFormat, Registry } from "@zagg/core";

const DEFAULT_FORMAT = "zarr";

/** The format of a registry that has one; of several, `zarr`. @throws PluginError `PLUGIN_UNKNOWN` */
export function outputFormat(registry: Registry): OutputFormat {
  const formats = registry.plugins.filter((plugin): plugin is OutputFormat => plugin.kind === "format");
  const [only] = formats;
  return only !== undefined && formats.length === 1 ? only : registry.format(DEFAULT_FORMAT);
}
