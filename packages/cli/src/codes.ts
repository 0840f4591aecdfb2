/** Every code that this package throws. */
export const codes = {
  CLI_CATALOG_MISSING: "No shard map was named.",
  CLI_CONFIG_UNKNOWN: "There is no built-in configuration of that name, and no such file.",
  CLI_CONFIG_UNREADABLE: "The configuration file cannot be read.",
  CLI_DEMO_FOLDER: "The folder for the demo holds what the demo did not make.",
  CLI_EXTRAS_DROPPED: "A map made from others lacks members that the format does not name; a warning.",
  CLI_FILE_UNREADABLE: "A file named on the command line cannot be read.",
  CLI_FILE_UNWRITABLE: "The output file cannot be written.",
  CLI_GRANULE_NAME_SHARED: "Granules in different folders have one name; a warning.",
  CLI_NO_GRANULES: "The granule pattern matches no file.",
  CLI_REGION_CONFLICT: "A region and a bounding box were both given.",
  CLI_REGION_MISSING: "No region was given, and the catalog has no bounding box.",
  CLI_STORE_MISSING: "No store was named.",
  CLI_USAGE: "The command was called the wrong way.",
  PLUGIN_EMPTY: "A module that was named for its plugins exports none.",
  PLUGIN_IMPORT: "A plugin module fails when it is imported.",
  PLUGIN_NOT_INSTALLED: "There is no plugin module of that name or path.",
} as const;
