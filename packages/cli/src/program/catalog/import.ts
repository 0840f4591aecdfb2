/** `zagg catalog import`: a catalog of what is at hand, saved once. */
import type { Command } from "commander";
import type { ImportOptions } from "../../commands/catalog/import.js";
import type { Session } from "../../session.js";
import { pluginOption, trustOption } from "../plugin-option.js";

export function addCatalogImport(catalog: Command, session: Session): void {
  catalog
    .command("import")
    .description("make a catalog of local granules, of STAC or UMM-JSON files, or of other catalogs")
    .argument(
      "<inputs...>",
      "folders, files or patterns: HDF5 granules, stac-geoparquet, STAC items, UMM-JSON",
    )
    .requiredOption("--out <file>", "catalog to write, stac-geoparquet")
    .option(
      "--config <file>",
      "configuration that says where granules have their coordinates; else ATL06 and ATL03 are known",
    )
    .option("--browse", "keep thumbnails and browse images")
    .addOption(pluginOption())
    .addOption(trustOption())
    .option("--json", "the report as one JSON object")
    .addHelpText(
      "after",
      "\nExits 0 when all was taken in, 4 when some granules or entries could not be, and 3 when none could:\nthen nothing is written, and a catalog that was there stays.",
    )
    .action(async (inputs: string[], options: ImportOptions) =>
      (await import("../../commands/catalog/import.js")).catalogImport(inputs, options, session),
    );
}
