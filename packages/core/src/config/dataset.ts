/** Datasets as a configuration names them: by a path template, or by one and a column. */
import { ConfigError } from "../errors.js";
import type { DatasetInfo, ReadRequest } from "../reader.js";
import type { DatasetConfig } from "./schema.js";

/** A dataset of one dimension, or one column of a dataset of two. */
export interface DatasetPlace {
  readonly path: string;
  /** From 0; null for a dataset of one dimension. */
  readonly column: number | null;
  /** Whether 64-bit integers are read as doubles, rounded where they are beyond ±2^53. Left out for those that are not. */
  readonly rounded?: true;
}

/** What an entry of a configuration names. @param group substituted in the path when given; else the path is a template still */
export function datasetPlace(entry: DatasetConfig, group?: string): DatasetPlace {
  const { path, column = null, dtype } = typeof entry === "string" ? { path: entry } : entry;
  return {
    path: group === undefined ? path : expandPath(path, group),
    column,
    ...(dtype === undefined ? {} : { rounded: true }),
  };
}

/** Substitutes a group's name in a dataset path template. */
export function expandPath(template: string, group: string): string {
  return template.replaceAll("{group}", group);
}

/** Rows start … stop − 1 of a place. */
export function readRequest(
  { path, column }: DatasetPlace,
  { start, stop }: Pick<ReadRequest, "start" | "stop">,
): ReadRequest {
  return { path, start, stop, ...(column === null ? {} : { column }) };
}

/** Whether a dataset has the dimensions that its place says. */
export function hasDatasetColumn({ column }: DatasetPlace, { shape }: DatasetInfo): boolean {
  if (column === null) return shape.length === 1;
  return shape.length === 2 && column < shape[1]!;
}

/**
 * That a dataset has the dimensions that its place says.
 * @throws ConfigError `DATASET_COLUMN` when it has two and no column is named, when it has not that column, or when it has no
 * columns at all
 */
export function assertDatasetColumn(place: DatasetPlace, info: DatasetInfo): void {
  if (hasDatasetColumn(place, info)) return;
  const { path, column } = place;
  const { shape } = info;
  throw new ConfigError("DATASET_COLUMN", {
    path,
    what: `${column === null ? "no column" : `column ${column}`} is named of ${path}, whose shape is [${shape.join(", ")}]`,
    why: "a row has one value: of a dataset of two dimensions it is that of a column, and one of one dimension has no columns",
    mend: spelling(shape),
    details: { dataset: path, column, shape: [...shape] },
  });
}

/** How a dataset of a shape is named. */
function spelling(shape: readonly number[]): string {
  const [, width = 0] = shape;
  if (shape.length === 1) return "write its path alone, without `column`";
  if (shape.length !== 2 || width === 0) return "name a dataset of one dimension, or of two with columns";
  return `write { path: …, column: … } with a column from 0 to ${width - 1}`;
}
