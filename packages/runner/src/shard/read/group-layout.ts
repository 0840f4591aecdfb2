/** The datasets of one group of a granule, checked against each other before anything is read. */
import {
  ConfigError,
  ReaderError,
  assertDatasetColumn,
  expandPath,
  itemSize,
  type DatasetInfo,
  type DatasetPlace,
  type Granule,
  type Warning,
} from "@zagg/core";
import {
  coordinateNotes,
  decodingOf,
  degreesOf,
  wideDecodingOf,
  type Decoding,
  type Degrees,
  type WideDecoding,
} from "@zagg/core/internal";
import { describeTogether, type ColumnReads, type Describe } from "./column-reads.js";
import { levelKey, type LevelCache } from "./level-cache.js";
import { readLink, type LevelLink } from "./level-link.js";
import type { SourceLevel } from "../../plan/source-levels.js";
import { notesOfColumn, notesOfFilter } from "./decoding-notes.js";
import type { RowPlan } from "./row-plan.js";

/** Where the values of a filter or a column are, and what is made of the numbers that are stored there. */
export interface GroupDataset extends DatasetPlace {
  readonly decoding: Decoding;
  /** Of 64-bit integers that are read as they are. */
  readonly wide: WideDecoding;
  /** Which of the columns that the decoding gives is meant. */
  readonly form: Form;
  /** How its rows meet those of the base level; null for the base level itself. */
  readonly link: LevelLink | null;
  /** Bytes of one row as it is read. */
  readonly rowBytes: number;
}

export type Form = "values" | "masked" | "compared";

/** Where the coordinates of points are. */
export interface GroupCoordinate extends DatasetPlace {
  readonly degrees: Degrees;
  readonly rowBytes: number;
}

export interface GroupLayout {
  readonly rows: number;
  /** Rows of one stored chunk of the latitudes; null when they are not chunked. */
  readonly chunkRows: number | null;
  readonly latitude: GroupCoordinate;
  readonly longitude: GroupCoordinate;
  /** Parallel to the plan's columns. */
  readonly columns: readonly GroupDataset[];
  /** Parallel to the plan's filters; null for one on columns. */
  readonly filters: readonly (GroupDataset | null)[];
  /** Of the levels that columns, filters or the read plan need, by name. */
  readonly links: ReadonlyMap<string, LevelLink>;
}

/** Where a group is looked for. */
export interface GroupPlace {
  readonly href: string;
  readonly group: string;
  readonly plan: RowPlan;
  readonly levels: LevelCache;
  readonly warn: (warning: Warning) => void;
}

/** Descriptions of all that may be read of a group, asked for at once: what is known of its levels is not asked again. */
export function describeGroup(granule: Granule, { href, group, plan, levels }: GroupPlace): Describe {
  const templates = [
    plan.latitude.path,
    plan.longitude.path,
    ...plan.columns.map(({ dataset }) => dataset.path),
    ...plan.filters.flatMap((filter) => (filter.on === "dataset" ? [filter.dataset] : [])),
  ];
  for (const [name, level] of neededLevels(plan)) {
    const known = levels.get(levelKey(href, group, name));
    if (known === undefined) templates.push(level.indexBeg, level.count);
    if (name === plan.read?.level && known?.track === undefined && level.coordinates !== null)
      templates.push(level.coordinates.latitude.path, level.coordinates.longitude.path);
  }
  return describeTogether(
    granule,
    templates.map((template) => expandPath(template, group)),
  );
}

/**
 * The layout of a group; null when the granule lacks the group or a dataset in it.
 * @throws ReaderError `GRANULE_INCONSISTENT` when lengths differ, `DATASET_ENCODING` when numbers cannot be decoded
 * @throws ConfigError `DATASET_COLUMN`, `FILTER_COLUMN` when a column and its dataset do not fit
 */
