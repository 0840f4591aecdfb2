/** `--executor-param KEY=VALUE`, which may be given several times. */
import type { JsonObject } from "@zagg/core";
import { InvalidArgumentError } from "commander";

/** Adds a parameter to those before it, as text: the executor's schema says what it means. */
export function executorParam(text: string, before: JsonObject = {}): JsonObject {
  const at = text.indexOf("=");
  if (at < 1) throw new InvalidArgumentError("It must be a name and a value: key=value.");
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}
