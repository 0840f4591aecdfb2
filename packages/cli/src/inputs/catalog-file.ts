/** Saved catalogs: read whole, and written whole or not at all. */
import {
  encodeParquetCatalog,
  openParquetCatalog,
  type CatalogItem,
  type CatalogMetadata,
  type CatalogProblem,
} from "@zagg/catalog";
import { readInputBytes, writeOutput } from "./files.js";
import { inFileLater } from "./in-file.js";

export interface SavedCatalog {
  readonly metadata: CatalogMetadata;
  readonly items: readonly CatalogItem[];
}

/** @throws ConfigError `CLI_FILE_UNREADABLE`; CatalogError of what the file holds */
export async function loadCatalog(path: string): Promise<SavedCatalog> {
  const { buffer } = await readInputBytes(path, "catalog");
  return inFileLater(path, async () => {
    const catalog = await openParquetCatalog(buffer);
    const items: CatalogItem[] = [];
    for await (const batch of catalog.batches()) for (const item of batch) items.push(item);
    return { metadata: catalog.metadata, items };
  });
}

/**
 * @returns items whose geometry cannot be stored, and is left out
 * @throws ConfigError `CLI_FILE_UNWRITABLE`
 */
export async function saveCatalog(
  path: string,
  items: readonly CatalogItem[],
  metadata: CatalogMetadata,
): Promise<readonly CatalogProblem[]> {
  const problems: CatalogProblem[] = [];
  const assets = [...new Set(items.flatMap((item) => Object.keys(item.assets)))];
  const onProblem = (problem: CatalogProblem): void => void problems.push(problem);
  await writeOutput(path, encodeParquetCatalog([items], { metadata, assets, onProblem }));
  return problems;
}
