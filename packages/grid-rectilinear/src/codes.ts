/** Every error code this package throws, and when. */
export const codes = {
  CRS_UNKNOWN: "The CRS is not a known EPSG code, PROJ string or WKT.",
  CRS_UNSUPPORTED: "The CRS is understood but cannot carry a grid: geocentric, or shifted by grid files.",
  GRID_BOUNDS: "The bounds are not four finite numbers.",
  GRID_BOUNDS_EMPTY: "The bounds are empty or reversed.",
  GRID_CHUNK_INNER: "chunk_inner is not two positive whole numbers that divide chunk_shape.",
  GRID_CHUNK_SHAPE: "chunk_shape is not two positive whole numbers, or a shard has more than 2^31 - 1 cells.",
  GRID_COVERAGE_LIMIT: "A region touches more shards, or needs more pieces, than one coverage may have.",
  GRID_RESOLUTION: "The resolution is not positive and finite, or larger than the bounds.",
  GRID_TOO_LARGE: "The padded grid has more cells than a double can number exactly.",
} as const;
