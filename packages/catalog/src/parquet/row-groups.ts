/** Columns of a Parquet file, leaf by leaf and row group by row group. */
import {
  parquetMetadataAsync,
  parquetRead,
  parquetSchema,
  type ColumnChunk,
  type Compressors,
  type FileMetaData,
  type RowGroup,
  type SchemaTree,
} from "hyparquet";
import { assembleNested } from "hyparquet/src/assemble.js";
import { DEFAULT_PARSERS } from "hyparquet/src/convert.js";
import { columnMissing, damaged, decoding, type ParquetBytes } from "./failure.js";
import { checkedPages, type Decompress } from "./pages.js";

/** Values of one column of a row group, one per row: of a list, nested; null when absent. Timestamps are microseconds. */
export type LeafValues = readonly unknown[];

export interface ParquetFile {
  readonly rows: number;
  /** Sizes of the row groups. */
  readonly groupRows: readonly number[];
  /** The software that wrote the file, as it calls itself. */
  readonly createdBy: string | undefined;
  /** Names of the columns. */
  readonly columns: readonly string[];
  /** Dotted paths of all leaf columns, lists with their inner names. */
  readonly leaves: readonly string[];
  /** Key-value metadata. */
  readonly keyValues: Readonly<Record<string, string>>;
  /** Values of some leaf columns of a row group. @throws CatalogError `CATALOG_PARQUET` */
  read(group: number, leaves: readonly string[]): Promise<ReadonlyMap<string, LeafValues>>;
  /**
   * Values of whole columns of a row group, put together: a struct or a map as an object, a list as an array, one per row.
   * @throws CatalogError `CATALOG_PARQUET`
   */
  readColumns(group: number, names: readonly string[]): Promise<ReadonlyMap<string, LeafValues>>;
}

/** Beyond this a file is damaged or hostile: a few bytes can claim any number of empty rows. */
const MAX_GROUP_ROWS = 2 ** 24;
const MAX_LIST_VALUES = 2 ** 26;

const decoder = new TextDecoder();

/** Bytes stay bytes, times become numbers, JSON stays text. */
const parsers = {
  timestampFromMilliseconds: (millis: bigint) => Number(millis) * 1e3,
  timestampFromMicroseconds: Number,
  timestampFromNanoseconds: (nanos: bigint) => Number(nanos / 1000n),
  jsonFromBytes: (bytes: Uint8Array) => decoder.decode(bytes),
  geometryFromBytes: (bytes: Uint8Array) => bytes,
  geographyFromBytes: (bytes: Uint8Array) => bytes,
};

/** @throws CatalogError `CATALOG_PARQUET` */
export async function openParquetFile(file: ParquetBytes): Promise<ParquetFile> {
  return decoding(async () => {
    const metadata = await parquetMetadataAsync(file, { geoparquet: false, parsers });
    const groupRows = metadata.row_groups.map(({ num_rows }) => Number(num_rows));
    if (!groupRows.every((rows) => rows >= 0 && rows <= MAX_GROUP_ROWS)) {
      throw damaged(`a row group has more than ${MAX_GROUP_ROWS} rows, or an unknown number`);
    }
    const entries = (metadata.key_value_metadata ?? []).flatMap(({ key, value }) =>
      value === undefined ? [] : [[key, value] as const],
    );
    const tree = parquetSchema(metadata);
    return {
      createdBy: metadata.created_by,
      columns: tree.children.map(({ element }) => element.name),
      rows: groupRows.reduce((sum, rows) => sum + rows, 0),
      groupRows,
      leaves: [...levelsOf(tree).keys()],
      keyValues: Object.fromEntries(entries),
      read: (group, leaves) => decoding(() => readGroup(file, metadata, group, leaves)),
      readColumns: (group, names) =>
        decoding(async () => {
          const columns = tree.children.filter(({ element }) => names.includes(element.name));
          const leaves = columns.flatMap((column) => leavesOf(column));
          const parts = new Map(await readGroup(file, metadata, group, leaves)) as Parameters<
            typeof assembleNested
          >[0];
          for (const column of columns) assembleNested(parts, column, { ...DEFAULT_PARSERS, ...parsers });
          return new Map(names.map((name) => [name, parts.get(name) as unknown as LeafValues]));
        }),
    };
  });
}

