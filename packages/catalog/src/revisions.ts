/** Which granules hold the same data, produced again. */
import { icesat2, type ProductRule } from "@zagg/core/internal";
import type { CatalogItem } from "./item.js";

/** What a file name such as `ATL06_20181023144337_03810112_006_01.h5` says. */
export interface GranuleRevision {
  /** Product and place, such as track, cycle and segment: the same for every production of the same data. */
  readonly granule: string;
  /** Release and version within it; a later production is greater as a text. */
  readonly revision: string;
}

/**
 * By an item's id, else by the names of its data files; null for a granule of another kind.
 * @param rule how names of its product are read; ICESat-2's unless told
 */
export function granuleRevision(
  { id, assets }: Pick<CatalogItem, "id" | "assets">,
  rule: ProductRule = icesat2,
): GranuleRevision | null {
  const hrefs = ["data", "data_s3", "data_file"].flatMap(
    (name) => assets[name]?.href.replace(/[?#].*$/, "") ?? [],
  );
  for (const path of [id, ...hrefs]) {
    const name = path.slice(path.lastIndexOf("/") + 1);
    const { product, place, version, revision } = rule.name.exec(name)?.groups ?? {};
    if (product !== undefined) return { granule: `${product}_${place}`, revision: `${version}_${revision}` };
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
  const revisions = items.map((item) => granuleRevision(item));
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
