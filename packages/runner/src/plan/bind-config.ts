/** Everything of a configuration that a run binds: what would be refused beyond its schema is refused here. */
import type { Registry, ZaggConfig } from "@zagg/core";
import { rowFilters } from "../shard/read/filters.js";
import { bindChunkValues } from "./bind-chunk-values.js";
import { bindFields, type FieldComputation } from "./bind-fields.js";
import { outputFormat } from "./output-format.js";
import { sourceColumns } from "./source-columns.js";
import { readPlan, sourceLevels } from "./source-levels.js";

/**
 * Finds the reader and the format, and binds fields, chunk values, filters and the read plan.
 * @returns the fields, in the order of the configuration
 * @throws ConfigError `RUN_SOURCE_UNSUPPORTED`, `FIELD_KIND`, `FIELD_SOURCE_MISSING`, `FIELD_SOURCE_UNKNOWN`, or what a
 * plugin refuses with; the path names the place
 * @throws PluginError `PLUGIN_UNKNOWN` for the reader and the format
 */
export function bindConfig(registry: Registry, config: ZaggConfig): readonly FieldComputation[] {
  const source = config.data_source;
  readPlan(source, sourceLevels(source));
  const fields = bindFields(registry, config);
  const columns = sourceColumns(source).map(({ name }) => name);
  bindChunkValues(registry, config, columns);
  rowFilters(registry, source);
  registry.reader(source.reader);
  outputFormat(registry, config);
  return fields;
}
