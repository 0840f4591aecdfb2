/** The codes of the errors and warnings of this package. */

/** Code of each expected failure, and when it is thrown. Sorted. */
export const codes = {
  CELL_ID_RANGE: "A cell id is not one of the cells of its order.",
  GRID_CELL_IDS_NEEDED: "A dense layout is told not to store the ids of its cells.",
  GRID_CHUNK_ORDER: "The order of the chunks is not between those of the shards and the cells.",
  GRID_COVERAGE_LIMIT: "A region covers more than 50 million cells of the order asked for.",
  GRID_FULLSPHERE_ORDER: "A full-sphere array would have more cells than can be stored exactly.",
  GRID_INDEXING_UNSUPPORTED: "The config asks for another numbering of the cells than nested.",
  GRID_ORDERS_REVERSED: "The order of the cells is below that of the shards.",
  GRID_ORDER_RANGE: "An order is not a whole number from 0 to 29.",
  GRID_SHARD_TOO_DEEP: "A shard would have more than 4^12 cells.",
  LATITUDE_UNSTATED: "Warning: a shard map does not say which latitude placed its cells.",
  MOC_CELL: "The text of a MOC names an order beyond 29, or a cell beyond the last of its order.",
  MOC_FITS: "Bytes are not a FITS file with a MOC of space, or its cells are none.",
  MOC_RANGE:
    "A range of a MOC is reversed, beyond the last cell, or does not consist of whole cells of its order.",
  MOC_SYNTAX: "A text is not a MOC in ASCII or JSON.",
  MORTON_INVALID: "An integer or a text is not a morton word.",
  MORTON_ORDER: "A morton word is of another order than the ones beside it.",
} as const;
