/** The codes of the errors that this package throws. */

/** Code of each expected failure, and when it is thrown. Sorted. */
export const codes = {
  ARRAY_MISSING: "A store has no array of the path that was asked for.",
  ARRAY_UNSUPPORTED: "An array is stored in a way that cannot be read here.",
  CHUNK_CORRUPT: "A stored chunk is cut short, is no whole compressed frame, or does not hold what it says.",
  HIERARCHY_INVALID: "A group or array that is to be written cannot be stored as Zarr.",
  METADATA_CORRUPT: "Metadata of a store is not the JSON that Zarr 3 prescribes.",
  SHARD_CORRUPT:
    "A stored shard is too short for its index, or the index fails its checksum or points outside.",
  STORE_FULL: "The disk, or a quota on it, has no room for an object.",
  STORE_KEY_INVALID: "A key is empty, absolute, or has a segment that a store cannot hold.",
  STORE_NOT_ZARR: "A store has no Zarr 3 metadata at its root.",
  STORE_UNREADABLE: "An object or folder is there but cannot be read.",
  STORE_UNWRITABLE: "A place cannot be created, written, replaced or removed.",
  STORE_URI_INVALID: "A URI does not name a place for a store.",
} as const;
