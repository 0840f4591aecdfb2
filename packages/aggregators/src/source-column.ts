/** The column that a field of a request reads its values from. */
import { ConfigError, didYouMean, type FieldRequest } from "@zagg/core";

/** @throws ConfigError `AGGREGATOR_SOURCE` when the request names no column, or one that there is not */
export function sourceColumn(
  aggregator: string,
  request: Pick<FieldRequest, "field" | "source" | "columns">,
): string {
  const { field, source, columns } = request;
  if (source !== undefined && columns.includes(source)) return source;
  const known = `the columns are ${columns.join(", ")}`;
  throw new ConfigError("AGGREGATOR_SOURCE", {
    path: `/aggregation/variables/${field.name}/source`,
    what:
      source === undefined
        ? `field "${field.name}" names no source`
        : `field "${field.name}" has the source "${source}"`,
    why: `${aggregator} reduces the values of one column, and ${known}`,
    mend: (source === undefined ? undefined : didYouMean(source, columns)) ?? "name one of them as `source`",
    details: { field: field.name, source: source ?? null, columns: [...columns] },
  });
}

/** @throws ConfigError `AGGREGATOR_SOURCE` when a parameter names a column that there is not */
export function paramColumn(
  { field, columns }: Pick<FieldRequest, "field" | "columns">,
  param: string,
  name: string,
): string {
  if (columns.includes(name)) return name;
  throw new ConfigError("AGGREGATOR_SOURCE", {
    path: `/aggregation/variables/${field.name}/params/${param}`,
    what: `field "${field.name}" reads the column "${name}" as \`${param}\``,
    why: `the columns are ${columns.join(", ")}`,
    mend: didYouMean(name, columns) ?? "name one of them",
    details: { field: field.name, source: name, columns: [...columns] },
  });
}
