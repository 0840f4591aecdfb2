/** `zagg catalog`: the life of a catalog. */
import type { Command } from "commander";
import type { Session } from "../session.js";
import { addCatalogQuery } from "./catalog-query.js";
import { addCatalogSync } from "./catalog-sync.js";

export function addCatalog(program: Command, session: Session): void {
  const catalog = program.command("catalog").description("query and bring up to date catalogs of granules");
  for (const add of [addCatalogQuery, addCatalogSync]) add(catalog, session);
}
