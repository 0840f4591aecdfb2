/** From a URI to an open granule: the source by its scheme, then the reader. */
import type { Granule, GranuleReader } from "./reader.js";
import type { Registry } from "./registry.js";

/**
 * Opens a granule; closing it closes its source as well.
 * @param sources a registry, which knows the sources by their schemes
 * @throws PluginError `PLUGIN_UNKNOWN` when no source has the scheme; ReaderError as the source and the reader do
 */
export async function openGranule(
  sources: Pick<Registry, "source">,
  reader: GranuleReader,
  uri: string,
  signal?: AbortSignal,
): Promise<Granule> {
  const source = await sources.source(uri).open(uri, signal);
  let granule: Granule;
  try {
    granule = await reader.open(source, signal);
  } catch (error) {
    await source.close();
    throw error;
  }
  const { blocks, list, readExact } = granule;
  return {
    describeMany: (paths, given) => granule.describeMany(paths, given),
    readMany: (requests, given) => granule.readMany(requests, given),
    ...(readExact === undefined
      ? {}
      : { readExact: (requests, given) => readExact.call(granule, requests, given) }),
    ...(list === undefined ? {} : { list: (given) => list.call(granule, given) }),
    ...(blocks === undefined ? {} : { blocks: (paths, given) => blocks.call(granule, paths, given) }),
    async close() {
      try {
        await granule.close();
      } finally {
        await source.close();
      }
    },
  };
}
