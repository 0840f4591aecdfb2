/** `zagg catalog query`: which granules an archive holds, saved once. */
import { describeQuery, latestRevisions, queryMetadata, type Superseded } from "@zagg/catalog";
import type { Command } from "commander";
import { saveCatalog } from "../../inputs/catalog-file.js";
import { assertWritable } from "../../inputs/files.js";
import { readQuery, type QueryFlags } from "../../inputs/query.js";
import { search, tellSearch, type SearchFlags } from "../../inputs/search.js";
import { counted, thousands } from "../../output/table.js";
import { print, printJson, tell, type Terminal } from "../../output/terminal.js";
import type { Session } from "../../session.js";
import { wholeNumber } from "../whole-number.js";

interface QueryOptions extends QueryFlags, SearchFlags {
  readonly out: string;
  readonly json?: boolean;
}

export function addCatalogQuery(catalog: Command, session: Session): void {
  const { terminal } = session;
  catalog
    .command("query")
    .description("search an archive for the granules of a product, a time and a region, and save them")
    .requiredOption("--out <file>", "catalog to write, stac-geoparquet")
    .option("--short-name <name>", "product, such as ATL06")
    .option("--version <version>", "its version, 007 unless given")
    .option("--provider <name>", "of CMR, NSIDC_CPRD unless given")
    .option("--cycle <n>", "cycle of ICESat-2, 91 days from 2018-10-13 on")
    .option("--start-date <day>", "first day, YYYY-MM-DD")
    .option("--end-date <day>", "last day, YYYY-MM-DD")
    .option("--region <geojson>", "granules that touch these polygons")
    .option("--bbox <w,s,e,n>", "granules that touch this box, degrees")
    .option("--umm", "ask CMR's own search, which has granules with orbits too")
    .option("--url <url>", "where CMR's API is, in place of the public one")
    .option("--stac <url>", "ask this STAC API instead of CMR")
    .option("--collection <name>", "its collection")
    .option("--page-size <n>", "granules a page", wholeNumber)
    .option("--timeout <seconds>", "for one answer, 60 unless given", wholeNumber)
    .option("--json", "the report as one JSON object")
    .action(async (options: QueryOptions) => {
      const query = await readQuery(options);
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
    });
}

/** Granules left out because their data were produced again. */
export function tellSuperseded(terminal: Terminal, superseded: readonly Superseded[]): void {
  const [first] = superseded;
  if (first === undefined) return;
  const more = superseded.length > 1 ? ` and ${thousands(superseded.length - 1)} more` : "";
  tell(terminal, `left out ${first.id} for ${first.by}, which has the same data produced later${more}`);
}