export async function groupLayout(
  describe: Describe,
  reads: ColumnReads,
  place: GroupPlace,
): Promise<GroupLayout | null> {
  const { plan, group, warn } = place;
  const latitude = placeIn(group, plan.latitude);
  const longitude = placeIn(group, plan.longitude);
  const lat = await describe(latitude.path);
  const lon = lat === null ? null : await describe(longitude.path);
  if (lat === null || lon === null) return null;
  const rows = lat.shape[0] ?? 0;
  for (const [place, info] of [
    [latitude, lat],
    [longitude, lon],
  ] as const) {
    assertDatasetColumn(place, info);
    assertRows(place.path, info, rows);
  }
  coordinateNotes(plan.latitude.path, lat, plan.decoding).forEach(warn);
  coordinateNotes(plan.longitude.path, lon, plan.decoding).forEach(warn);

  const links = await readLinks(describe, reads, place, rows);
  if (links === null) return null;
  const linkOf = (level: string | null): LevelLink | null =>
    level === null ? null : (links.get(level) ?? null);
  const columns: GroupDataset[] = [];
  for (const column of plan.columns) {
    const { dataset, level } = column;
    const place = placeIn(group, dataset);
    const info = await describe(place.path);
    if (info === null) return null;
    const link = linkOf(level);
    assertDatasetColumn(place, info);
    assertRows(place.path, info, link?.parents ?? rows);
    notesOfColumn(plan, column, info).forEach(warn);
    const form = plan.dropFill && column.isVariable ? "values" : "masked";
    columns.push(groupDataset(plan, place, form, info, link));
  }
  const filters: (GroupDataset | null)[] = [];
  for (const filter of plan.filters) {
    if (filter.on === "columns") {
      filters.push(null);
      continue;
    }
    const { dataset, column } = filter;
    const path = expandPath(dataset, group);
    const info = await describe(path);
    if (info === null) return null;
    assertFilterColumn(path, info, column);
    const link = linkOf(filter.level);
    assertRows(path, info, link?.parents ?? rows);
    notesOfFilter(plan, filter, info).forEach(warn);
    filters.push(groupDataset(plan, { path, column }, "compared", info, link));
  }
  return {
    rows,
    chunkRows: lat.chunkRows,
    latitude: coordinateOf(plan, latitude, lat),
    longitude: coordinateOf(plan, longitude, lon),
    columns,
    filters,
    links,
  };
}

/** The links of the levels that are needed; null when the group lacks one. */
async function readLinks(
  describe: Describe,
  reads: ColumnReads,
  { href, group, plan, levels, warn }: GroupPlace,
  rows: number,
): Promise<ReadonlyMap<string, LevelLink> | null> {
  const links = new Map<string, LevelLink>();
  for (const [name, level] of neededLevels(plan)) {
    const key = levelKey(href, group, name);
    const known =
      levels.get(key) ??
      levels.set(key, { link: await readLink(describe, reads, { level, group, plan, warn }, rows) });
    const { link } = known;
    if (link === null) return null;
    links.set(name, link);
  }
  return links;
}

/** The levels that columns, filters or the read plan speak of. */
function neededLevels(plan: RowPlan): readonly (readonly [string, SourceLevel])[] {
  const needed = new Set([
    ...plan.columns.map(({ level }) => level),
    ...plan.filters.map((filter) => (filter.on === "dataset" ? filter.level : null)),
    plan.read?.level ?? null,
  ]);
  return [...plan.levels].filter(([name]) => needed.has(name));
}

function placeIn(group: string, place: DatasetPlace): DatasetPlace {
  return { ...place, path: expandPath(place.path, group) };
}

function groupDataset(
  plan: RowPlan,
  place: DatasetPlace,
  form: Form,
  info: DatasetInfo,
  link: LevelLink | null,
): GroupDataset {
  const decoding = decodingOf(place.path, info, plan.decoding);
  const wide = wideDecodingOf(info, plan.decoding);
  return { ...place, decoding, wide, form, link, rowBytes: itemSize(info.dtype) };
}

function coordinateOf(plan: RowPlan, { path, column }: DatasetPlace, info: DatasetInfo): GroupCoordinate {
  return { path, column, degrees: degreesOf(path, info, plan.decoding), rowBytes: itemSize(info.dtype) };
}

function assertRows(path: string, info: DatasetInfo, rows: number): void {
  if (info.shape[0] === rows) return;
  throw new ReaderError("GRANULE_INCONSISTENT", {
    path,
    what: `the dataset has shape [${info.shape.join(", ")}]`,
    why: `a value belongs to each of the ${rows} rows of its level`,
    mend: "check the dataset path in the configuration, or fetch the granule again",
  });
}

function assertFilterColumn(path: string, info: DatasetInfo, column: number | null): void {
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
