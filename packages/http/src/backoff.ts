/** How long to wait before a request is sent again. */

const FIRST_MS = 1_000;
const MOST_MS = 30_000;

/** A random part of a span that doubles with each attempt (full jitter), 1 s at first and 30 s at most. */
export function backoffMs(attempt: number, random: number): number {
  return Math.floor(random * Math.min(MOST_MS, FIRST_MS * 2 ** (attempt - 1)));
}

/** The wait that a `Retry-After` header asks for, in seconds or as a date; null when it asks for none. */
export function retryAfterMs(header: string | null, nowMs: number): number | null {
  if (header === null) return null;
  const text = header.trim();
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - nowMs);
}
