/** What a catalog holds that is no granule, or not a whole one: told by name, and never lost. */
import { CatalogError, errorToJson, isCodedError, type CodedErrorJson } from "@zagg/core";
import type { CatalogItem } from "./item.js";

/** An entry that was skipped, or lost a part. */
export interface CatalogProblem {
  /** The granule's id, or its place in the catalog when it has none. */
  readonly id: string;
  readonly error: CodedErrorJson;
}

/** Granules read, and what was skipped among them. */
export interface ItemsAndProblems {
  readonly items: readonly CatalogItem[];
  readonly problems: readonly CatalogProblem[];
}

/** The items that `read` makes of the entries; an entry for which it throws a coded error is a problem instead. */
export function readEach(
  entries: readonly unknown[],
  read: (entry: unknown) => CatalogItem,
  idOf: (entry: unknown) => unknown,
  firstIndex = 0,
): ItemsAndProblems {
  const items: CatalogItem[] = [];
  const problems: CatalogProblem[] = [];
  entries.forEach((entry, i) => {
    try {
      items.push(read(entry));
    } catch (error) {
      if (!isCodedError(error)) throw error;
      const id = idOf(entry);
      const named = typeof id === "string" && id !== "";
      problems.push({ id: named ? id : `entry ${firstIndex + i}`, error: errorToJson(error) });
    }
  });
  return { items, problems };
}

/** An entry that is no granule. */
export function malformedItem(what: string, why: string, cause?: unknown): CatalogError {
  return new CatalogError("CATALOG_ITEM", {
    what,
    why,
    mend: "correct the entry at its source, or leave it out",
    ...(cause === undefined ? {} : { cause }),
  });
}
