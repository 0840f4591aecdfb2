/** `zagg catalog sync`: what became of a saved catalog, and the catalog brought up to date. */
import type { Command } from "commander";
import type { SyncOptions } from "../../commands/catalog/sync.js";
import type { Session } from "../../session.js";
import { wholeNumber } from "../whole-number.js";

export function addCatalogSync(catalog: Command, session: Session): void {
  catalog
    .command("sync")
    .description("ask a saved catalog's query again, report what changed, and bring the file up to date")
    .argument("<file>", "catalog that zagg catalog query wrote")
    .option("--dry-run", "report, and leave the file as it is")
    .option(
      "--changes",
      "ask only for what was changed since, where the API can; what is gone is not noticed",
    )
    .option(
      "--url <url>",
      "where the API is, in place of what the catalog says; only then a token is sent there",
    )
    .option("--page-size <n>", "granules per page", wholeNumber)
    .option("--timeout <seconds>", "for one answer, 60 unless given", wholeNumber)
    .option("--json", "the report as one JSON object")
    .action(async (file: string, options: SyncOptions) =>
      (await import("../../commands/catalog/sync.js")).catalogSync(file, options, session),
    );
}
