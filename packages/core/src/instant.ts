/** Days and instants as people write them. */

/** A day or an instant of ISO 8601. */
export interface Instant {
  /** Milliseconds since 1970; of a day its first one. */
  readonly ms: number;
  /** Whether a day is meant, without a time. */
  readonly isDay: boolean;
}

export const DAY_MS = 86_400_000;

const FORM = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(?: ?(Z|[+-]\d\d:?\d\d))?)?$/;

/**
 * `2019-02-28`, `2019-02-28T15:00`, `2019-02-28 15:00:00.5Z`, `…+01:00`: without an offset UTC. Undefined for other texts and for
 * what no calendar has, such as February 30.
 */
export function readInstant(text: string): Instant | undefined {
  const [, ...parts] = FORM.exec(text) ?? [];
  if (parts.length === 0) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(0, 6)
    .map((part) => Number(part ?? 0));
  const start = new Date(Date.UTC(year, month - 1, day));
  const isOfCalendar = start.getUTCMonth() === month - 1 && start.getUTCDate() === day;
  const offset = offsetMinutes(parts[7]);
  if (!isOfCalendar || hour > 23 || minute > 59 || second > 59 || offset === undefined) return undefined;
  const fractionMs = Math.floor(Number(`0.${parts[6] ?? "0"}`) * 1000);
  const ms = start.getTime() + ((hour * 60 + minute - offset) * 60 + second) * 1000 + fractionMs;
  return { ms, isDay: parts[3] === undefined };
}

/** Of `+01:00`: 60. Undefined beyond a day. */
function offsetMinutes(zone: string | undefined): number | undefined {
  if (zone === undefined || zone === "Z") return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes);
}
