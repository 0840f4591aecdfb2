/** What the levels of a group own, and what a full read of it takes. */
import type { GroupDataset, GroupLayout } from "./group-layout.js";
import { parentsOf, spreadToBase, type LevelLink } from "./level-link.js";
import type { RowPlan } from "./row-plan.js";

/** 1 for each base row that belongs to a row of a level. */
export function owned(link: LevelLink, start: number, rows: number): Uint8Array {
  const parents = parentsOf(link, start, start + rows) ?? { start: 0, stop: 0 };
  const all = Int32Array.from({ length: parents.stop - parents.start }, (_none, parent) => parent);
  return spreadToBase(link, all, parents.start, start, start + rows);
}

/** Bytes that a full read of a group takes, each dataset once. */
export function heldBytes(layout: GroupLayout, plan: RowPlan): number {
  const tested = new Set(
    plan.filters.flatMap((filter) => (filter.on === "columns" ? filter.bound.inputs : [])),
  );
  const isRead = ({ name, isVariable }: RowPlan["columns"][number], { decoding }: GroupDataset): boolean =>
    plan.retained.has(name) || tested.has(name) || (plan.dropFill && isVariable && decoding.hasMissing);
  const columns = layout.columns.filter((dataset, i) => isRead(plan.columns[i]!, dataset));
  const bytes = new Map<string, number>();
  for (const dataset of [layout.latitude, layout.longitude, ...layout.filters, ...columns]) {
    if (dataset === null) continue;
    const rows = ("link" in dataset ? dataset.link?.parents : undefined) ?? layout.rows;
    bytes.set(`${dataset.column ?? ""}:${dataset.path}`, rows * dataset.rowBytes);
  }
  return [...bytes.values()].reduce((sum, one) => sum + one, 0);
}
