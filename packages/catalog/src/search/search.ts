/** Searches a catalog over HTTP: every page, each granule once, in the server's order. */
import { CatalogError, isCodedError } from "@zagg/core";
import type { HttpOptions, HttpRequest } from "@zagg/http";
import { createCatalogClient, type CatalogClient } from "./client.js";
import type { CatalogItem } from "../item.js";
import type { CatalogProblem } from "../problem.js";
import { areaFilter } from "./area-filter.js";
import { walkPages, type PageReader, type SearchPage } from "./pages.js";
import { describeQuery, type CatalogQuery } from "./query.js";
import { stacPages } from "./stac-pages.js";
import { planStacSearch, type StacPlan } from "./stac-search.js";
import { planUmmSearch, ummPages } from "./umm-search.js";

export interface SearchOptions extends HttpOptions {
  /** Granules per page, as far as the server goes along. Default 2000, which is CMR's most, and 500 for other APIs. */
  readonly pageSize?: number | undefined;
  /** More granules are refused. Default one million: of each some 3 kB are held in memory. */
  readonly maxItems?: number | undefined;
  /** Only what was changed since then, RFC 3339, if the API can choose by it. */
  readonly changedSince?: string | undefined;
  readonly onProgress?: ((progress: SearchProgress) => void) | undefined;
}

export interface SearchProgress {
  readonly pages: number;
  readonly items: number;
  /** What the server says that there are; null when it does not say. Not to be relied on. */
  readonly matched: number | null;
}

/** What a search found. */
export interface SearchResult {
  readonly items: readonly CatalogItem[];
  /** Entries that are no granule, by name. */
  readonly problems: readonly CatalogProblem[];
  readonly pages: number;
  readonly matched: number | null;
  /** Items left out because an earlier page of the same walk had their id. */
  readonly duplicates: number;
  /** Items left out because their footprint does not touch the area; the server could only compare boxes. */
  readonly outside: number;
  /** Whether only what was changed was asked for, and the API could do that. */
  readonly changedOnly: boolean;
}

/** Answers to a geometry that a server cannot take after all. */
const NOT_TAKEN = new Set([400, 405, 413, 414, 422, 501]);

/**
 * Sends a query and follows its pages to the end. A box across the antimeridian is asked in two halves.
 * @throws CatalogError of any `CATALOG_…` code of HTTP and pages, and `CATALOG_NO_GRANULES` when nothing is found
 */
export async function searchCatalog(query: CatalogQuery, options: SearchOptions = {}): Promise<SearchResult> {
  const client = createCatalogClient(options);
  const pageSize = options.pageSize ?? (query.source === "stac" ? 500 : 2000);
  const since = options.changedSince ?? null;
  const gather = (plan: SearchPlan): Promise<SearchResult> => gatherPages(client, query, plan, options);
  const search = async (): Promise<SearchResult> => {
    if (query.source !== "umm-json") {
      return gatherStac(await planStacSearch(client, query, pageSize, since), gather);
    }
    const requests = planUmmSearch(query, pageSize, since);
    return gather({ requests, pages: ummPages, intersects: false, changedOnly: since !== null });
  };
  const result = await search();
  if (result.items.length === 0 && !result.changedOnly) throw noGranules(query, result);
  return result;
}

interface SearchPlan extends Pick<StacPlan, "requests" | "intersects" | "changedOnly"> {
  readonly pages: (first: HttpRequest) => PageReader;
}

/** With the area in the request if the server takes it, else by box. */
async function gatherStac(
  plan: StacPlan,
  gather: (plan: SearchPlan) => Promise<SearchResult>,
): Promise<SearchResult> {
  try {
    return await gather({ ...plan, pages: stacPages });
  } catch (error) {
    const isTaken =
      !isCodedError(error, "CATALOG_HTTP_STATUS") || !NOT_TAKEN.has(Number(error.details?.["status"]));
    if (plan.withoutArea === null || isTaken) throw error;
    return gather({ ...plan.withoutArea, pages: stacPages });
  }
}

async function gatherPages(
  client: CatalogClient,
  query: CatalogQuery,
  { requests, pages, intersects, changedOnly }: SearchPlan,
  { maxItems = 1_000_000, onProgress }: SearchOptions,
): Promise<SearchResult> {
  const touches = query.region === null || intersects ? () => true : areaFilter(query.region);
  const items = new Map<string, CatalogItem>();
  const problems = new Map<string, CatalogProblem>();
  const outside = new Set<string>();
  let [count, entries, duplicates] = [0, 0, 0];
  let matched: number | null = null;
  for (const [i, first] of requests.entries()) {
    const matchedBefore: number | null = i === 0 ? 0 : matched;
    for await (const page of walkPages(client, pages(first), { maxItems, firstIndex: entries })) {
      count++;
      entries += page.items.length + page.problems.length + page.duplicates;
      duplicates += page.duplicates;
      matched = sum(matchedBefore, page.matched);
      for (const item of page.items) {
        // A granule that both halves of a box have is no mistake of the server's.
        if (items.has(item.id) || outside.has(item.id)) continue;
        if (touches(item)) items.set(item.id, item);
        else outside.add(item.id);
      }
      for (const problem of page.problems) problems.set(problem.id, problem);
      onProgress?.({ pages: count, items: items.size + outside.size, matched });
    }
  }
  return {
    items: [...items.values()],
    problems: [...problems.values()],
    pages: count,
    matched,
    duplicates,
    outside: outside.size,
    changedOnly,
  };
}

function sum(a: number | null, b: SearchPage["matched"]): number | null {
  return a === null || b === null ? null : a + b;
}

function noGranules(query: CatalogQuery, { outside, problems }: SearchResult): CatalogError {
  const others = [
    ...(outside > 0 ? [`${outside} in the box do not touch the area`] : []),
    ...(problems.length > 0 ? [`${problems.length} entries are no granules`] : []),
  ];
  return new CatalogError("CATALOG_NO_GRANULES", {
    what: `No granules for ${describeQuery(query)}`,
    why: others.length > 0 ? others.join(", ") : "the catalog holds none there and then",
    mend: "check the product, its version and provider, the region (longitude first) and the time",
    details: { collection: query.collection, start: query.start, end: query.end, outside },
  });
}
