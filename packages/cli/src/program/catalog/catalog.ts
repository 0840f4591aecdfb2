/** `zagg catalog`: the life of a catalog. */
import type { Command } from "commander";
import type { Session } from "../../session.js";
import { addCatalogImport } from "./import.js";
import { addCatalogInfo } from "./info.js";
import { addCatalogQuery } from "./query.js";
import { addCatalogSync } from "./sync.js";

export function addCatalog(program: Command, session: Session): void {
  const catalog = program
    .command("catalog")
    .description("make, query, bring up to date and describe catalogs of granules");
  for (const add of [addCatalogQuery, addCatalogImport, addCatalogSync, addCatalogInfo])
    add(catalog, session);
}
