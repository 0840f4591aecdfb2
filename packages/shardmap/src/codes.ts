/** Every code that this package throws or warns with. */
export const codes = {
  GRANULE_NO_HREF: "A granule record has no href that could be opened.",
  SHARDMAP_EMPTY: "A build left no shard with a granule.",
  SHARDMAP_FOOTPRINT: "A granule has no footprint to place it by.",
  SHARDMAP_GRANULE: "A granule record of a shard map lacks an id or has an href of the wrong type.",
  SHARDMAP_GRANULE_REPEATED: "A catalog lists a granule more than once; shards list it once.",
  SHARDMAP_GRANULE_TWICE: "A shard lists a granule twice; only a finding of the validator.",
  SHARDMAP_GRID_MISMATCH: "A shard map was built for another grid than the run's.",
  SHARDMAP_INTERRUPTED: "A build was told to stop.",
  SHARDMAP_KEY_MISSING: "A shard map lacks a required key.",
  SHARDMAP_LENGTHS: "A shard map lists more or fewer granule lists than shard keys.",
  SHARDMAP_MEMBER_TWICE: "A top-level member stands in a shard map twice.",
  SHARDMAP_MERGE_GRIDS: "Shard maps of different grids, or of unknown ones, cannot be merged.",
  SHARDMAP_NOT_JSON: "A shard map is not JSON.",
  SHARDMAP_REKEY_APART: "The grids of a shard map and of its new configuration do not nest.",
  SHARDMAP_REKEY_EXTENT: "A shard of the map lies outside the grid it is to be brought to.",
  SHARDMAP_REKEY_SOURCE: "The grid that a shard map was built for cannot be told from the new configuration.",
  SHARDMAP_SHARD_KEY: "A shard key is not an unsigned 64-bit integer, or stands there twice.",
  SHARDMAP_TYPE: "A part of a shard map has the wrong type.",
  SHARDMAP_UNSIGNED:
    "A shard map does not record the grid it was built for; a warning unless the check is strict.",
  SHARDMAP_UNSORTED: "The shard keys do not ascend, and other lists of the map depend on their order.",
  SHARDMAP_URL_LIST: "A file is a catalog of plain URLs, the form that came before shard maps.",
  SHARDMAP_WORKER: "A thread that covers footprints ended, or its grid has other shards.",
  SHARDMAP_WRONG_PRODUCT:
    "A granule has the coordinate datasets in none of the groups, or not as columns of one length.",
} as const;
