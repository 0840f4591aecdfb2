/** The end of a build that is told to stop. */
import { ShardMapError } from "@zagg/core";

/** @throws ShardMapError `SHARDMAP_INTERRUPTED` when the signal is aborted */
export function assertGoingOn(signal: AbortSignal | undefined, granulesDone: number): void {
  if (signal?.aborted !== true) return;
  throw new ShardMapError("SHARDMAP_INTERRUPTED", {
    what: `the build was interrupted after ${granulesDone} granules`,
    why: "it was told to stop, and a map of a part of the granules would pass for the whole",
    mend: "build again",
    details: { granules: granulesDone },
    cause: signal.reason,
  });
}
