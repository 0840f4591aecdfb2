/** The part of the configuration that the engine owns, as JSON Schema. Grids and aggregators add their parameters. */
import type { FromSchema, Json, JsonSchema } from "../json.js";

const text = { type: "string", minLength: 1 } as const;
const shape = {
  oneOf: [
    { type: "integer", minimum: 1 },
    { type: "array", minItems: 1, items: { type: "integer", minimum: 1 } },
  ],
  description: "A whole number from 1, or a list of them.",
} as const;
const fillValue = {
  oneOf: [
    { type: "number" },
    { type: "boolean" },
    { type: "string", pattern: "^(NaN|-?Infinity|-?[0-9]+)$" },
  ],
  description:
    "What an empty cell holds: a number, `NaN`, `Infinity` or `-Infinity`; of bool also true and false.",
} as const;

const dataset = {
  type: ["string", "object"],
  minLength: 1,
  additionalProperties: false,
  required: ["path"],
  properties: {
    path: { ...text, description: "Dataset path template." },
    column: {
      type: ["integer", "null"],
      minimum: 0,
      description: "Column of a two-dimensional dataset, from 0.",
    },
    dtype: {
      enum: ["float64"],
      description: "Reads 64-bit integers as doubles, rounded where they are beyond 2^53.",
    },
  },
  description: "A dataset path template, or `{ path, column }` of a two-dimensional dataset.",
} as const;

/** A number. Beyond ±2^53 an integer is the text of its digits, as which YAML gives it. */
const filterNumber = { type: ["number", "string"], pattern: "^(?:0|-?[1-9][0-9]*)$" } as const;

const structuredFilter = {
  type: "object",
  additionalProperties: false,
  properties: {
    expression: { ...text, description: "A condition over the columns; then no other key." },
    dataset: { ...text, description: "Dataset path template that is tested." },
    op: { enum: ["eq", "ne", "ge", "le", "lt", "gt", "in", "not_in"], description: "How values compare." },
    column: { type: ["integer", "null"], minimum: 0, description: "Column of a two-dimensional dataset." },
    value: { ...filterNumber, description: "What `eq ne ge le lt gt` compare with; integers are exact." },
    values: { type: "array", items: filterNumber, description: "What `in` and `not_in` look up." },
    keep: { type: "boolean", default: true, description: "False keeps the rows that do not match." },
    level: {
      type: ["string", "null"],
      description: "Level at which the filter is evaluated; null is the base.",
    },
  },
} as const;

const link = {
  type: ["object", "null"],
  additionalProperties: false,
  required: ["to", "index_beg", "count"],
  properties: {
    to: { ...text, description: "The level whose rows the rows of this one own: `base_level`." },
    index_beg: { ...text, description: "Dataset with the first row that each row owns." },
    count: { ...text, description: "Dataset with the number of rows that each row owns." },
    index_base: { type: "integer", minimum: 0, default: 0, description: "What `index_beg` counts from." },
    reference_index: { type: "null", description: "Reserved by the original; empty." },
  },
} as const;

const level = {
  type: "object",
  additionalProperties: false,
  required: ["path"],
  properties: {
    path: { ...text, description: "Group that datasets without a leading slash are in." },
    coordinates: {
      type: "object",
      additionalProperties: dataset,
      description: "`latitude` and `longitude` of the rows, degrees, for `read_plan`.",
    },
    variables: {
      type: ["object", "array", "null"],
      additionalProperties: dataset,
      items: { type: "string" },
      description: "Columns of the level: name to dataset. A list of names means nothing.",
    },
    link,
  },
} as const;

