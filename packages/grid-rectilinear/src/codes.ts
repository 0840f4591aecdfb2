/** Every error code this package throws, and when. */
export const codes = {
  CRS_DATUM:
    "The datum that the CRS names has no shift to WGS 84 that is known here, more than one, or another ellipsoid.",
  CRS_PARAMETER:
    "A parameter of the CRS is not read by its projection, missing, said twice, not a number, or out of range.",
  CRS_UNKNOWN: "The CRS is not a known EPSG code, PROJ string or WKT.",
  CRS_UNSUPPORTED:
    "The CRS is understood but cannot carry a grid: geocentric, other axes, grid files, or a projection that is not known here.",
  GRID_BOUNDS: "The bounds are not four finite numbers.",
  GRID_BOUNDS_EMPTY: "The bounds are empty or reversed.",
  GRID_CHUNK_INNER: "chunk_inner is not two positive whole numbers that divide chunk_shape.",
  GRID_CHUNK_SHAPE: "chunk_shape is not two positive whole numbers, or a shard has more than 2^31 - 1 cells.",
  GRID_COVERAGE_LIMIT: "A region touches more shards, or needs more pieces, than one coverage may have.",
  GRID_RESOLUTION: "The resolution is not positive and finite, or larger than the bounds.",
  GRID_TOO_LARGE: "The padded grid has more cells than a double can number exactly.",
} as const;
