/** Every code that this package throws or warns with. */
export const codes = {
  CATALOG_ASSET: "An item has an asset of a name that the file being written has no column for.",
  CATALOG_FORMAT: "A file is no catalog: neither stac-geoparquet, nor STAC, nor UMM-JSON.",
  CATALOG_GEOMETRY: "A geometry cannot be written: it is not GeoJSON, or a coordinate is no number.",
  CATALOG_ITEM: "An entry of a catalog is no granule: it lacks an id, or a part of it has the wrong type.",
  CATALOG_NO_AREA: "A granule has no footprint: no geometry, or one of points or lines.",
  CATALOG_NO_DATA: "A granule has no data file: none of its assets leads to one.",
  CATALOG_ORBIT: "The orbit parameters of a granule or a collection describe no track.",
  CATALOG_OUTLINE: "The points of a granule have no outline: none is valid, or they follow no track.",
  CATALOG_PARQUET: "A Parquet file is truncated, damaged, or written in a way that cannot be read.",
  CATALOG_PARQUET_COLUMN: "A Parquet file lacks a column that a catalog needs, or has it in another type.",
  CATALOG_PARQUET_GEO: "The geometries of a GeoParquet file are not WKB in longitude and latitude.",
  CATALOG_UNREADABLE: "A catalog cannot be opened.",
  CATALOG_UNWRITABLE: "A catalog cannot be written.",
  CATALOG_WKB: "A geometry is not well-known binary.",
} as const;
