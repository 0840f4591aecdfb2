/**
 * Keys of the original's configurations that are no part of the schema here. One that changes neither what is stored nor where
 * is noted; one that asks for another result is refused until it is honoured.
 */
import type { Json } from "../json.js";

/** A key that is not honoured. */
export interface OriginalKey {
  /** Path of the key; `*` stands for every key of a mapping. */
  readonly path: readonly string[];
  /** Of a noted key why it changes nothing; of a refused one what would be wrong with the result. */
  readonly why: string;
  /** How a configuration says the same here; only of refused keys. Removing the key is always a way. */
  readonly mend?: string;
  /** Set for a key that is refused, unless it asks for nothing. */
  readonly refused?: true;
  /** Whether a value of a refused key asks for nothing, so that the key is noted. Null always does, and is not even noted. */
  readonly asksNothing?: (value: Json) => boolean;
  /** What zagg does anyway: such a value is not even noted. */
  readonly done?: Json;
}

const tunesReading = "it tunes how the original reads, not what is read";
const ofRasters = "it describes rasters, and here the points of granules are read: nothing would come of it";
const ofEvents = "it describes reanalysis fields of the original's temporal pipeline, and none would be read";

/** In the order of the configuration. */
export const originalKeys: readonly OriginalKey[] = [
  {
    ...refused(
      ["pipeline"],
      "a pipeline of rasters or events makes tables or time series, and points on a grid would be made",
    ),
    asksNothing: (value) => isMapping(value) && (value["type"] ?? "spatial") === "spatial",
  },
  noted(["worker"], "it sizes the cloud functions of the original"),

  noted(["data_source", "index"], tunesReading),
  noted(["data_source", "read_workers"], tunesReading),
  noted(["data_source", "granule_workers"], tunesReading),
  noted(["data_source", "shard_workers"], tunesReading),
  noted(["data_source", "write_buffer"], tunesReading),
  noted(["data_source", "credentials_provider"], "credentials never come from a configuration"),
  noted(["data_source", "anonymous"], "credentials never come from a configuration"),
  {
    ...refused(
      ["data_source", "assets"],
      "variables and filters that come from paired granules would be missing",
    ),
    asksNothing: isEmpty,
  },
  { ...refused(["data_source", "bands"], ofRasters), asksNothing: isEmpty },
  refused(["data_source", "nodata"], ofRasters),
  { ...refused(["data_source", "collections"], ofEvents), asksNothing: isEmpty },
  { ...refused(["data_source", "static_data"], ofEvents), asksNothing: isEmpty },

  noted(
    ["aggregation", "handoff"],
    "it names an in-memory form of the original, and all give the same numbers",
  ),
  noted(
    ["aggregation", "streaming"],
    "it bounds the memory of the original; --memory of zagg run does so here",
  ),
  refused(["aggregation", "variables", "*", "location"], "the places of the centroids would not be stored"),
  refused(["aggregation", "variables", "*", "temporal"], "the times of the centroids would not be stored"),
  {
    ...refused(
      ["aggregation", "variables", "*", "weights"],
      "the store would not say that weights are no counts, and readers would take them for counts",
    ),
    asksNothing: (value) => value === "counts",
  },
  noted(
    ["aggregation", "variables", "*", "overview_delta"],
    "it bounds digests of overviews, and none are made",
  ),

  {
    ...refused(
      ["output", "store_layout"],
      "a hive is a store for each shard in a tree of folders, and one flat store would be written",
      "set store_layout: flat, or remove it",
    ),
    done: "flat",
  },
  {
    ...refused(
      ["output", "windowing"],
      "all times would be aggregated into one value per cell, not one per window",
      "remove it, and run once per window with bounds.temporal: granules are selected then, not points",
    ),
    asksNothing: (value) => isMapping(value) && (value["schedule"] ?? "none") === "none",
  },
  {
    ...refused(["output", "aoi_mask"], "cells outside the area of interest would hold values"),
    asksNothing: isFalse,
  },
  { ...refused(["output", "pyramid"], "no overviews would be stored"), asksNothing: isFalse },
  { ...refused(["output", "coverage_moc"], "no coverage would be stored at the root"), asksNothing: isFalse },
  {
    ...refused(["output", "icechunk"], "no Icechunk repository would be written"),
    asksNothing: isFalse,
  },
  {
    ...refused(["output", "leaf_versions"], "a run would replace the store, and keep no earlier version"),
    asksNothing: isFalse,
  },
  refused(
    ["output", "product_name"],
    "the store would stand at output.store itself, not in the folder of that name in it",
    "remove it, and add the name to the path of the store",
  ),
  { ...noted(["output", "consolidate_metadata"], "metadata are always consolidated"), done: true },
  noted(["output", "sweep"], "it says when overviews are made, and none are made"),
  noted(["output", "touch"], "it says when overviews are made, and none are made"),
  noted(["output", "time_source"], "it is the clock of `temporal` fields, which are refused"),
  noted(["output", "time_encoding"], "it spells the time axis of rasters, and there is none"),
];

function noted(path: readonly string[], why: string): OriginalKey {
  return { path, why };
}

function refused(path: readonly string[], why: string, mend?: string): OriginalKey {
  return { path, why, refused: true, ...(mend === undefined ? {} : { mend }) };
}

function isFalse(value: Json): boolean {
  return value === false;
}

function isEmpty(value: Json): boolean {
  return (Array.isArray(value) || isMapping(value)) && Object.keys(value as object).length === 0;
}

function isMapping(value: unknown): value is Readonly<Record<string, Json>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
