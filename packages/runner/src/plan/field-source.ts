/** The column of values that a function reduces. */
import { ConfigError, didYouMean, type AnyAggregator, type Registry } from "@zagg/core";

/** What an entry says of its function and source. */
interface SourceEntry {
  readonly function?: string;
  readonly source?: string;
}

/** @param path JSON pointer of the entry @throws ConfigError `FIELD_SOURCE_MISSING`, `FIELD_SOURCE_UNKNOWN` */
export function sourceOf(
  { defaults }: Pick<Registry, "defaults">,
  name: string,
  path: string,
  variable: SourceEntry,
  aggregator: AnyAggregator,
  columns: readonly string[],
): string | undefined {
  if (variable.source !== undefined) {
    if (columns.includes(variable.source)) return variable.source;
    throw unknownSource(name, `${path}/source`, variable.source, columns);
  }
  if (!aggregator.needsSource) return undefined;
  if (columns.length === 1) return columns[0];
  if (defaults.source !== null && columns.includes(defaults.source)) return defaults.source;
  throw new ConfigError("FIELD_SOURCE_MISSING", {
    path,
    what: `the field "${name}" has the function ${String(variable.function)} and no source`,
    why: `the function reduces one column, and there are ${columns.length}: ${columns.join(", ")}`,
    mend: "add `source:` with one of them",
  });
}

export function unknownSource(
  name: string,
  path: string,
  source: string,
  columns: readonly string[],
): ConfigError {
  return new ConfigError("FIELD_SOURCE_UNKNOWN", {
    path,
    what: `the field "${name}" reads the column "${source}"`,
    why: `data_source.variables has no such column; it has ${columns.join(", ")}`,
    mend: didYouMean(source, columns) ?? "declare it there, or read one of those",
  });
}
