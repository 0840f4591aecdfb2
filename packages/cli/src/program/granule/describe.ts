/** `zagg granule describe`: what a granule holds. */
import type { Command } from "commander";
import type { DescribeOptions } from "../../commands/granule/describe.js";
import type { Session } from "../../session.js";
import { pluginOption } from "../plugin-option.js";

export function addGranuleDescribe(granule: Command, session: Session): void {
  granule
    .command("describe")
    .description("show the groups and datasets of a granule, and how their numbers are stored")
    .argument("<file>", "path or URI of a granule")
    .option("--under <path>", "only what is in this group, or this dataset")
    .option("--reader <name>", "reader that opens it", "hdf5")
    .addOption(pluginOption())
    .option("--json", "as one JSON object")
    .action(async (uri: string, options: DescribeOptions) =>
      (await import("../../commands/granule/describe.js")).granuleDescribe(uri, options, session),
    );
}
