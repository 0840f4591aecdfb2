/** Datasets of any level, as values of base rows. */
import type { Column, Granule } from "@zagg/core";
import type { GroupDataset, GroupLayout } from "./group-layout.js";
import { broadcastToBase, parentsOf, type LevelLink } from "./level-link.js";
import type { RowPlan } from "./row-plan.js";

/** Values of base rows; those of a level are repeated for the base rows of each. */
export async function readDataset(
  granule: Granule,
  { path, column, link }: GroupDataset,
  start: number,
  stop: number,
): Promise<Column> {
  const which = column === null ? {} : { column };
  if (link === null) return granule.read(path, { start, stop, ...which });
  const parents = parentsOf(link, start, stop) ?? { start: 0, stop: 0 };
  const values = await granule.read(path, { ...parents, ...which });
  return broadcastToBase(link, values, parents.start, start, stop);
}

/** 1 for each base row that belongs to a row of a level. */
export function owned(link: LevelLink, start: number, rows: number): Uint8Array {
  const parents = parentsOf(link, start, start + rows) ?? { start: 0, stop: 0 };
  const ones = new Uint8Array(parents.stop - parents.start).fill(1);
  return broadcastToBase(link, ones, parents.start, start, start + rows) as Uint8Array;
}

/** Bytes that a full read of a group takes, each dataset once. */
export function heldBytes(layout: GroupLayout, plan: RowPlan): number {
  const tested = new Set(
    plan.filters.flatMap((filter) => (filter.on === "columns" ? filter.bound.inputs : [])),
  );
  const isRead = ({ name, isVariable }: RowPlan["columns"][number], { fillValue }: GroupDataset): boolean =>
    plan.retained.has(name) || tested.has(name) || (plan.dropFill && isVariable && fillValue !== null);
  const columns = layout.columns.filter((dataset, i) =>
    isRead(plan.columns[i] as RowPlan["columns"][number], dataset),
  );
  const bytes = new Map<string, number>();
  for (const dataset of [layout.latitude, layout.longitude, ...layout.filters, ...columns]) {
    if (dataset === null) continue;
    const rows = dataset.link?.parents ?? layout.rows;
    bytes.set(`${dataset.column ?? ""}:${dataset.path}`, rows * dataset.rowBytes);
  }
  return [...bytes.values()].reduce((sum, one) => sum + one, 0);
}
