/** Searches as the command makes them: with its name, its signal, and progress on the terminal. */
import { searchCatalog, type CatalogProblem, type CatalogQuery, type SearchResult } from "@zagg/catalog";
import { startProgress } from "../output/progress.js";
import { tellSkipped } from "../output/skipped.js";
import { thousands } from "../output/table.js";
import { tell, type Terminal } from "../output/terminal.js";
import type { Session } from "../session.js";
import { cliVersion } from "../version.js";

export interface SearchFlags {
  readonly pageSize?: number;
  /** Seconds. */
  readonly timeout?: number;
}

export interface SearchTerms {
  /** Only what was changed since then. */
  readonly changedSince?: string | undefined;
  /** Whether the user named the server, so that it may have the token. */
  readonly isTrusted: boolean;
}

/** What is sent as a bearer token to the origin of the catalog, and to no other. */
const TOKEN_VARIABLE = "ZAGG_CATALOG_TOKEN";

/** @throws CatalogError of the search */
export async function search(
  { terminal, signal, env }: Session,
  query: CatalogQuery,
  flags: SearchFlags,
  { changedSince, isTrusted }: SearchTerms,
): Promise<SearchResult> {
  const token = (isTrusted ? env[TOKEN_VARIABLE] : undefined) ?? "";
  const progress = startProgress(terminal, { total: null, noun: "granules" });
  try {
    return await searchCatalog(query, {
      userAgent: `zagg/${cliVersion()} (granule catalog client)`,
      headers: token === "" ? {} : { Authorization: `Bearer ${token}` },
      pageSize: flags.pageSize,
      timeoutMs: flags.timeout === undefined ? undefined : flags.timeout * 1000,
      signal,
      changedSince,
      onProgress: ({ items, matched }) => progress.update(items, 0, matched ?? undefined),
      onRetry: ({ what, waitMs }) =>
        tell(terminal, `${what}; trying again in ${(waitMs / 1000).toFixed(1)} s`),
    });
  } finally {
    progress.stop();
  }
}

/** Tells what a search left out, and what the catalog lost of it. */
export function tellSearch(
  terminal: Terminal,
  result: SearchResult,
  skipped: readonly CatalogProblem[],
): void {
  tellSkipped(terminal, skipped);
  const { outside, duplicates, matched, items } = result;
  if (outside > 0) tell(terminal, `${thousands(outside)} granules in the box do not touch the region`);
  if (duplicates > 0) tell(terminal, `${thousands(duplicates)} granules came twice and are kept once`);
  const found = items.length + result.problems.length + outside;
  if (matched !== null && matched > found) {
    tell(terminal, `the server counts ${thousands(matched)} granules and gives ${thousands(found)}`);
  }
}
