/** What to read of every granule: derived once from the configuration. */
import { datasetPlace, type DatasetPlace, type Registry, type ZaggConfig } from "@zagg/core";
import type { DecodingPolicy } from "@zagg/core/internal";
import { readPlan, sourceLevels, type ReadPlan, type SourceLevel } from "../../plan/source-levels.js";
import { sourceColumns, type SourceColumn } from "../../plan/source-columns.js";
import { rowFilters, type RowFilter } from "./filters.js";

export interface RowPlan {
  readonly groups: readonly string[];
  /** The point coordinates, by path templates. */
  readonly latitude: DatasetPlace;
  readonly longitude: DatasetPlace;
  /** Every declared column: a group that lacks one is skipped, whatever is aggregated. */
  readonly columns: readonly SourceColumn[];
  /** Names of the columns whose values the fields read. */
  readonly retained: ReadonlySet<string>;
  /** Whether a row is dropped in which a variable is missing. */
  readonly dropFill: boolean;
  readonly decoding: DecodingPolicy;
  readonly filters: readonly RowFilter[];
  /** Every level but the base, by name. */
  readonly levels: ReadonlyMap<string, SourceLevel>;
  /** How to read less than all of a granule; null for a full read. */
  readonly read: ReadPlan | null;
}

/** @param inputs columns that the fields read @throws ConfigError when a filter is no condition over the columns */
export function rowPlan(registry: Registry, config: ZaggConfig, inputs: Iterable<string>): RowPlan {
  const source = config.data_source;
  const levels = sourceLevels(source);
  return {
    groups: source.groups,
    latitude: datasetPlace(source.coordinates.latitude),
    longitude: datasetPlace(source.coordinates.longitude),
    columns: sourceColumns(source),
    retained: new Set(inputs),
    dropFill: source.fill !== "keep",
    decoding: source,
    filters: rowFilters(registry, source),
    levels,
    read: readPlan(source, levels),
  };
}
