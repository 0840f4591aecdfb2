/** `zagg catalog info`: what a catalog holds. */
import type { Command } from "commander";
import type { Session } from "../../session.js";

export function addCatalogInfo(catalog: Command, session: Session): void {
  catalog
    .command("info")
    .description("show what a catalog holds")
    .argument("<catalog>", "stac-geoparquet, STAC items or UMM-JSON")
    .option("--json", "as one JSON object")
    .action(async (path: string, options: { json?: boolean }) =>
      (await import("../../commands/catalog/info.js")).catalogInfo(path, options, session),
    );
}
