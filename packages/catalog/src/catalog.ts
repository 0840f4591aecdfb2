/** A catalog that can be read, wherever it stands. */
import { granuleOf, granuleOfProblem, type CatalogGranule } from "./granule.js";
import type { CatalogItem, CatalogMetadata } from "./item.js";
import type { CatalogProblem, ItemsAndProblems } from "./problem.js";

export interface ReadOptions {
  /** Told of each entry that is skipped. */
  readonly onProblem?: (problem: CatalogProblem) => void;
}

export interface Catalog {
  /** What the file is. */
  readonly format: "stac-geoparquet" | "stac" | "umm-json";
  readonly metadata: CatalogMetadata;
  /** Granules listed, the malformed ones included. */
  readonly entries: number;
  /** The items, from the first, each time. @throws CatalogError as the file is read */
  batches(options?: ReadOptions): AsyncIterable<readonly CatalogItem[]>;
  /** What a build needs of each entry; one that cannot be placed comes with its problem. @throws CatalogError as the file is read */
  footprints(): AsyncIterable<readonly CatalogGranule[]>;
}

/** Entries read at once. */
const BATCH_ENTRIES = 4096;

/** A catalog of entries that are in memory, read as they are asked for. */
export function catalogOfEntries(
  { format, metadata }: Pick<Catalog, "format" | "metadata">,
  entries: readonly unknown[],
  read: (entries: readonly unknown[], firstIndex: number) => ItemsAndProblems,
): Catalog {
  async function* parts(): AsyncGenerator<ItemsAndProblems> {
    for (let start = 0; start < entries.length; start += BATCH_ENTRIES) {
      yield read(entries.slice(start, start + BATCH_ENTRIES), start);
    }
  }
  return {
    format,
    metadata,
    entries: entries.length,
    async *batches({ onProblem }: ReadOptions = {}) {
      for await (const { items, problems } of parts()) {
        for (const problem of problems) onProblem?.(problem);
        yield items;
      }
    },
    async *footprints() {
      for await (const { items, problems } of parts()) {
        yield [...items.map(granuleOf), ...problems.map(granuleOfProblem)];
      }
    },
  };
}