const dataSource = {
  type: "object",
  additionalProperties: false,
  required: ["groups", "coordinates", "variables"],
  properties: {
    reader: { ...text, default: "hdf5", description: "Reader plugin that opens the granules." },
    driver: {
      type: "string",
      pattern: "^[a-z][a-z0-9+.-]*$",
      description: "Scheme of the href of a granule to read first: `file`, `s3`, `https`, …",
    },
    groups: {
      type: "array",
      minItems: 1,
      uniqueItems: true,
      items: text,
      description: "Substituted for `{group}` in every dataset path.",
    },
    coordinates: {
      type: "object",
      required: ["latitude", "longitude"],
      additionalProperties: dataset,
      properties: { latitude: dataset, longitude: dataset },
      description: "Datasets of the point coordinates, degrees.",
    },
    variables: {
      type: "object",
      additionalProperties: dataset,
      description: "Columns offered to the aggregation: name to dataset.",
    },
    decode: {
      enum: ["cf", "raw"],
      description:
        "Whether stored numbers are decoded as CF says (`cf`, which is meant when this is left out), or taken as they are.",
    },
    valid_range: {
      enum: ["ignore", "mask"],
      description:
        "Whether numbers out of their dataset's `valid_range`, `valid_min` and `valid_max` are missing; `ignore` when left out.",
    },
    fill: {
      enum: ["drop", "keep"],
      default: "drop",
      description:
        "What becomes of a row in which a variable is missing: it is dropped, or its value is NaN.",
    },
    quality_filter: {
      type: ["object", "null"],
      additionalProperties: false,
      required: ["dataset", "value"],
      properties: {
        dataset: { ...text, description: "Dataset path template." },
        value: { ...filterNumber, description: "What rows that are kept have there." },
      },
      description: "Keeps the rows whose `dataset` equals `value`; `filters`, when given, replaces it.",
    },
    filters: {
      type: ["array", "null"],
      items: structuredFilter,
      description: "Conditions that a row must meet, all of them, in this order.",
    },
    levels: {
      type: ["object", "null"],
      minProperties: 1,
      additionalProperties: level,
      description: "Rows of other rates, such as segments of photons, by name.",
    },
    base_level: { type: ["string", "null"], description: "The level of the points." },
    read_plan: {
      type: ["object", "null"],
      additionalProperties: false,
      description: "Reads only the points that can lie in a shard.",
      properties: {
        spatial_index: {
          type: ["string", "null"],
          description: "Level whose places tell which points those are.",
        },
        pad: {
          type: "integer",
          minimum: 0,
          default: 1,
          description: "Rows of that level read on either side.",
        },
        full_read_threshold: {
          type: "number",
          minimum: 0,
          maximum: 1,
          default: 0.9,
          description: "Share of the points above which all are read.",
        },
      },
    },
  },
} as const;

const variable = {
  type: "object",
  additionalProperties: false,
  properties: {
    function: { ...text, description: "Aggregator by name, such as `mean`, `np.nanmean`, `quantile`." },
    expression: { ...text, description: "numpy-flavoured expression over the columns." },
    source: { ...text, description: "Column of values." },
    params: {
      type: "object",
      additionalProperties: true,
      default: {},
      description: "Parameters of the function.",
    },
    kind: {
      enum: ["scalar", "vector", "ragged"],
      default: "scalar",
      description: "One number, several of a fixed shape, or any number of elements.",
    },
    resolution: {
      enum: ["cell", "chunk"],
      default: "cell",
      description: "A value for each cell, or for each chunk.",
    },
    dtype: { ...text, description: "Element type of the stored array; float32 when left out." },
    fill_value: fillValue,
    trailing_shape: shape,
    inner_shape: shape,
    attrs: { type: "object", additionalProperties: true, description: "Attributes of the stored array." },
  },
} as const;

const coordinate = {
  type: ["object", "null"],
  additionalProperties: false,
  properties: {
    dtype: { ...text, description: "Element type; that of the grid, which holds every value exactly." },
    fill_value: fillValue,
  },
} as const;

const precompute = {
  type: "object",
  additionalProperties: false,
  properties: {
    function: { ...text, description: "Aggregator by name." },
    expression: { ...text, description: "numpy-flavoured expression over the columns." },
    source: { ...text, description: "Column of values." },
    params: { type: "object", description: "Parameters of the function." },
    dtype: { ...text, description: "What the value is cast to." },
  },
} as const;

