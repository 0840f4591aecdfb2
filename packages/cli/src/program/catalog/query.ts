/** `zagg catalog query`: which granules an archive holds, saved once. */
import type { Command } from "commander";
import type { QueryOptions } from "../../commands/catalog/query.js";
import type { Session } from "../../session.js";
import { wholeNumber } from "../whole-number.js";

export function addCatalogQuery(catalog: Command, session: Session): void {
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
    .option("--page-size <n>", "granules per page", wholeNumber)
    .option("--timeout <seconds>", "for one answer, 60 unless given", wholeNumber)
    .option("--json", "the report as one JSON object")
    .action(async (options: QueryOptions) =>
      (await import("../../commands/catalog/query.js")).catalogQuery(options, session),
    );
}
