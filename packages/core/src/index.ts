export type { IsJson, Json, JsonObject, JsonSchema, FromSchema } from "./json.js";
export type { CodedErrorJson, ErrorParts, Warning } from "./errors.js";
export type { Column, DType, TypedArray, WideColumn } from "./dtype.js";
export type { SplitIntegers } from "./exact-integers.js";
export type { FillValue } from "./fill-value.js";
export type { BoundingBox, Polygon, Region, Ring } from "./geometry.js";
export type { FieldKind, OutputField, OutputFieldSet, OutputFieldSignature } from "./fields.js";
export type {
  CellCoordinate,
  CoarserGrid,
  CoordinateArray,
  GridFactory,
  GridPlugin,
  GridSignature,
  GridStorage,
  Placement,
  ShardCells,
  ShardCoverer,
  SignatureRules,
  SpatialSignature,
  YoungerKey,
} from "./grid.js";
export type { GridFacts, StorageFacts } from "./define-grid.js";
export type { ShardLattice } from "./lattice-points.js";
export type {
  AggregatorPlugin,
  BoundChunkValue,
  BoundDense,
  BoundField,
  BoundRagged,
  CellSegments,
  ChunkValue,
  ChunkValueRequest,
  EncodedState,
  FieldRequest,
  MergeLaw,
  PartialDense,
  PartialField,
  PartialRagged,
  RaggedCells,
} from "./aggregator.js";
export type { CellRows, PerCellSpec } from "./per-cell.js";
export type { CellNumbers, CellPartialSpec, CellState } from "./cell-partial.js";
export type { BoundFilter, FilterPlugin, FilterRequest } from "./filter.js";
export type { ByteRange, ByteSource, SourceFactory } from "./source.js";
export type {
  CoordinatePaths,
  DatasetInfo,
  Granule,
  GranuleEntry,
  GranuleReader,
  ListedDataset,
  ReadRange,
  ReadRequest,
  RowBlock,
} from "./reader.js";
export type { DatasetEncoding, EncodingProblem, Packing, ValidRange } from "./encoding/dataset-encoding.js";
export type { CfAttribute, CfAttributeName, CfAttributes, CfDescription } from "./encoding/cf-attributes.js";
export type { NamedObject, ObjectRange, ObjectStore, StoreFactory, StoreTransaction } from "./store.js";
export type { CopyPlaces } from "./copy-transaction.js";
export type { ArraySpec, GroupSpec, HierarchySpec, OutputFormat, RaggedBlock } from "./format.js";
export type {
  Composition,
  DroppedRows,
  Executor,
  ExecutorOptions,
  ExecutorSession,
  ModuleReference,
  ReadAmount,
  RetryPolicy,
  RunContext,
  ShardJob,
  ShardResult,
  SkippedGranule,
} from "./executor.js";
export type {
  AnyAggregator,
  AnyGridFactory,
  Plugin,
  PluginKind,
  Registry,
  RegistryDefaults,
} from "./registry.js";

export {
  CatalogError,
  CodedError,
  ConfigError,
  GeometryError,
  GridError,
  HttpError,
  PluginError,
  ReaderError,
  RunError,
  ShardMapError,
  StoreError,
  errorFromJson,
  errorToJson,
  isCodedError,
} from "./errors.js";
export { allocate, dtypes, integerRange, isDType, isFloat, isWideInteger, itemSize } from "./dtype.js";
export { joinInteger, splitInteger, splitIntegers } from "./exact-integers.js";
export { fillElement, isSpelledFillValue, spellFillValue } from "./fill-value.js";
export { outputFieldSignature, sameOutputFields } from "./fields.js";
export { NO_ID, chunkCells, shardCells } from "./grid.js";
export { defineGrid } from "./define-grid.js";
export { latticePoints } from "./lattice-points.js";
export { packedPlacement, shardIndices, shardUnknown, wholePlacement } from "./placement.js";
export { perCell } from "./per-cell.js";
export { cellPartial } from "./cell-partial.js";
export {
  assertEncodedLength,
  assertParents,
  decodeCells,
  encodeCells,
  encodedArrays,
  stateInvalid,
} from "./encoded-state.js";
export { openGranule } from "./open-granule.js";
export { cfAttributes, cfEncoding } from "./encoding/cf-attributes.js";
export { NOTES } from "./store.js";
export { assertRange, rangeWithin } from "./object-range.js";
export { beginByCopy } from "./copy-transaction.js";
export { failedShard, shardResult, workerDied } from "./shard-result.js";
export { createRegistry, namesOf, plainFunctionName, uriScheme } from "./registry.js";
export { assertBoundChunkValueShape, assertBoundFieldShape, pluginFailure } from "./plugin-shape.js";
export { didYouMean, suggest } from "./suggest.js";
export type {
  DataSourceConfig,
  DatasetConfig,
  FilterConfig,
  VariableConfig,
  ZaggConfig,
} from "./config/schema.js";
export type { DatasetPlace } from "./config/dataset.js";
export type { ConfigScope } from "./config/compose.js";
export type { LoadedConfig, LoadOptions } from "./config/load.js";
export type { ParsedYaml } from "./config/yaml.js";
export { API_VERSION } from "./api-version.js";
export { codes } from "./codes.js";
export { configSchema } from "./config/schema.js";
export { executorParams } from "./config/executor-params.js";
export { composeConfigSchema } from "./config/compose.js";
export { configPlugins } from "./config/plugins.js";
export { parseYaml } from "./config/yaml.js";
export {
  assertDatasetColumn,
  datasetPlace,
  expandPath,
  hasDatasetColumn,
  readRequest,
} from "./config/dataset.js";
export { createGrid, loadConfig, validateConfig } from "./config/load.js";
export { fillValueOf, outputFields } from "./config/fields.js";
export { assertStoreOptions, storeOptions } from "./config/store-options.js";
