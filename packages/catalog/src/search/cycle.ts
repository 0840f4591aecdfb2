/** The 91-day repeat cycles of ICESat-2. */
import { ConfigError } from "@zagg/core";

const FIRST_DAY = Date.UTC(2018, 9, 13);
const CYCLE_DAYS = 91;
const DAY_MS = 86_400_000;

/**
 * First and last day of a cycle, `YYYY-MM-DD`. The last is the first of the next one, which holds the cycle's last orbit.
 * @param cycle 1 began on 2018-10-13
 * @throws ConfigError `CATALOG_QUERY`
 */
export function cycleDates(cycle: number): { readonly start: string; readonly end: string } {
  if (!Number.isInteger(cycle) || cycle < 1 || cycle > 999) {
    throw new ConfigError("CATALOG_QUERY", {
      what: `the cycle is ${cycle}`,
      why: "ICESat-2 counts its 91-day cycles from 1, which began on 2018-10-13",
      mend: "give a cycle such as 22, or the first and last day",
    });
  }
  const first = FIRST_DAY + (cycle - 1) * CYCLE_DAYS * DAY_MS;
  return { start: dayOf(first), end: dayOf(first + CYCLE_DAYS * DAY_MS) };
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
