/** What became of a catalog since it was saved. */
import type { CatalogItem } from "./item.js";
import { granuleRevision, latestRevisions, type Superseded } from "./revisions.js";

/** A granule whose data were produced again: under the same id and a later time, or under another id. */
export interface Reprocessed {
  readonly from: string;
  readonly to: string;
  /** When the source changed the entry, then and now; null when it does not say. */
  readonly updatedFrom: string | null;
  readonly updatedTo: string | null;
}

export interface CatalogChanges {
  /** What the catalog holds now: in the source's order, or what is new after what was there. */
  readonly items: readonly CatalogItem[];
  readonly added: readonly string[];
  /** Null when only changes were asked for: what is gone is not among them. */
  readonly removed: readonly string[] | null;
  readonly reprocessed: readonly Reprocessed[];
  readonly unchanged: number;
  /** Granules that were found, and left out for a later production of the same data. */
  readonly superseded: readonly Superseded[];
}

/**
 * Compares a saved catalog with what its query finds now. Of ICESat-2 granules only the latest production stays.
 * @param changedOnly `found` is not everything, but what was changed
 */
export function catalogChanges(
  saved: readonly CatalogItem[],
  found: readonly CatalogItem[],
  changedOnly = false,
): CatalogChanges {
  const before = new Map(saved.map((item) => [item.id, item]));
  const { items, superseded } = latestRevisions(changedOnly ? mergedById(before, found) : found);
  const savedGranules = new Set(saved.map(granuleKey));
  const now = new Map(items.map((item) => [item.id, item]));
  const nowByGranule = new Map(items.map((item) => [granuleKey(item), item]));

  const added = items.filter((item) => !before.has(item.id) && !savedGranules.has(granuleKey(item)));
  const removed: string[] = [];
  const reprocessed: Reprocessed[] = [];
  let unchanged = 0;
  for (const item of saved) {
    const same = now.get(item.id);
    const successor = same ?? nowByGranule.get(granuleKey(item));
    if (successor === undefined) removed.push(item.id);
    else if (same !== undefined && !isLater(same.updated, item.updated)) unchanged++;
    else {
      const [updatedFrom, updatedTo] = [item.updated, successor.updated];
      reprocessed.push({ from: item.id, to: successor.id, updatedFrom, updatedTo });
    }
  }
  return {
    items,
    added: added.map(({ id }) => id),
    removed: changedOnly ? null : removed,
    reprocessed,
    unchanged,
    superseded: superseded.filter(({ id }) => !before.has(id)),
  };
}

/** The same for every production of the same data. */
function granuleKey(item: CatalogItem): string {
  return granuleRevision(item)?.granule ?? item.id;
}

function mergedById(before: ReadonlyMap<string, CatalogItem>, found: readonly CatalogItem[]): CatalogItem[] {
  return [...new Map([...before, ...found.map((item) => [item.id, item] as const)]).values()];
}

function isLater(time: string | null, than: string | null): boolean {
  return time !== null && than !== null && Date.parse(time) > Date.parse(than);
}
