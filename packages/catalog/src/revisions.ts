/** Which ICESat-2 granules hold the same data, produced again. */
import type { CatalogItem } from "./item.js";

/** What an ICESat-2 file name says: `ATL06_20181023144337_03810112_006_01.h5`. */
export interface GranuleRevision {
  /** Product, and reference ground track, cycle and segment: the same for every production of the same data. */
  readonly granule: string;
  /** Release and version within it; a later production is greater as a text. */
  readonly revision: string;
}

const NAME = /(?:^|[/_:])(ATL\d{2}(?:-\d{2})?)_\d{14}_(\d{8})_(\d{3})_(\d{2})(?:\.(?:h5|hdf5|nc))?$/;

/** By an item's id, else by the names of its data files; null for a granule of another kind. */
export function granuleRevision({ id, assets }: Pick<CatalogItem, "id" | "assets">): GranuleRevision | null {
  const hrefs = ["data", "data_s3", "data_file"].flatMap(
    (name) => assets[name]?.href.replace(/[?#].*$/, "") ?? [],
  );
  for (const name of [id, ...hrefs]) {
    const [, product, place, release, version] = NAME.exec(name) ?? [];
    if (product !== undefined) return { granule: `${product}_${place}`, revision: `${release}_${version}` };
  }
  return null;
}

/** A granule left out, and the later production of the same data that stays. */
export interface Superseded {
  readonly id: string;
  readonly by: string;
}

/** The items without those of which a later production is among them, in the same order. */
export function latestRevisions(items: readonly CatalogItem[]): {
  readonly items: readonly CatalogItem[];
  readonly superseded: readonly Superseded[];
} {
  const latest = new Map<string, { id: string; revision: string }>();
  const revisions = items.map(granuleRevision);
  items.forEach(({ id }, i) => {
    const known = revisions[i];
    if (known === null || known === undefined) return;
    const before = latest.get(known.granule);
    if (before === undefined || before.revision < known.revision) {
      latest.set(known.granule, { id, revision: known.revision });
    }
  });
  const superseded: Superseded[] = [];
  const kept = items.filter(({ id }, i) => {
    const known = revisions[i];
    const last = known ? latest.get(known.granule) : undefined;
    if (last === undefined || last.revision === known?.revision) return true;
    superseded.push({ id, by: last.id });
    return false;
  });
  return { items: kept, superseded };
}
