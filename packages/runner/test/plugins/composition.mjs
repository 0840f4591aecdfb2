/** What a worker thread of the tests rebuilds its registry from. */
import { createRegistry } from "@zagg/core";
import { aggregators } from "./aggregators.mjs";
import { boxes } from "./boxes-grid.mjs";
import { folderStore } from "./folder-store.mjs";
import { rawFormat } from "./raw-format.mjs";
import { madeTables, tableReader } from "./table-reader.mjs";

export function composeRegistry() {
  return createRegistry([boxes, tableReader(madeTables), folderStore, rawFormat, ...aggregators]);
}
