/** stac-geoparquet out, row group by row group. */
import { CatalogError, errorToJson, isCodedError, type BoundingBox, type JsonObject } from "@zagg/core";
import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import type { CatalogItem, CatalogMetadata } from "../item.js";
import type { CatalogProblem } from "../problem.js";
import { microsOfTime } from "../time.js";
import { wkbFromGeoJson } from "../wkb-write.js";
import { createExtent } from "./extent.js";
import { geoMetadata } from "./geo.js";
import { CREATED_BY, assetColumns, columnNames, schemaElements, type ColumnName } from "./schema.js";

export interface EncodeOptions {
  /** Stored with the items; `total_granules` is added. */
  readonly metadata: CatalogMetadata;
  /** Names that items may have for assets beside `data`, `data_s3` and `metadata`; by default those of the first batch. */
  readonly assets?: readonly string[];
  /** Told of an item whose geometry cannot be stored, and is left out; without this it is an error. */
  readonly onProblem?: (problem: CatalogProblem) => void;
  /** Rows of a row group. */
  readonly rowGroupRows?: number;
}

const ROW_GROUP_ROWS = 16_384;
const STAC_VERSION = "1.0.0";

type Cell = string | number | bigint | Uint8Array | object | null;

/**
 * The bytes of a stac-geoparquet file (GeoParquet 1.1), part by part; memory holds one row group. Same items, same bytes.
 * @throws CatalogError `CATALOG_ASSET`, `CATALOG_GEOMETRY`
 */
export async function* encodeParquetCatalog(
  batches: Iterable<readonly CatalogItem[]> | AsyncIterable<readonly CatalogItem[]>,
  { metadata, assets, onProblem, rowGroupRows = ROW_GROUP_ROWS }: EncodeOptions,
): AsyncGenerator<Uint8Array> {
  let names = assets && assetColumns(assets);
  const writer = new ByteWriter();
  const extent = createExtent();
  let parquet: ParquetWriter | undefined;
  let waiting: CatalogItem[] = [];
  let rows = 0;

  const writeGroup = (items: readonly CatalogItem[]): Uint8Array => {
    names ??= assetColumns(items.flatMap(({ assets: held }) => Object.keys(held)));
    parquet ??= new ParquetWriter({ writer, schema: schemaElements(names), createdBy: CREATED_BY });
    const geometries = items.map((item) => geometryOf(item, onProblem));
    items.forEach(({ bbox }, row) =>
      extent.add(geometries[row] === null ? null : items[row]!.geometry, bbox),
    );
    const columns = columnsOf(items, geometries, names);
    const columnData = columnNames.map((name) => ({ name, data: columns[name], ...storage(name) }));
    void parquet.write({ columnData, rowGroupSize: Math.max(1, items.length) });
    rows += items.length;
    return drain(writer);
  };

  for await (const batch of batches) {
    waiting = waiting.length === 0 ? [...batch] : waiting.concat(batch);
    while (waiting.length >= rowGroupRows) yield writeGroup(waiting.splice(0, rowGroupRows));
  }
  yield writeGroup(waiting);
  parquet!.kvMetadata = [
    { key: "geo", value: geoMetadata(extent.types(), extent.bbox()) },
    { key: "stac-geoparquet", value: JSON.stringify({ version: STAC_VERSION }) },
    { key: "zagg:catalog_meta", value: JSON.stringify({ ...metadata, total_granules: rows }) },
  ];
  void parquet!.finish();
  yield drain(writer);
}

/** Coordinates do not shrink, and bounds of texts that each row has its own of would only lengthen the file. */
function storage(name: ColumnName): { codec?: "UNCOMPRESSED"; statistics: boolean } {
  if (name === "geometry") return { codec: "UNCOMPRESSED", statistics: false };
  return { statistics: /^(id|bbox|datetime|start_datetime|end_datetime|updated|bytes)$/.test(name) };
}

function geometryOf(item: CatalogItem, onProblem: EncodeOptions["onProblem"]): Uint8Array | null {
  if (item.geometry === null) return null;
  try {
    return wkbFromGeoJson(item.geometry);
  } catch (error) {
    if (onProblem === undefined || !isCodedError(error)) throw error;
    onProblem({ id: item.id, error: errorToJson(error) });
    return null;
  }
}

function columnsOf(
  items: readonly CatalogItem[],
  geometries: readonly (Uint8Array | null)[],
  names: readonly string[],
): Readonly<Record<ColumnName, Cell[]>> {
  const column = (cell: (item: CatalogItem) => Cell): Cell[] => items.map(cell);
  const starts = column(({ start }) => timeCell(start));
  return {
    type: column(() => "Feature"),
    stac_version: column(() => STAC_VERSION),
    stac_extensions: column(() => []),
    id: column(({ id }) => id),
    collection: column(({ collection }) => collection),
    geometry: [...geometries],
    bbox: column(({ bbox }) => boxCell(bbox)),
    assets: column((item) => assetCells(item, names)),
    links: column(() => []),
    datetime: starts,
    start_datetime: starts,
    end_datetime: column(({ end }) => timeCell(end)),
    updated: column(({ updated }) => timeCell(updated)),
    bytes: column(({ bytes }) => (bytes === null ? null : BigInt(bytes))),
  };
}

function boxCell(bbox: BoundingBox | null): JsonObject | null {
  return bbox && { xmin: bbox[0], ymin: bbox[1], xmax: bbox[2], ymax: bbox[3] };
}

/** The assets with a member for each column, so that every row has the same shape. */
function assetCells({ id, assets }: CatalogItem, names: readonly string[]): object {
  const unknown = Object.keys(assets).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new CatalogError("CATALOG_ASSET", {
      what: `item ${id} has an asset ${unknown}`,
      why: `the file that is being written has columns for ${names.join(", ")}`,
      mend: "name all assets when the writing begins",
      details: { id, asset: unknown },
    });
  }
  return Object.fromEntries(
    names.map((name) => {
      const asset = assets[name];
      if (asset === undefined) return [name, null];
      return [
        name,
        {
          href: asset.href,
          roles: asset.roles ?? null,
          type: asset.type ?? null,
          title: asset.title ?? null,
        },
      ];
    }),
  );
}

function timeCell(time: string | null): bigint | null {
  const micros = time === null ? undefined : microsOfTime(time);
  return micros === undefined ? null : BigInt(micros);
}

/** What was written since the last call. */
function drain(writer: ByteWriter): Uint8Array {
  const bytes = writer.getBytes().slice();
  writer.index = 0;
  return bytes;
}
