/** Pages of a search, one after the other, until there are none; and what servers do to keep that from happening. */
import { CatalogError } from "@zagg/core";
import { safeUrl, type HttpRequest, type JsonAnswer } from "@zagg/http";
import type { CatalogClient } from "./client.js";
import type { CatalogItem } from "../item.js";
import type { CatalogProblem } from "../problem.js";

/** What one answer holds. */
export interface PageContent {
  readonly items: readonly CatalogItem[];
  readonly problems: readonly CatalogProblem[];
  /** What the server says that there are in all; advice, as servers are mistaken about it. */
  readonly matched: number | null;
  readonly next: HttpRequest | null;
}

/** How an API is read page by page. */
export interface PageReader {
  readonly first: HttpRequest;
  /** @param firstIndex entries that came before */
  read(answer: JsonAnswer, request: HttpRequest, firstIndex: number): PageContent;
}

/** A page of a search. */
export interface SearchPage {
  /** Those that no earlier page had, in the server's order. */
  readonly items: readonly CatalogItem[];
  readonly problems: readonly CatalogProblem[];
  /** Items left out because an earlier page had their id. */
  readonly duplicates: number;
  readonly matched: number | null;
}

/** Pages in a row without a new granule that are taken for a circle. */
const STALE_PAGES = 3;

/**
 * The pages of one query. An empty page is the last, whatever it links to.
 * @param firstIndex entries of earlier queries; an entry without an id is named by its place
 * @throws CatalogError `CATALOG_PAGE_LOOP`, `CATALOG_TOO_MANY`, and what {@link CatalogClient.json} throws
 */
export async function* walkPages(
  client: CatalogClient,
  reader: PageReader,
  { maxItems, firstIndex = 0 }: { readonly maxItems: number; readonly firstIndex?: number },
): AsyncGenerator<SearchPage> {
  const known = new Set<string>();
  const asked = new Set<string>();
  let entries = firstIndex;
  let stale = 0;
  for (let request: HttpRequest | null = reader.first; request !== null;) {
    const key = JSON.stringify([request.method, request.url.href, request.headers, request.body]);
    if (asked.has(key)) throw loopError(request, `links to a page that it gave before, page ${asked.size}`);
    asked.add(key);
    const page = reader.read(await client.json(request), request, entries);
    const found = page.items.length + page.problems.length;
    if (found === 0) return;
    entries += found;
    const items = page.items.filter(({ id }) => isNew(known, id));
    const problems = page.problems.filter(({ id }) => isNew(known, id));
    stale = items.length + problems.length === 0 ? stale + 1 : 0;
    if (stale === STALE_PAGES)
      throw loopError(request, `gives ${STALE_PAGES} pages in a row of granules that it gave before`);
    if (known.size > maxItems) throw tooMany(request, maxItems);
    const duplicates = found - items.length - problems.length;
    yield { items, problems, duplicates, matched: page.matched };
    request = page.next;
  }
}

function isNew(known: Set<string>, id: string): boolean {
  const before = known.size;
  return known.add(id).size > before;
}

function loopError({ url }: HttpRequest, what: string): CatalogError {
  return new CatalogError("CATALOG_PAGE_LOOP", {
    what: `${safeUrl(url)} ${what}`,
    why: "its pages go round in a circle, so the answer would never be whole",
    mend: "try again with another --page-size, or a smaller region or time; tell the catalog's operator",
    details: { url: safeUrl(url) },
  });
}

function tooMany({ url }: HttpRequest, maxItems: number): CatalogError {
  return new CatalogError("CATALOG_TOO_MANY", {
    what: `${safeUrl(url)} has given more than ${maxItems} granules and goes on`,
    why: "they are held in memory until the catalog is written",
    mend: "ask for a smaller region or a shorter time",
    details: { url: safeUrl(url), maxItems },
  });
}
