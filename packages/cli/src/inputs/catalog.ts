/** The granules of a catalog, as a shard map build takes them. */
import { dirname, resolve } from "node:path";
import { openCatalog } from "@zagg/catalog/fs";
import type { JsonObject } from "@zagg/core";
import type { GranuleFootprint } from "@zagg/shardmap";
import { movedHref } from "./moved-href.js";

/** What a catalog says of itself, and its granules in batches. */
export interface GranuleCatalog {
  readonly metadata: JsonObject;
  readonly entries: number;
  readonly granules: AsyncIterable<readonly GranuleFootprint[]>;
}

/**
 * The granules of stac-geoparquet, STAC items or UMM-JSON. One that cannot be placed comes with its problem, so that the build
 * counts and names it.
 * @param base folder that relative `file` hrefs of the records start from; in the catalog they start from its own
 * @throws CatalogError
 */
export async function openGranuleCatalog(path: string, base: string): Promise<GranuleCatalog> {
  const catalog = await openCatalog(path);
  const folder = dirname(resolve(path));
  async function* granules(): AsyncGenerator<readonly GranuleFootprint[]> {
    for await (const batch of catalog.footprints())
      yield batch.map((granule) => rebased(granule, folder, base));
  }
  return { metadata: catalog.metadata, entries: catalog.entries, granules: granules() };
}

function rebased<G extends { readonly record: { readonly file?: string } }>(
  granule: G,
  from: string,
  to: string,
): G {
  const { file } = granule.record;
  if (file === undefined) return granule;
  return { ...granule, record: { ...granule.record, file: movedHref(file, from, to) } };
}
