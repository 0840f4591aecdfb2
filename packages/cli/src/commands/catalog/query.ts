/** `zagg catalog query`: which granules an archive holds, saved once. */
import { describeQuery, latestRevisions, queryMetadata, type Superseded } from "@zagg/catalog";
import { saveCatalog } from "../../inputs/catalog-file.js";
import { assertWritable } from "../../inputs/files.js";
import { readQuery, type QueryFlags } from "../../inputs/query.js";
import { search, tellSearch, type SearchFlags } from "../../inputs/search.js";
import { counted, thousands } from "../../output/table.js";
import { print, printJson, tell, type Terminal } from "../../output/terminal.js";
import type { Session } from "../../session.js";

export interface QueryOptions extends QueryFlags, SearchFlags {
  readonly out: string;
  readonly json?: boolean;
}

/** Searches an archive, writes what it found, and prints a report. */
export async function catalogQuery(options: QueryOptions, session: Session): Promise<void> {
  const { terminal } = session;
  const query = await readQuery(terminal, options);
  await assertWritable(options.out);
  const result = await search(session, query, options, { isTrusted: true });
  const { items, superseded } = latestRevisions(result.items);
  const metadata = queryMetadata(query, items.length, new Date().toISOString());
  const skipped = [...result.problems, ...(await saveCatalog(options.out, items, metadata))];
  tellSearch(terminal, result, skipped);
  tellSuperseded(terminal, superseded);
  const { pages, matched, duplicates, outside } = result;
  if (options.json === true) {
    return printJson(terminal, {
      version: "zagg-catalog-query/1",
      out: options.out,
      granules: items.length,
      pages,
      matched,
      duplicates,
      outside,
      superseded,
      skipped,
      metadata,
    });
  }
  print(terminal, `Fetched ${counted(items.length, "granule")} (${query.collection})`);
  tell(terminal, describeQuery(query));
  print(terminal, `Catalog -> ${options.out}`);
}

/** Granules left out because their data were produced again. */
export function tellSuperseded(terminal: Terminal, superseded: readonly Superseded[]): void {
  const [first] = superseded;
  if (first === undefined) return;
  const more = superseded.length > 1 ? ` and ${thousands(superseded.length - 1)} more` : "";
  tell(terminal, `left out ${first.id} for ${first.by}, which has the same data produced later${more}`);
}
