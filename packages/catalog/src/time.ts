/** Moments: RFC 3339 in UTC in items, microseconds since 1970 in Parquet. */

const FORMAT =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9})\d*)?)?\s*(?:(Z|UTC)|([+-])(\d{2}):?(\d{2})?)?)?$/i;

const MICROS_PER_DAY = 86_400e6;

/**
 * Microseconds since 1970 of an RFC 3339 text; undefined when it is none. A time without a zone is in UTC, a date alone
 * its first moment; what is finer than a microsecond is cut off, and a leap second is the first second of the next minute.
 */
export function microsOfTime(text: string): number | undefined {
  const parts = FORMAT.exec(text.trim());
  if (parts === null) return undefined;
  const [
    ,
    date = "",
    hour = "0",
    minute = "0",
    second = "0",
    fraction = "",
    ,
    sign,
    zoneHour = "0",
    zoneMinute = "0",
  ] = parts;
  const dayMs = Date.parse(`${date}T00:00:00Z`);
  const inRange = Number(hour) <= 24 && Number(minute) < 60 && Number(second) <= 60;
  // Date.parse takes 30 February for 1 March.
  const isDay = Number.isFinite(dayMs) && new Date(dayMs).toISOString().startsWith(date);
  if (!inRange || !isDay) return undefined;
  const zone = (sign === "-" ? -60 : 60) * (60 * Number(zoneHour) + Number(zoneMinute));
  const seconds =
    3600 * Number(hour) + 60 * Number(minute) + Number(second) - (sign === undefined ? 0 : zone);
  return dayMs * 1e3 + seconds * 1e6 + Number(fraction.padEnd(6, "0").slice(0, 6));
}

/** RFC 3339 of microseconds since 1970, with as many decimals as it needs of none, three and six. */
export function timeOfMicros(micros: number): string {
  const ofDay = ((micros % MICROS_PER_DAY) + MICROS_PER_DAY) % MICROS_PER_DAY;
  const date = new Date((micros - ofDay) / 1e3).toISOString().slice(0, -14);
  const fraction = ofDay % 1e6;
  const seconds = (ofDay - fraction) / 1e6;
  const clock = `${date}T${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
  if (fraction === 0) return `${clock}Z`;
  return fraction % 1e3 === 0
    ? `${clock}.${String(fraction / 1e3).padStart(3, "0")}Z`
    : `${clock}.${String(fraction).padStart(6, "0")}Z`;
}

function two(value: number): string {
  const whole = Math.floor(value);
  return whole < 10 ? `0${whole}` : `${whole}`;
}

/** The same moment in the form that items have; undefined when the text is no time. */
export function utcTime(text: string): string | undefined {
  const micros = microsOfTime(text);
  if (micros === undefined) return undefined;
  const time = timeOfMicros(micros);
  return /^\d{4}-/.test(time) ? time : undefined;
}
