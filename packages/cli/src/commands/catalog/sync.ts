/** `zagg catalog sync`: what became of a saved catalog, and the catalog brought up to date. */
import {
  catalogChanges,
  publicUrls,
  queryFromMetadata,
  queryMetadata,
  type CatalogChanges,
} from "@zagg/catalog";
import type { JsonObject } from "@zagg/core";
import { loadCatalog, saveCatalog } from "../../inputs/catalog-file.js";
import { assertWritable } from "../../inputs/files.js";
import { inFile } from "../../inputs/in-file.js";
import { search, tellSearch, type SearchFlags } from "../../inputs/search.js";
import { counted, table, thousands } from "../../output/table.js";
import { print, printJson, tell, type Terminal } from "../../output/terminal.js";
import type { Session } from "../../session.js";
import { tellSuperseded } from "./query.js";

export interface SyncOptions extends SearchFlags {
  readonly dryRun?: boolean;
  readonly changes?: boolean;
  readonly url?: string;
  readonly json?: boolean;
}

/** Entries reach a search some time after the time that they bear. */
const OVERLAP_MS = 24 * 3_600_000;
/** Granules of a kind that are written out; `--json` lists all. */
const LISTED = 10;

/** Asks the query of a catalog again, writes the catalog, and prints what changed. */
export async function catalogSync(file: string, options: SyncOptions, session: Session): Promise<void> {
  const { terminal } = session;
  const saved = await loadCatalog(file);
  const query = inFile(file, () => queryFromMetadata(saved.metadata, options.url));
  if (options.dryRun !== true) await assertWritable(file);
  const queriedAt = new Date().toISOString();
  const result = await search(session, query, options, {
    changedSince: options.changes === true ? changedSince(saved.metadata) : undefined,
    // A file from elsewhere could name any server.
    isTrusted: options.url !== undefined || query.url === publicUrls[query.source],
  });
  if (options.changes === true && !result.changedOnly) {
    tell(terminal, "everything was asked for: the API, or the catalog, does not tell what was changed since");
  }
  const changes = catalogChanges(saved.items, result.items, result.changedOnly);
  const metadata = { ...saved.metadata, ...queryMetadata(query, changes.items.length, queriedAt) };
  const lost = options.dryRun === true ? [] : await saveCatalog(file, changes.items, metadata);
  const skipped = [...result.problems, ...lost];
  tellSearch(terminal, result, skipped);
  tellSuperseded(terminal, changes.superseded);
  report(terminal, file, options, changes, skipped);
}

/** A day before the query, as text; undefined when the catalog does not say when it was asked. */
function changedSince({ queried_at: queriedAt }: JsonObject): string | undefined {
  const ms = typeof queriedAt === "string" ? Date.parse(queriedAt) : NaN;
  return Number.isNaN(ms) ? undefined : new Date(ms - OVERLAP_MS).toISOString();
}

function report(
  terminal: Terminal,
  file: string,
  { json, dryRun = false }: SyncOptions,
  { items, added, removed, reprocessed, unchanged, superseded }: CatalogChanges,
  skipped: readonly unknown[],
): void {
  if (json === true) {
    const facts = { added, removed, reprocessed, unchanged, superseded, skipped };
    return printJson(terminal, {
      version: "zagg-catalog-sync/1",
      file,
      dryRun,
      granules: items.length,
      ...facts,
    });
  }
  const rows = [
    ...listed("added", added),
    ...listed("removed", removed ?? []),
    ...listed(
      "reprocessed",
      reprocessed.map(({ from, to, updatedTo }) =>
        from === to ? `${to}, ${updatedTo}` : `${from} -> ${to}`,
      ),
    ),
  ];
  if (rows.length > 0) print(terminal, `${table(rows)}\n`);
  const gone = removed === null ? "removed not looked for" : `${thousands(removed.length)} removed`;
  const counts = `${thousands(added.length)} added, ${gone}, ${thousands(reprocessed.length)} reprocessed`;
  print(terminal, `${counts}, ${thousands(unchanged)} unchanged`);
  const end = dryRun
    ? `[DRY RUN] ${file} is as it was`
    : `Catalog: ${counted(items.length, "granule")} -> ${file}`;
  print(terminal, end);
}

function listed(kind: string, granules: readonly string[]): (readonly string[])[] {
  const rows = granules.slice(0, LISTED).map((granule) => [kind, granule]);
  return granules.length > LISTED
    ? [...rows, [kind, `and ${thousands(granules.length - LISTED)} more`]]
    : rows;
}
