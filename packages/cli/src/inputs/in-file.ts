/** Errors that say in which file the mistake is. */
import { errorFromJson, errorToJson, isCodedError, type CodedErrorJson, type Warning } from "@zagg/core";

/** Does some work on what a file holds; a coded error that it throws names the file, unless it names one already. */
export function inFile<T>(file: string | ((error: CodedErrorJson) => string), work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!isCodedError(error) || typeof error.details?.["file"] === "string") throw error;
    const json = errorToJson(error);
    const name = typeof file === "string" ? file : file(json);
    const named = { ...json, details: { ...json.details, file: name }, cause: error };
    throw errorFromJson(named);
  }
}

/** A warning that names the file, unless it names one already. */
export function warningIn(file: string, warning: Warning): Warning {
  return { ...warning, details: { file, ...warning.details } };
}
