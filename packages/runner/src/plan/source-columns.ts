/** The columns that a data source offers to the aggregation. */
import type { DataSourceConfig } from "@zagg/core";

export interface SourceColumn {
  readonly name: string;
  /** Dataset path template. */
  readonly dataset: string;
  /** A declared variable, whose `_FillValue` rows are dropped; else an extra coordinate. */
  readonly isVariable: boolean;
}

/** Variables in the order of the configuration, then the coordinates beyond latitude and longitude. */
export function sourceColumns(source: DataSourceConfig): readonly SourceColumn[] {
  const variables = Object.entries(source.variables).map(([name, dataset]) => ({
    name,
    dataset,
    isVariable: true,
  }));
  const declared = new Set(["latitude", "longitude", ...Object.keys(source.variables)]);
  const coordinates = Object.entries(source.coordinates as Readonly<Record<string, string>>)
    .filter(([name]) => !declared.has(name))
    .map(([name, dataset]) => ({ name, dataset, isVariable: false }));
  return [...variables, ...coordinates];
}
