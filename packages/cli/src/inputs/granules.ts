/** Local granules by pattern. */
import { basename, resolve } from "node:path";
import { ConfigError } from "@zagg/core";
import { glob } from "tinyglobby";

/** Absolute paths of the files that a pattern names, sorted by name. @throws ConfigError `CLI_NO_GRANULES` */
export async function findGranules(patterns: readonly string[]): Promise<string[]> {
  const paths = await glob(
    patterns.map((pattern) => pattern.replaceAll("\\", "/")),
    { absolute: true, onlyFiles: true, dot: false },
  );
  if (paths.length === 0) {
    throw new ConfigError("CLI_NO_GRANULES", {
      what: `no file matches ${patterns.join(" ")}`,
      why: "a shard map needs granules",
      mend: "check the pattern, and put it in quotes so that the shell leaves it alone",
    });
  }
  return paths
    .map((path) => resolve(path))
    .sort((a, b) => compare(basename(a), basename(b)) || compare(a, b));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
