/** Coded errors: every expected failure says what happened, why that is wrong and how to mend it. */
import type { Json, JsonObject } from "./json.js";

/** The parts of a coded message. */
export interface ErrorParts {
  /** What happened, with the values. */
  readonly what: string;
  /** Why that is wrong. */
  readonly why: string;
  /** How to mend it. */
  readonly mend: string;
  /** Where: a JSON pointer into the config, or a file, or a dataset path. */
  readonly path?: string;
  /** The facts as data, for programs. */
  readonly details?: JsonObject;
  /** Set when the same attempt may succeed a little later: a server that did not answer, a worker that died. */
  readonly transient?: true;
  readonly cause?: unknown;
}

/** A coded error in the form in which it crosses worker and process borders. */
export interface CodedErrorJson {
  readonly name: string;
  readonly code: string;
  readonly what: string;
  readonly why: string;
  readonly mend: string;
  readonly path?: string;
  readonly details?: JsonObject;
  readonly transient?: true;
}

/** Something a run survives but its reader should know; the same four parts as an error. */
export interface Warning {
  readonly code: string;
  readonly what: string;
  readonly why: string;
  readonly mend: string;
  readonly path?: string;
  readonly details?: JsonObject;
}

const MARK = "zagg.coded-error/1";

/** Base of every expected failure. Narrow with {@link isCodedError}, not `instanceof`. */
export class CodedError extends Error {
  readonly code: string;
  readonly what: string;
  readonly why: string;
  readonly mend: string;
  readonly path: string | undefined;
  readonly details: JsonObject | undefined;
  readonly transient: true | undefined;
  readonly mark: string = MARK;

  constructor(code: string, parts: ErrorParts) {
    super(
      `${parts.what}: ${parts.why}; ${parts.mend}`,
      parts.cause === undefined ? {} : { cause: parts.cause },
    );
    this.name = new.target.name;
    this.code = code;
    this.what = parts.what;
    this.why = parts.why;
    this.mend = parts.mend;
    this.path = parts.path;
    this.details = parts.details;
    this.transient = parts.transient;
  }

  toJSON(): CodedErrorJson {
    const { name, code, what, why, mend, path, details, transient } = this;
    return {
      name,
      code,
      what,
      why,
      mend,
      ...(path === undefined ? {} : { path }),
      ...(details === undefined ? {} : { details }),
      ...(transient === undefined ? {} : { transient }),
    };
  }
}

/** The configuration, or the way the command was called, is wrong. */
export class ConfigError extends CodedError {}
/** A plugin breaks its contract, is unknown, or collides with another. */
export class PluginError extends CodedError {}
/** A grid cannot be made or asked that way. */
export class GridError extends CodedError {}
/** A shard map is malformed, or belongs to another grid. */
export class ShardMapError extends CodedError {}
/** A region or footprint is not what it should be. */
export class GeometryError extends CodedError {}
/** A catalog cannot be reached or read, or is not what it should be. */
export class CatalogError extends CodedError {}
/** A server cannot be reached, or answers with something other than what was asked for. */
export class HttpError extends CodedError {}
/** A granule cannot be read. */
export class ReaderError extends CodedError {}
/** A store cannot be reached, read or written. */
export class StoreError extends CodedError {}
/** A run cannot start or did not complete. */
export class RunError extends CodedError {}

const families: Readonly<Record<string, new (code: string, parts: ErrorParts) => CodedError>> = {
  ConfigError,
  PluginError,
  GridError,
  CatalogError,
  ShardMapError,
  GeometryError,
  HttpError,
  ReaderError,
  StoreError,
  RunError,
};

/** True for a coded error of any package copy, and of this code when one is given. */
export function isCodedError(error: unknown, code?: string): error is CodedError {
  if (typeof error !== "object" || error === null) return false;
  const candidate = error as { mark?: unknown; code?: unknown };
  return candidate.mark === MARK && (code === undefined || candidate.code === code);
}

/** The error that {@link CodedError.toJSON} described. An unknown family becomes a plain {@link CodedError}. */
export function errorFromJson(json: CodedErrorJson): CodedError {
  const Family = families[json.name] ?? CodedError;
  return new Family(json.code, json);
}

/** Any thrown value in coded form; what is not a coded error gets the code `UNEXPECTED`. */
export function errorToJson(error: unknown): CodedErrorJson {
  if (isCodedError(error)) return error.toJSON();
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const details: Record<string, Json> =
    error instanceof Error && error.stack !== undefined ? { stack: error.stack } : {};
  return {
    name: "CodedError",
    code: "UNEXPECTED",
    what,
    why: "this is a fault in zagg or in a plugin, not in your input",
    mend: "run again with --verbose and report the stack",
    details,
  };
}
