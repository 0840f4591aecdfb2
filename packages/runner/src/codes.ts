/** The codes of the errors and warnings of this package. */

/** Code of each expected failure, and when it is thrown. Sorted. */
export const codes = {
  AGGREGATOR_RESULT: "An aggregator gives payloads that do not fit their offsets.",
  COLUMN_PRECISION:
    "A function, or the condition of a filter, that takes doubles reads a column with an integer beyond 2^53; or a field without a dtype would round one.",
  COORDINATE_IGNORED:
    "Warning: the config declares a coordinate that the grid does not have, or another dtype for it.",
  EXECUTOR_DISK: "The workers of an executor do not see files of this machine that a run needs.",
  FIELD_FAILED: "A field could not be computed for a shard.",
  FIELD_KIND: "A function does not fill fields of the kind that is declared.",
  FIELD_NOT_CHUNK_UNIFORM: "A field at chunk resolution differs between the cells of a chunk.",
  FIELD_SOURCE_MISSING: "A function needs a column and the config does not say which.",
  FIELD_SOURCE_UNKNOWN: "A field reads a column that the data source does not declare.",
  FIELD_VALUE_RANGE: "A computed value does not fit the dtype of its field.",
  FILTER_COLUMN: "A filter's `column` and the shape of its dataset do not fit.",
  GRANULE_INCONSISTENT: "Datasets of one group of a granule have unlike lengths or shapes.",
  GRANULE_LINK: "A row of a level owns base rows that the granule does not have.",
  GRANULE_LISTED_TWICE: "Warning: a shard lists a granule more than once, so its rows count more than once.",
  GRANULE_WRONG_PRODUCT: "A granule opens, but no configured group has the datasets that the config names.",
  MEMORY_FIELD_WHOLE: "Warning: a field keeps shards from being aggregated in blocks under a memory budget.",
  MEMORY_STATES:
    "Warning: the partial results of a shard take more than the memory budget, which bounds its rows.",
  PRODUCTS_INCOMPATIBLE: "Products cannot be aggregated together.",
  RUN_CELL_UNKNOWN: "The shard that a run was limited to is not in the shard map.",
  RUN_EMPTY: "No shard is left to process: the shard map is empty, or the selection is.",
  RUN_INTERRUPTED: "A run was interrupted; its finished shards are kept.",
  RUN_LEDGER_CORRUPT:
    "Warning: a ledger entry of an interrupted run could not be read; its shard is done again.",
  RUN_SCHEME_UNSUPPORTED: "No source opens any of the hrefs of the run.",
  RUN_SOURCE_UNSUPPORTED: "The config asks for a way of reading that this version does not have.",
  RUN_WORKERS_LOST: "The workers of a run are gone, so it cannot go on.",
  SHARD_MEMORY: "The rows of a shard exceed the memory budget, and a field needs all of them at once.",
  SHARD_UNREADABLE: "None of a shard's granules could be read.",
  STORE_EXISTS: "The target holds a store already, and overwriting was not asked for.",
  STORE_IN_USE: "Another run of the same plan works on the store, or has finished it.",
  STORE_NOT_RECOGNIZED: "The target holds something that is not a store, and is never overwritten.",
  WORKER_MESSAGE: "The text that a worker was sent is not the context or a job of a run.",
} as const;
