/** Errors that say in which file the mistake is. */
import { errorFromJson, errorToJson, isCodedError, type CodedErrorJson, type Warning } from "@zagg/core";

/** Does some work on what a file holds; a coded error that it throws names the file, unless it names one already. */
export function inFile<T>(file: string | ((error: CodedErrorJson) => string), work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw named(file, error);
  }
}

/** The same for work that takes time. */
export async function inFileLater<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw named(file, error);
  }
}

function named(file: string | ((error: CodedErrorJson) => string), error: unknown): unknown {
  if (!isCodedError(error) || typeof error.details?.["file"] === "string") return error;
  const json = errorToJson(error);
  const name = typeof file === "string" ? file : file(json);
  return errorFromJson({ ...json, details: { ...json.details, file: name }, cause: error } as CodedErrorJson);
}

/** A warning that names the file, unless it names one already. */
export function warningIn(file: string, warning: Warning): Warning {
  return { ...warning, details: { file, ...warning.details } };
}
