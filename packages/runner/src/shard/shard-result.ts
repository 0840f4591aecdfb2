/** Words and measures of what a shard reports. */

/** The reasons of the original for a shard that is done and holds nothing. */
export const NO_GRANULES = "No granules found";
export const NO_DATA = "No data after filtering";

/** Seconds, to the millisecond. @param startedMs from `performance.now()` */
export function secondsSince(startedMs: number): number {
  return Math.round(performance.now() - startedMs) / 1000;
}
