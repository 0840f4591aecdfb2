/** What `zagg catalog import` is given: local granules, and catalogs of any format. */
import { open, stat } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import type { CatalogItem, CatalogMetadata, CatalogProblem, UmmOptions } from "@zagg/catalog";
import { openCatalog } from "@zagg/catalog/fs";
import { errorToJson, isCodedError, type Warning } from "@zagg/core";
import { relativeHref } from "@zagg/shardmap";
import { findGranules } from "./granules.js";
import { itemOfGranule, type GranuleOpening, type PointSource } from "./granule-item.js";
import { assertGoingOn, untilInterrupted } from "./interruption.js";
import { movedHref } from "./moved-href.js";

const HDF5_FOLDER = "**/*.{h5,hdf5,he5}";
const HDF5_SIGNATURE = "89484446";

export interface ImportRequest {
  readonly inputs: readonly string[];
  /** Folder that relative hrefs start from in what is written. */
  readonly base: string;
  readonly opening: GranuleOpening;
  readonly sources: readonly PointSource[];
  readonly options: UmmOptions;
  readonly onProblem: (problem: CatalogProblem) => void;
  readonly onRead: (entries: number) => void;
  readonly signal: AbortSignal;
}

export interface ImportSources {
  readonly metadata: CatalogMetadata;
  readonly entries: number;
  readonly warnings: readonly Warning[];
  /** Names of the assets that items have. Reads catalogs through once. */
  assets(): Promise<readonly string[]>;
  batches(): AsyncIterable<readonly CatalogItem[]>;
}

/** Looks at the inputs, and reads none of their granules yet. @throws ConfigError `CLI_NO_GRANULES`; CatalogError */
export async function openImport(request: ImportRequest): Promise<ImportSources> {
  const patterns = await Promise.all(
    request.inputs.map(async (input) => ((await isFolder(input)) ? join(input, HDF5_FOLDER) : input)),
  );
  const { granules: files, warnings } = await findGranules(patterns);
  const kinds = await Promise.all(files.map(({ path }) => isHdf5(path)));
  const granules = files.filter((_file, i) => kinds[i]);
  const paths = files.filter((_file, i) => !kinds[i]).map(({ path }) => path);
  const catalogs = await Promise.all(
    paths.map(async (path) => ({ path, catalog: await openCatalog(path, request.options) })),
  );
  const [only] = catalogs;
  const metadata =
    only !== undefined && files.length === 1
      ? only.catalog.metadata
      : { source: catalogs.length === 0 ? "local files" : "several catalogs" };
  return {
    metadata,
    entries: granules.length + catalogs.reduce((sum, { catalog }) => sum + catalog.entries, 0),
    warnings,
    async assets() {
      const names = new Set(granules.length > 0 ? ["data_file"] : []);
      for (const { catalog } of catalogs) {
        for await (const items of untilInterrupted(catalog.batches(), request.signal)) {
          for (const { assets } of items) for (const name of Object.keys(assets)) names.add(name);
        }
      }
      return [...names];
    },
    async *batches() {
      for (const { id, path } of granules) {
        assertGoingOn(request.signal);
        const item = await granuleItem(request, id, path);
        request.onRead(1);
        if (item !== null) yield [item];
      }
      for (const { path, catalog } of catalogs) {
        const folder = dirname(resolve(path));
        let skipped = 0;
        const onProblem = (problem: CatalogProblem): void => {
          skipped++;
          request.onProblem(problem);
        };
        for await (const items of untilInterrupted(catalog.batches({ onProblem }), request.signal)) {
          request.onRead(items.length + skipped);
          skipped = 0;
          yield items.map((item) => rebased(item, folder, request.base));
        }
      }
    },
  };
}

async function granuleItem(request: ImportRequest, id: string, path: string): Promise<CatalogItem | null> {
  try {
    const href = relativeHref(request.base, path);
    return await itemOfGranule({ id, path, href }, request.opening, request.sources, request.signal);
  } catch (error) {
    if (!isCodedError(error)) throw error;
    request.onProblem({ id, error: errorToJson(error) });
    return null;
  }
}

/** The item with hrefs of local files as seen from another folder. */
function rebased(item: CatalogItem, from: string, to: string): CatalogItem {
  const file = item.assets["data_file"];
  if (file === undefined || relative(from, to) === "") return item;
  const href = movedHref(file.href, from, to);
  return { ...item, assets: { ...item.assets, data_file: { ...file, href } } };
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() === true;
}

async function isHdf5(path: string): Promise<boolean> {
  if (/\.(h5|hdf5|he5)$/i.test(path)) return true;
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 4 && buffer.toString("hex") === HDF5_SIGNATURE;
  } finally {
    await file.close();
  }
}
