/** The datasets of one group of a granule, checked against each other before anything is read. */
import { ConfigError, ReaderError, expandPath, type DatasetInfo, type Granule } from "@zagg/core";
import type { RowPlan } from "./row-plan.js";

/** Where the values of a coordinate, a filter or a column are, and what stands for a missing one. */
export interface GroupDataset {
  readonly path: string;
  /** Column of a two-dimensional dataset; null for a one-dimensional one. */
  readonly column: number | null;
  readonly fillValue: number | null;
}

export interface GroupLayout {
  readonly rows: number;
  /** Rows of one stored chunk of the latitudes; null when they are not chunked. */
  readonly chunkRows: number | null;
  readonly latitude: GroupDataset;
  readonly longitude: GroupDataset;
  /** Parallel to the plan's columns. */
  readonly columns: readonly GroupDataset[];
  /** Parallel to the plan's filters; null for one on columns. */
  readonly filters: readonly (GroupDataset | null)[];
}

/**
 * The layout of a group; null when the granule lacks the group or a dataset in it.
 * @throws ReaderError `GRANULE_INCONSISTENT` when lengths differ
 * @throws ConfigError `FILTER_COLUMN` when a filter's column and its dataset do not fit
 */
export async function groupLayout(
  granule: Granule,
  plan: RowPlan,
  group: string,
): Promise<GroupLayout | null> {
  const latitude = expandPath(plan.latitude, group);
  const longitude = expandPath(plan.longitude, group);
  const lat = await granule.describe(latitude);
  const lon = lat === null ? null : await granule.describe(longitude);
  if (lat === null || lon === null) return null;
  const rows = lat.shape[0] ?? 0;
  assertRows(latitude, lat, rows, 1);
  assertRows(longitude, lon, rows, 1);

  const columns: GroupDataset[] = [];
  for (const { dataset } of plan.columns) {
    const path = expandPath(dataset, group);
    const info = await granule.describe(path);
    if (info === null) return null;
    assertRows(path, info, rows, 1);
    columns.push({ path, column: null, fillValue: info.fillValue });
  }
  const filters: (GroupDataset | null)[] = [];
  for (const filter of plan.filters) {
    if (filter.on === "columns") {
      filters.push(null);
      continue;
    }
    const { dataset, column } = filter;
    const path = expandPath(dataset, group);
    const info = await granule.describe(path);
    if (info === null) return null;
    assertColumn(path, info, column);
    assertRows(path, info, rows, column === null ? 1 : 2);
    filters.push({ path, column, fillValue: info.fillValue });
  }
  return {
    rows,
    chunkRows: lat.chunkRows,
    latitude: { path: latitude, column: null, fillValue: lat.fillValue },
    longitude: { path: longitude, column: null, fillValue: lon.fillValue },
    columns,
    filters,
  };
}

function assertRows(path: string, info: DatasetInfo, rows: number, dimensions: number): void {
  if (info.shape.length === dimensions && info.shape[0] === rows) return;
  throw new ReaderError("GRANULE_INCONSISTENT", {
    path,
    what: `the dataset has shape [${info.shape.join(", ")}]`,
    why: `a value belongs to each of the ${rows} latitudes of its group`,
    mend: "check the dataset path in the configuration, or fetch the granule again",
  });
}

function assertColumn(path: string, info: DatasetInfo, column: number | null): void {
  const width = info.shape[1];
  if (width === undefined ? column === null : column !== null && column < width) return;
  throw new ConfigError("FILTER_COLUMN", {
    path,
    what: `a filter has ${column === null ? "no column" : `column ${column}`} and its dataset has shape [${info.shape.join(", ")}]`,
    why: "a two-dimensional dataset is tested in one of its columns, a one-dimensional one has none",
    mend:
      width === undefined ? "remove `column` from the filter" : `set its column to one of 0 … ${width - 1}`,
  });
}
