/** What a worker thread of the tests rebuilds its registry from. */
import { createRegistry } from "@zagg/core";
import { aggregators } from "./aggregators.mjs";
import { boxes } from "./boxes-grid.mjs";
import { folderStore } from "./folder-store.mjs";
import { meetingReader } from "./meeting.mjs";
import { rawFormat } from "./raw-format.mjs";
import { madeTables, tableReader, tableSource } from "./table-reader.mjs";

export function composeRegistry() {
  return createRegistry([
    boxes,
    tableSource,
    tableReader(madeTables),
    folderStore,
    rawFormat,
    ...aggregators,
  ]);
}

/**
 * A registry whose aggregators are only those of further modules.
 * @param {readonly string[]} urls
 */
export async function composeWithModules(urls) {
  const modules = await Promise.all(urls.map((url) => import(url)));
  const further = modules.flatMap((module) => module.aggregators);
  return createRegistry([
    boxes,
    tableSource,
    meetingReader(tableReader(madeTables)),
    folderStore,
    rawFormat,
    ...further,
  ]);
}
