/** Saved catalogs: read whole, and written whole or not at all. */
import type { CatalogItem, CatalogMetadata, CatalogProblem } from "@zagg/catalog";
import { openCatalog, writeCatalog } from "@zagg/catalog/fs";

export interface SavedCatalog {
  readonly metadata: CatalogMetadata;
  readonly items: readonly CatalogItem[];
}

/** @throws CatalogError of the file, and of what it holds */
export async function loadCatalog(path: string): Promise<SavedCatalog> {
  const catalog = await openCatalog(path);
  const items: CatalogItem[] = [];
  for await (const batch of catalog.batches()) for (const item of batch) items.push(item);
  return { metadata: catalog.metadata, items };
}

/**
 * @returns items whose geometry cannot be stored, and is left out
 * @throws CatalogError `CATALOG_UNWRITABLE`
 */
export async function saveCatalog(
  path: string,
  items: readonly CatalogItem[],
  metadata: CatalogMetadata,
): Promise<readonly CatalogProblem[]> {
  const problems: CatalogProblem[] = [];
  const assets = [...new Set(items.flatMap((item) => Object.keys(item.assets)))];
  const onProblem = (problem: CatalogProblem): void => void problems.push(problem);
  await writeCatalog(path, [items], { metadata, assets, onProblem });
  return problems;
}
