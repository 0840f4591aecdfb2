/** What the command's exit status says; docs/exit-status.md has it command by command. */
import type { CodedError } from "@zagg/core";

export const exitCodes = {
  done: 0,
  unexpected: 1,
  /** Wrong usage, a wrong configuration, or a shard map of another grid. */
  usage: 2,
  /** Nothing came of it: an input or a store cannot be reached, read or written, or there is nothing in the inputs. */
  outOfReach: 3,
  /** A part of it came: shards of a run failed, or inputs of an import could not be taken in. */
  inPart: 4,
  interrupted: 130,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const byFamily: Readonly<Record<string, ExitCode>> = {
  ConfigError: exitCodes.usage,
  PluginError: exitCodes.usage,
  GridError: exitCodes.usage,
  GeometryError: exitCodes.usage,
  ShardMapError: exitCodes.usage,
  RunError: exitCodes.usage,
  CatalogError: exitCodes.outOfReach,
  HttpError: exitCodes.outOfReach,
  ReaderError: exitCodes.outOfReach,
  StoreError: exitCodes.outOfReach,
};

const byCode: Readonly<Record<string, ExitCode>> = {
  CATALOG_INTERRUPTED: exitCodes.interrupted,
  CLI_DEMO_FOLDER: exitCodes.outOfReach,
  CLI_FILE_UNREADABLE: exitCodes.outOfReach,
  CLI_FILE_UNWRITABLE: exitCodes.outOfReach,
  CLI_IMPORT_EMPTY: exitCodes.outOfReach,
  CLI_NO_GRANULES: exitCodes.outOfReach,
  RUN_EMPTY: exitCodes.outOfReach,
  RUN_INTERRUPTED: exitCodes.interrupted,
  SHARDMAP_EMPTY: exitCodes.outOfReach,
  SHARDMAP_INTERRUPTED: exitCodes.interrupted,
  SHARDMAP_OUT_OF_BOUNDS: exitCodes.outOfReach,
};

/** The exit status of an error. */
export function exitCodeOf(error: CodedError): ExitCode {
  return byCode[error.code] ?? byFamily[error.name] ?? exitCodes.unexpected;
}
