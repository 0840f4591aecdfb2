/** The levels of a multi-rate source, and how each meets the base level. */
import {
  ConfigError,
  datasetPlace,
  type DataSourceConfig,
  type DatasetConfig,
  type DatasetPlace,
} from "@zagg/core";

/** A level whose rows each own a run of rows at the base level. */
export interface SourceLevel {
  readonly name: string;
  /** Dataset path templates: the first base row of each row, counted from `indexBase`, and how many there are. */
  readonly indexBeg: string;
  readonly count: string;
  readonly indexBase: number;
  /** Its own coordinates, degrees, by path templates; null when it has none. */
  readonly coordinates: { readonly latitude: DatasetPlace; readonly longitude: DatasetPlace } | null;
}

/** How a granule is read by a level that says where its rows are. */
export interface ReadPlan {
  readonly level: string;
  /** Rows of the level read beyond those that can touch the shard, on either side. */
  readonly pad: number;
  /** Share of the base rows above which all are read. */
  readonly fullReadThreshold: number;
}

/** Every level but the base, by name. @throws ConfigError `RUN_SOURCE_UNSUPPORTED` for one that is not linked to the base itself */
export function sourceLevels(source: DataSourceConfig): ReadonlyMap<string, SourceLevel> {
  return new Map(
    Object.entries(source.levels ?? {}).flatMap(([name, level]): [string, SourceLevel][] => {
      if (name === source.base_level || level.link === null || level.link === undefined) return [];
      const { to, index_beg: indexBeg, count, index_base: indexBase } = level.link;
      if (to !== source.base_level) throw indirect(name, to);
      const { latitude, longitude } = level.coordinates ?? {};
      const at = (dataset: string) =>
        dataset.startsWith("/") ? dataset : `${level.path.replace(/\/$/, "")}/${dataset}`;
      const placeAt = (entry: DatasetConfig): DatasetPlace => {
        const { path, column } = datasetPlace(entry);
        return { path: at(path), column };
      };
      const coordinates =
        latitude === undefined || longitude === undefined
          ? null
          : { latitude: placeAt(latitude), longitude: placeAt(longitude) };
      return [
        [name, { name, indexBeg: at(indexBeg), count: at(count), indexBase: indexBase ?? 0, coordinates }],
      ];
    }),
  );
}

/** The plan that `read_plan` asks for; null for a full read. @throws ConfigError `RUN_SOURCE_UNSUPPORTED` */
export function readPlan(
  source: DataSourceConfig,
  levels: ReadonlyMap<string, SourceLevel>,
): ReadPlan | null {
  const { spatial_index: name, pad, full_read_threshold: fullReadThreshold } = source.read_plan ?? {};
  if (name === null || name === undefined || name === source.base_level) return null;
  if (levels.get(name)?.coordinates === null) {
    throw new ConfigError("RUN_SOURCE_UNSUPPORTED", {
      path: `/data_source/levels/${name}/coordinates`,
      what: `data_source.read_plan reads by the level "${name}", which has no coordinates`,
      why: "where its rows are is what tells which rows can touch a shard",
      mend: "add coordinates: {latitude: …, longitude: …} to the level, or remove read_plan",
    });
  }
  return { level: name, pad: pad ?? 1, fullReadThreshold: fullReadThreshold ?? 0.9 };
}

function indirect(name: string, to: string): ConfigError {
  return new ConfigError("RUN_SOURCE_UNSUPPORTED", {
    path: `/data_source/levels/${name}/link/to`,
    what: `data_source.levels.${name} is linked to "${to}"`,
    why: "each level is met from the base level directly",
    mend: "link it to base_level, by the first base row and the number of base rows of each of its rows",
  });
}
