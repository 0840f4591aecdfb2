/** Every code that this package throws or warns with. */
export const codes = {
  AGGREGATOR_RESULT: "An aggregator gives more or fewer numbers than its field has.",
  AGGREGATOR_SOURCE: "A field reads a column that there is not, or names none.",
  COLUMN_UNKNOWN: "A kernel asks for a column that it did not declare.",
  COMPOSITION_HASH: "A worker finds other code under the name of a module than the planner approved.",
  COMPOSITION_INVALID:
    "A worker cannot load the module that rebuilds the registry, or it exports no such function.",
  COMPOSITION_PATH:
    "A module is named by its path, and a worker does not share the disk that the path is of.",
  COMPOSITION_VERSION: "A worker has a package in another version than the one that a run was planned with.",
  CONFIG_BOUNDS: "A date of `bounds` is none, or the end is not after the start.",
  CONFIG_CHUNK_VALUE: "The name of a chunk value is blank, or that of a column.",
  CONFIG_DTYPE_UNKNOWN: "A `dtype` is not an element type that zagg stores.",
  CONFIG_FIELD_FUNCTION: "A field has both a function and an expression, or neither.",
  CONFIG_FIELD_NAME: "A field's name cannot name a stored array.",
  CONFIG_FIELD_SHAPE: "A field's kind and its `trailing_shape` or `inner_shape` do not fit.",
  CONFIG_FILL_VALUE: "A dtype cannot hold the fill value.",
  CONFIG_FILTER: "A filter lacks a part, or mixes the two forms.",
  CONFIG_KEY_IGNORED: "Warning: keys of the original change nothing here.",
  CONFIG_KEY_MISSING: "A required key is missing.",
  CONFIG_KEY_UNKNOWN: "There is no such key.",
  CONFIG_KEY_UNSUPPORTED: "A key of the original asks for a result that would not be made.",
  CONFIG_LEVELS: "The levels of a multi-rate source do not fit together.",
  CONFIG_LIMIT:
    "A configuration is nested too deeply, or has more keys, anchors or comments, or longer text, than any use.",
  CONFIG_RANGE: "A number is out of range.",
  CONFIG_TYPE: "A value has the wrong type.",
  CONFIG_VALUE: "A value is not one of those allowed.",
  CONFIG_YAML: "The configuration is not YAML.",
  DATASET_COLUMN:
    "A variable or coordinate names a column that its dataset has not, or none of one that has.",
  DATASET_DECODED:
    "Warning: numbers of a dataset are decoded that were taken as they are stored before; `data_source.decode` says which is meant.",
  DATASET_ENCODING:
    "A granule says of the packing of a dataset what cannot be meant, such as a `scale_factor` of 0.",
  DATASET_ENCODING_IGNORED:
    "Warning: an attribute that says how numbers are stored cannot be meant, and counts as not there.",
  DATASET_PRECISION:
    "A 64-bit integer of the other sign than its dtype says is beyond 2^53, and is not missing.",
  EXECUTOR_PARAMS: "Parameters do not fit the schema of the executor that they are for.",
  GRID_SHARD_UNKNOWN: "A key is not that of a shard of the grid, or not one of its map.",
  PLUGIN_API_VERSION: "A plugin is written for another version of the contract.",
  PLUGIN_DUPLICATE: "Two plugins of one kind share a name.",
  PLUGIN_FAILED: "A plugin threw an error without a code.",
  PLUGIN_MALFORMED: "Something that is no plugin was registered.",
  PLUGIN_MEMBER: "A plugin, or what it makes, lacks a member of its contract, or has one of another type.",
  PLUGIN_PROMISE: "A plugin returns a promise where a value is due.",
  PLUGIN_UNKNOWN: "No plugin of that kind has that name.",
  STATE_INVALID: "Encoded arrays are no state of the field, or of another number of cells.",
  STORE_BUSY: "A store is asked too often, and does not answer for now.",
  STORE_OPTION_UNSUPPORTED: "The configuration sets an option that its store does not take.",
  STORE_UNWRITABLE: "A commit has nothing to put: its work is gone.",
  UNEXPECTED: "An error without a code: a fault in zagg or in a plugin.",
  WORKER_CRASHED:
    "A worker ended while it processed a shard; the shard is tried again, as often as attempts allow.",
} as const;
