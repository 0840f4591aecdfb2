/** The columns that a data source offers to the aggregation. */
import { datasetPlace, type DataSourceConfig, type DatasetConfig, type DatasetPlace } from "@zagg/core";

export interface SourceColumn {
  readonly name: string;
  /** Its path is a template. */
  readonly dataset: DatasetPlace;
  /** A declared variable, whose missing rows are dropped; else an extra coordinate. */
  readonly isVariable: boolean;
  /** Level whose rows it has, each of them repeated for its rows at the base level; null for the base level itself. */
  readonly level: string | null;
}

/** Variables in the order of the configuration, then the coordinates beyond latitude and longitude, then variables of other levels. */
export function sourceColumns(source: DataSourceConfig): readonly SourceColumn[] {
  const columns = (
    entries: Readonly<Record<string, DatasetConfig>>,
    isVariable: boolean,
    level: string | null,
  ): SourceColumn[] =>
    Object.entries(entries).map(([name, entry]) => ({
      name,
      dataset: datasetPlace(entry),
      isVariable,
      level,
    }));
  const declared = new Set(["latitude", "longitude", ...Object.keys(source.variables)]);
  const coordinates = Object.entries(source.coordinates as Readonly<Record<string, DatasetConfig>>).filter(
    ([name]) => !declared.has(name),
  );
  const ofLevels = Object.entries(source.levels ?? {}).flatMap(([level, { variables: own }]) =>
    level === source.base_level || own === null || own === undefined || Array.isArray(own)
      ? []
      : columns(own, true, level),
  );
  return [
    ...columns(source.variables, true, null),
    ...columns(Object.fromEntries(coordinates), false, null),
    ...ofLevels,
  ];
}