const aggregation = {
  type: "object",
  additionalProperties: false,
  required: ["variables"],
  properties: {
    coordinates: {
      type: ["object", "null"],
      additionalProperties: coordinate,
      description: "Coordinates of the grid that are stored beside the fields, by name.",
    },
    chunk_precompute: {
      type: ["object", "null"],
      additionalProperties: precompute,
      description: "Values of a whole chunk, which fields read by their names.",
    },
    variables: {
      type: "object",
      minProperties: 1,
      additionalProperties: variable,
      description: "Fields by name, each an array of the store.",
    },
  },
} as const;

const output = {
  type: "object",
  additionalProperties: false,
  required: ["grid"],
  properties: {
    grid: {
      type: "object",
      required: ["type"],
      additionalProperties: true,
      description: "The grid plugin's own parameters, and these.",
      properties: {
        type: { ...text, description: "Grid plugin." },
        sharded: {
          type: "boolean",
          default: true,
          description: "One stored object per shard, or one per chunk.",
        },
      },
    },
    store: { type: ["string", "null"], description: "Path or URI of the store." },
    compression: { enum: ["zstd", "none"], default: "zstd", description: "Compression of stored chunks." },
    format: { ...text, description: "Output format; the first that is registered when left out." },
    endpoint_url: {
      type: ["string", "null"],
      description: "Where the server of the store is, for a store that takes it.",
    },
    region: { type: ["string", "null"], description: "Region of the store, for a store that takes it." },
  },
} as const;

const bounds = {
  type: ["object", "null"],
  additionalProperties: false,
  description: "Which shards and granules are taken, whole; points are not clipped.",
  properties: {
    temporal: {
      type: ["object", "null"],
      additionalProperties: false,
      required: ["start_date", "end_date"],
      description: "Granules with data in this time, and those that state no time.",
      properties: {
        start_date: {
          type: "string",
          description: "First day or instant, ISO 8601; UTC unless it has an offset.",
        },
        end_date: {
          type: "string",
          description: "Last day, which is whole, or the instant at which the time is over.",
        },
      },
    },
    spatial: {
      oneOf: [
        { type: "null" },
        { type: "array", minItems: 4, maxItems: 4, items: { type: "number" } },
        {
          type: "object",
          required: ["type"],
          properties: { type: { ...text, description: "Of GeoJSON: Polygon, FeatureCollection, …" } },
        },
      ],
      description:
        "Shards that this touches: west, south, east, north in degrees (west beyond east crosses the antimeridian), or GeoJSON with polygons.",
    },
  },
} as const;

/** The whole configuration, before plugins refine `output.grid` and `params`. */
export const configSchema = {
  $schema: "http://json-schema.org/draft-07/schema#",
  type: "object",
  additionalProperties: false,
  required: ["data_source", "aggregation", "output"],
  patternProperties: { "^x-": {} },
  properties: {
    plugins: {
      type: ["array", "null"],
      items: text,
      description:
        "Packages, or paths relative to the configuration, whose plugins this configuration uses. Their code runs when the command line names or trusts them.",
    },
    data_source: dataSource,
    aggregation,
    output,
    catalog: { type: ["string", "null"], description: "Path of the shard map." },
    bounds,
  },
} as const satisfies JsonSchema;

/** What a schema leaves open is JSON still: a configuration crosses process borders as text. */
type OpenAsJson<T> = unknown extends T
  ? Json
  : T extends null | undefined | boolean | number | string
    ? T
    : { [Key in keyof T]: OpenAsJson<T[Key]> };
type Configured<S extends JsonSchema> = OpenAsJson<FromSchema<S>>;

/** A validated configuration with its defaults filled in; frozen, and JSON that its own text gives back as it is. */
export type ZaggConfig = Readonly<Configured<typeof configSchema>>;
export type DataSourceConfig = ZaggConfig["data_source"];
export type DatasetConfig = Configured<typeof dataset>;
export type VariableConfig = Configured<typeof variable>;
export type FilterConfig = Configured<typeof structuredFilter>;
