/** Every code this package throws. */
export const codes = {
  DATASET_FILTER: "A dataset is compressed with a filter that this reader does not have.",
  DATASET_MISSING: "A read names a path at which the granule has no numeric dataset.",
  DATASET_PRECISION:
    "A 64-bit integer that is asked for as a double is beyond 2^53, and is not the dataset's fill value.",
  DATASET_SHAPE:
    "A read does not fit the dataset: too many rows, a column missing or too many, or neither one nor two dimensions.",
  DATASET_TYPE:
    "The numbers of a dataset are of a type that is not converted, such as floats of a VAX or integers beyond 64 bits, or they are in another file.",
  GRANULE_CORRUPT: "The file opened, but part of it is damaged.",
  GRANULE_FORMAT: "The file is not HDF5, is empty, is truncated, or its root is damaged.",
  GRANULE_UNREADABLE: "The granule is not local, and there is no room for a temporary copy of it.",
} as const;
