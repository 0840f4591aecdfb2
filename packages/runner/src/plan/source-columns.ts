/** The columns that a data source offers to the aggregation. */
import type { DataSourceConfig } from "@zagg/core";

export interface SourceColumn {
  readonly name: string;
  /** Dataset path template. */
  readonly dataset: string;
  /** A declared variable, whose `_FillValue` rows are dropped; else an extra coordinate. */
  readonly isVariable: boolean;
  /** Level whose rows it has, each of them repeated for its rows at the base level; null for the base level itself. */
  readonly level: string | null;
}

/** Variables in the order of the configuration, then the coordinates beyond latitude and longitude, then variables of other levels. */
export function sourceColumns(source: DataSourceConfig): readonly SourceColumn[] {
  const variables = Object.entries(source.variables).map(([name, dataset]) => ({
    name,
    dataset,
    isVariable: true,
    level: null,
  }));
  const declared = new Set(["latitude", "longitude", ...Object.keys(source.variables)]);
  const coordinates = Object.entries(source.coordinates as Readonly<Record<string, string>>)
    .filter(([name]) => !declared.has(name))
    .map(([name, dataset]) => ({ name, dataset, isVariable: false, level: null }));
  const ofLevels = Object.entries(source.levels ?? {}).flatMap(([level, { variables: own }]) =>
    level === source.base_level || own === null || own === undefined || Array.isArray(own)
      ? []
      : Object.entries(own as Readonly<Record<string, string>>).map(([name, dataset]) => ({
          name,
          dataset,
          isVariable: true,
          level,
        })),
  );
  return [...variables, ...coordinates, ...ofLevels];
}
