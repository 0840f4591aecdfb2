/** The columns of the stac-geoparquet that we write, as a Parquet schema. */
import type { SchemaElement } from "hyparquet-writer";

/** What our files call their writer. */
export const CREATED_BY = "zagg";

/** Assets that every file has columns for, in their order; others follow by name. */
const STANDARD_ASSETS = ["data", "data_s3", "metadata"];

/** The names in the order of their columns. */
export function assetColumns(names: Iterable<string>): readonly string[] {
  const others = [...new Set(names)].filter((name) => !STANDARD_ASSETS.includes(name)).sort();
  return [...STANDARD_ASSETS, ...others];
}

/** Names of the columns, in order. */
export const columnNames = [
  "type",
  "stac_version",
  "stac_extensions",
  "id",
  "collection",
  "geometry",
  "bbox",
  "assets",
  "links",
  "datetime",
  "start_datetime",
  "end_datetime",
  "updated",
  "bytes",
] as const;
export type ColumnName = (typeof columnNames)[number];

/** The elements depth first, as Parquet lists them. */
export function schemaElements(assets: readonly string[]): SchemaElement[] {
  const asset = (name: string): SchemaElement[] =>
    group(name, text("href"), list("roles", text("element")), text("type"), text("title"));
  const columns: Readonly<Record<ColumnName, SchemaElement[]>> = {
    type: text("type"),
    stac_version: text("stac_version"),
    stac_extensions: list("stac_extensions", text("element")),
    id: text("id"),
    collection: text("collection"),
    geometry: [{ name: "geometry", type: "BYTE_ARRAY", repetition_type: "OPTIONAL" }],
    bbox: group("bbox", ...["xmin", "ymin", "xmax", "ymax"].map(double)),
    assets: group("assets", ...assets.map(asset)),
    links: list("links", group("element", text("href"), text("rel"))),
    datetime: timestamp("datetime"),
    start_datetime: timestamp("start_datetime"),
    end_datetime: timestamp("end_datetime"),
    updated: timestamp("updated"),
    bytes: [{ name: "bytes", type: "INT64", repetition_type: "OPTIONAL" }],
  };
  const root: SchemaElement = { name: "schema", num_children: columnNames.length };
  return [root, ...columnNames.flatMap((name) => columns[name])];
}

function text(name: string): SchemaElement[] {
  const logical = { converted_type: "UTF8", logical_type: { type: "STRING" } } as const;
  return [{ name, type: "BYTE_ARRAY", repetition_type: "OPTIONAL", ...logical }];
}

function double(name: string): SchemaElement[] {
  return [{ name, type: "DOUBLE", repetition_type: "OPTIONAL" }];
}

function timestamp(name: string): SchemaElement[] {
  const logical_type = { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MICROS" } as const;
  return [
    { name, type: "INT64", repetition_type: "OPTIONAL", converted_type: "TIMESTAMP_MICROS", logical_type },
  ];
}

function group(name: string, ...children: SchemaElement[][]): SchemaElement[] {
  return [{ name, num_children: children.length, repetition_type: "OPTIONAL" }, ...children.flat()];
}

/** The standard three levels. */
function list(name: string, element: SchemaElement[]): SchemaElement[] {
  const outer = { converted_type: "LIST", logical_type: { type: "LIST" } } as const;
  return [
    { name, num_children: 1, repetition_type: "OPTIONAL", ...outer },
    { name: "list", num_children: 1, repetition_type: "REPEATED" },
    ...element,
  ];
}
