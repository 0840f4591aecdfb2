/** `zagg catalog`: the life of a catalog. */
import type { Command } from "commander";
import type { Session } from "../session.js";
import { addCatalogImport } from "./catalog-import.js";
import { addCatalogInfo } from "./catalog-info.js";
import { addCatalogQuery } from "./catalog-query.js";
import { addCatalogSync } from "./catalog-sync.js";

export function addCatalog(program: Command, session: Session): void {
  const catalog = program
    .command("catalog")
    .description("make, query, bring up to date and describe catalogs of granules");
  for (const add of [addCatalogQuery, addCatalogImport, addCatalogSync, addCatalogInfo])
    add(catalog, session);
}
