/** A local granule as an item of a catalog: outlined by its own points. */
import { createTrackOutline, utcTime, type CatalogItem, type TrackOutline } from "@zagg/catalog";
import {
  CatalogError,
  datasetPlace,
  hasDatasetColumn,
  readRequest,
  type ByteSource,
  type DataSourceConfig,
  type DatasetPlace,
  type Granule,
  type GranuleReader,
  type Registry,
  type Warning,
} from "@zagg/core";
import { coordinateNotes, degreesOf } from "@zagg/core/internal";
import { boxOfRegion, regionFromGeoJson } from "@zagg/sphere";

export type PointSource = Pick<DataSourceConfig, "groups" | "coordinates" | "decode" | "valid_range">;

/** What opens granules: the sources of a registry, then a reader. */
export interface GranuleOpening {
  readonly registry: Pick<Registry, "source">;
  readonly reader: GranuleReader;
  /** Told of each dataset that there is something to say of, as often as it is read. */
  readonly warn: (warning: Warning) => void;
}

const BLOCK_ROWS = 2 ** 20;
/** GPS time begins here, and has been this far ahead of UTC since 2017. */
const GPS_EPOCH_MS = Date.UTC(1980, 0, 6);
const LEAP_SECONDS = 18;

/**
 * The item of a granule. Its times come from `ancillary_data` (seconds since the ATLAS epoch), as ICESat-2's products have
 * them; else it has none.
 * @param places where points may be, the first that the granule has counts
 * @param href what the item says of the file's place
 * @throws ReaderError; CatalogError `CATALOG_OUTLINE`
 */
export async function itemOfGranule(
  { id, path, href }: { readonly id: string; readonly path: string; readonly href: string },
  { registry, reader, warn }: GranuleOpening,
  places: readonly PointSource[],
  signal?: AbortSignal,
): Promise<CatalogItem> {
  const source = await registry.source(path).open(path, signal);
  try {
    return await itemOfSource({ id, source, href }, { reader, warn }, places, signal);
  } finally {
    await source.close();
  }
}

async function itemOfSource(
  { id, source, href }: { readonly id: string; readonly source: ByteSource; readonly href: string },
  { reader, warn }: Omit<GranuleOpening, "registry">,
  places: readonly PointSource[],
  signal: AbortSignal | undefined,
): Promise<CatalogItem> {
  const granule = await reader.open(source, signal);
  try {
    const geometry = (await outlineOf(granule, places, warn)).geometry();
    return {
      id,
      collection: null,
      geometry,
      bbox: boxOfRegion(regionFromGeoJson(geometry)),
      ...(await timesOf(granule)),
      assets: { data_file: { href, roles: ["data"] } },
      updated: null,
      bytes: source.size,
    };
  } finally {
    await granule.close();
  }
}

async function outlineOf(
  granule: Granule,
  places: readonly PointSource[],
  warn: GranuleOpening["warn"],
): Promise<TrackOutline> {
  for (const source of places) {
    const { groups } = source;
    const outline = createTrackOutline();
    let found = 0;
    for (const group of groups) {
      if (await addGroup(granule, outline, source, group, warn)) found++;
      outline.endGroup();
    }
    if (found > 0) return outline;
  }
  throw new CatalogError("CATALOG_OUTLINE", {
    what: "the granule has the coordinates in none of the groups",
    why: `they were looked for as ${places.map(({ coordinates: { latitude } }) => datasetPlace(latitude).path).join(", ")}`,
    mend: "name a configuration of this product with --config",
  });
}

/** False when the group has no columns of one length there. */
async function addGroup(
  granule: Granule,
  outline: TrackOutline,
  source: PointSource,
  group: string,
  warn: GranuleOpening["warn"],
): Promise<boolean> {
  const entries = [source.coordinates.longitude, source.coordinates.latitude];
  const places = entries.map((entry) => datasetPlace(entry, group));
  const [lonAt, latAt] = places as [DatasetPlace, DatasetPlace];
  const infos = await granule.describeMany(places.map(({ path }) => path));
  const [lon, lat] = infos;
  if (!lat || !lon || !hasDatasetColumn(latAt, lat) || !hasDatasetColumn(lonAt, lon)) return false;
  if (lat.shape[0] !== lon.shape[0]) return false;
  for (const [i, info] of [lon, lat].entries()) {
    coordinateNotes(datasetPlace(entries[i]!).path, info, source).forEach(warn);
  }
  const [lonDegrees, latDegrees] = [degreesOf(lonAt.path, lon, source), degreesOf(latAt.path, lat, source)];
  const rows = lat.shape[0]!;
  for (let start = 0; start < rows; start += BLOCK_ROWS) {
    const range = { start, stop: Math.min(start + BLOCK_ROWS, rows) };
    const [lonStored, latStored] = await granule.readMany(places.map((place) => readRequest(place, range)));
    outline.add(lonDegrees(lonStored!), latDegrees(latStored!));
  }
  return true;
}

async function timesOf(granule: Granule): Promise<{ start: string | null; end: string | null }> {
  const epoch = await numberAt(granule, "/ancillary_data/atlas_sdp_gps_epoch");
  const at = async (name: string): Promise<string | null> => {
    const seconds = await numberAt(granule, `/ancillary_data/${name}`);
    if (epoch === null || seconds === null) return null;
    const utcMs = GPS_EPOCH_MS + (epoch + seconds - LEAP_SECONDS) * 1e3;
    return Math.abs(utcMs) < 4e12 ? (utcTime(new Date(utcMs).toISOString()) ?? null) : null;
  };
  return { start: await at("start_delta_time"), end: await at("end_delta_time") };
}

async function numberAt(granule: Granule, path: string): Promise<number | null> {
  const [info] = await granule.describeMany([path]);
  if (info?.shape.length !== 1 || info.shape[0] !== 1) return null;
  const [column] = await granule.readMany([{ path, start: 0, stop: 1 }]);
  const value = column?.[0];
  return value !== undefined && Number.isFinite(value) ? value : null;
}
