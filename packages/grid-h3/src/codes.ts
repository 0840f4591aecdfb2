/** The codes of the errors of this package. */

/** Code of each expected failure, and when it is thrown. Sorted. */
export const codes = {
  GRID_CHUNK_RES: "The resolution of the chunks is not between those of the shards and the cells.",
  GRID_COVERAGE_LIMIT: "A region touches more than 10 million shards.",
  GRID_RES_RANGE: "A resolution is not a whole number from 0 to 15.",
  GRID_RES_REVERSED: "The resolution of the cells is below that of the shards.",
  GRID_SHARD_TOO_DEEP: "A shard would have more than 7^9 positions.",
} as const;
