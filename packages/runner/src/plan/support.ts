/** What this version does not do is refused by name, before anything is read or written. */
import { ConfigError, type ZaggConfig } from "@zagg/core";

/**
 * Accepts base-level columns and full reads. `levels` and `read_plan` alone only say how to read faster:
 * they are honoured by a full read, whose rows are the same.
 * @throws ConfigError `RUN_SOURCE_UNSUPPORTED`
 */
export function assertSupported(config: ZaggConfig): void {
  assertSource(config);
}

function assertSource({ data_source: source }: ZaggConfig): void {
  for (const [name, level] of Object.entries(source.levels ?? {})) {
    const variables = level.variables ?? [];
    if (name === source.base_level || Array.isArray(variables) || Object.keys(variables).length === 0)
      continue;
    throw unsupportedSource(
      `levels/${name}/variables`,
      `data_source.levels.${name} declares columns of its own`,
      "this version reads columns at the base level only",
      "remove them, and the fields that read them",
    );
  }
  for (const [i, filter] of (source.filters ?? []).entries()) {
    if (filter.level !== undefined && filter.level !== null && filter.level !== source.base_level) {
      throw unsupportedSource(
        `filters/${i}/level`,
        `data_source.filters[${i}] is evaluated at the level "${filter.level}"`,
        "this version filters at the base level only",
        "filter by a base-level dataset, or remove the filter",
      );
    }
  }
}

function unsupportedSource(path: string, what: string, why: string, mend: string): ConfigError {
  return new ConfigError("RUN_SOURCE_UNSUPPORTED", { path: `/data_source/${path}`, what, why, mend });
}