async function readGroup(
  file: ParquetBytes,
  metadata: FileMetaData,
  group: number,
  leaves: readonly string[],
): Promise<ReadonlyMap<string, LeafValues>> {
  const { compressors } = await import("hyparquet-compressors");
  const rowGroup = metadata.row_groups[group]!;
  const levels = levelsOf(parquetSchema(metadata));
  const values = new Map<string, LeafValues>();
  for (const leaf of leaves) {
    const column = rowGroup.columns.find(({ meta_data }) => meta_data?.path_in_schema.join(".") === leaf);
    if (column === undefined) throw missing(leaf, rowGroup);
    values.set(leaf, await readLeaf(file, metadata, rowGroup, column, levels.get(leaf)!, compressors));
  }
  return values;
}

async function readLeaf(
  file: ParquetBytes,
  metadata: FileMetaData,
  rowGroup: RowGroup,
  column: ColumnChunk,
  levels: Levels,
  compressors: Compressors,
): Promise<LeafValues> {
  const rows = Number(rowGroup.num_rows);
  const chunk = assertInside(column, file.byteLength);
  const buffer = await file.slice(chunk.start, chunk.stop);
  const { codec } = column.meta_data!;
  const decompress = compressors[codec];
  if (codec !== "UNCOMPRESSED" && decompress === undefined)
    throw damaged(`its compression ${codec} is not known`);
  // The empty dictionary of a column of nulls: some decompressors take nothing for damage.
  const unpack: Decompress = (bytes, length) =>
    length === 0 ? new Uint8Array(0) : decompress!(bytes, length);
  const pages = checkedPages(new Uint8Array(buffer), {
    name: chunk.name,
    values:
      levels.maxRepetition === 0 ? rows : Math.min(Number(column.meta_data!.num_values), MAX_LIST_VALUES),
    ...levels,
    decompress: codec === "UNCOMPRESSED" ? undefined : unpack,
  });
  const parts: unknown[][] = [];
  await parquetRead({
    file: {
      byteLength: file.byteLength,
      slice: (start, stop = chunk.stop) =>
        start === chunk.start && stop === chunk.stop
          ? buffer
          : buffer.slice(start - chunk.start, stop - chunk.start),
    },
    metadata: { ...metadata, row_groups: [{ ...rowGroup, columns: [column] }], num_rows: rowGroup.num_rows },
    // Unpacked already, when they were looked through.
    compressors: {
      [codec]: (bytes: Uint8Array, length: number) => pages.get(bytes.byteOffset) ?? unpack(bytes, length),
    },
    parsers,
    utf8: false,
    geoparquet: false,
    onPage: ({ columnData }) => parts.push(columnData as unknown[]),
  });
  const values = parts.length === 1 ? parts[0]! : parts.flatMap((part) => Array.from(part));
  if (values.length !== rows)
    throw damaged(`column ${chunk.name} has ${values.length} values for ${rows} rows`);
  return values;
}

/** A chunk that claims to lie beyond the file would be a read that never ends, or of somebody else's bytes. */
function assertInside(
  { meta_data: chunk }: ColumnChunk,
  byteLength: number,
): { name: string; start: number; stop: number } {
  const start = Number(chunk?.dictionary_page_offset || chunk?.data_page_offset);
  const stop = start + Number(chunk?.total_compressed_size);
  const name = chunk?.path_in_schema.join(".") ?? "?";
  if (start >= 4 && stop >= start && stop <= byteLength) return { name, start, stop };
  throw damaged(`column ${name} lies outside the file, which may be truncated`);
}

function missing(leaf: string, { columns }: RowGroup): Error {
  return columnMissing(
    [leaf],
    columns.map(({ meta_data }) => meta_data?.path_in_schema.join(".") ?? "?"),
  );
}

function leavesOf(column: SchemaTree): string[] {
  return column.children.length === 0 ? [column.path.join(".")] : column.children.flatMap(leavesOf);
}

interface Levels {
  readonly maxDefinition: number;
  readonly maxRepetition: number;
}

/** By dotted path: how many members on the way to a leaf may be absent, or many. */
function levelsOf(
  tree: SchemaTree,
  above: Levels = { maxDefinition: 0, maxRepetition: 0 },
): Map<string, Levels> {
  const levels = new Map<string, Levels>();
  for (const child of tree.children) {
    const kind = child.element.repetition_type;
    const own = {
      maxDefinition: above.maxDefinition + Number(kind === "OPTIONAL" || kind === "REPEATED"),
      maxRepetition: above.maxRepetition + Number(kind === "REPEATED"),
    };
    if (child.children.length === 0) levels.set(child.path.join("."), own);
    else for (const [path, below] of levelsOf(child, own)) levels.set(path, below);
  }
  return levels;
}
