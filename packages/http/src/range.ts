/** Bytes of a file on a server: what was asked for to the byte, or an error. */
import { HttpError, type ByteRange, type ErrorParts } from "@zagg/core";
import { isTransient, withAttempts, type Again } from "./attempts.js";
import { retryAfterMs } from "./backoff.js";
import { readBytes, readText } from "./body.js";
import { answerError, brokenError } from "./failures.js";
import type { HttpSettings } from "./options.js";
import { exchange, type HttpRequest } from "./redirects.js";
import { safeUrl } from "./safe-text.js";

/** The bytes start … stop−1 of what is at a URL; at least one. */
export interface RangeRequest extends ByteRange {
  readonly url: URL;
  /** Gets the headers of the options, which may hold credentials. */
  readonly trustedOrigin: string;
  /** What the file had for an etag before; null when that does not matter. */
  readonly etag?: string | null;
}

export interface RangeAnswer {
  readonly bytes: Uint8Array;
  readonly etag: string | null;
  /** Bytes of the whole file; null when the server does not say, or a browser does not tell. */
  readonly size: number | null;
  /** False when the server sent the file from its beginning: it knows nothing of ranges. */
  readonly isPartial: boolean;
}

/** More than this is not read in vain from a server that knows no ranges. */
const MOST_IN_VAIN = 2 ** 24;
const ERROR_BYTES = 65_536;

export async function attemptRange(settings: HttpSettings, range: RangeRequest): Promise<RangeAnswer> {
  const { start, stop } = range;
  if (!Number.isInteger(start) || !Number.isInteger(stop) || start < 0 || stop <= start) {
    throw new RangeError(`bytes ${start} to ${stop} are no range to ask for`);
  }
  const request = requestOf(range);
  return withAttempts(settings, request, async (signal) => {
    const response = await exchange(settings, request, signal);
    try {
      return await answerOf(settings, request, range, response);
    } finally {
      await response.body?.cancel().catch(() => undefined);
    }
  });
}

function requestOf({ url, trustedOrigin, start, stop, etag = null }: RangeRequest): HttpRequest {
  const headers = {
    Accept: "*/*",
    // With it, fetch asks for the bytes as they are stored, not as they are packed for the way.
    Range: `bytes=${start}-${stop - 1}`,
    ...(etag === null || isWeak(etag) ? {} : { "If-Match": etag }),
  };
  return { url, trustedOrigin, method: "GET", headers, body: null };
}

async function answerOf(
  settings: HttpSettings,
  request: HttpRequest,
  range: RangeRequest,
  response: Response,
): Promise<RangeAnswer | Again> {
  const { status, headers } = response;
  const etag = headers.get("etag");
  const isOther = etag !== null && (range.etag ?? null) !== null && plain(etag) !== plain(range.etag!);
  if (status === 412 || ((status === 200 || status === 206) && isOther)) throw changed(range);
  if (status === 416) throw outside(range, sizeOf(headers.get("content-range")));
  if (status !== 200 && status !== 206) {
    const body = await readText(response, ERROR_BYTES);
    const error = answerError(request, settings, response, "text" in body ? body.text : "");
    if (!isTransient(status)) throw error;
    return { error, waitMs: retryAfterMs(headers.get("retry-after"), settings.now()) };
  }
  assertNotPacked(range, headers);
  const isPartial = status === 206;
  if (isPartial) assertContentRange(range, response);
  else if (range.start > MOST_IN_VAIN) {
    throw refused(range, {
      what: `${safeUrl(range.url)} answers with the whole file`,
      why: "its server knows nothing of byte ranges, and the part asked for is far from the beginning",
      mend: "fetch the file, or ask another server",
    });
  }
  const { start, stop } = range;
  const skip = isPartial ? 0 : start;
  const { bytes, isWhole } = await readBytes(response, skip, stop - start);
  const size = isPartial ? sizeOf(headers.get("content-range")) : lengthOf(headers);
  if (isWhole) return { bytes, etag, size, isPartial };
  if (size !== null && size < stop) throw outside(range, size);
  return { error: brokenError(request, new Error("the body breaks off"), null), waitMs: null };
}

function assertNotPacked(range: RangeRequest, headers: Headers): void {
  const encoding = headers.get("content-encoding") ?? "identity";
  if (encoding === "identity") return;
  throw refused(range, {
    what: `${safeUrl(range.url)} answers packed, as ${encoding}`,
    why: "places in a packed file are others than in the file",
    mend: "ask a server that sends files as they are",
  });
}

/** @throws HttpError `HTTP_RANGE` when the answer is of other bytes than those asked for */
function assertContentRange(range: RangeRequest, { headers, type }: Response): void {
  const text = headers.get("content-range");
  // A browser tells of this header only when the server of another origin allows it.
  if (text === null && type === "cors") return;
  const [, first, last, size] = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(text ?? "") ?? [];
  if (Number(first) === range.start && Number(last) === range.stop - 1) return;
  if (Number(first) === range.start && Number(size) < range.stop) throw outside(range, Number(size));
  throw refused(range, {
    what: `${safeUrl(range.url)} answers with ${text === null ? "a part of unknown place" : JSON.stringify(text.slice(0, 80))}`,
    why: `bytes ${range.start} to ${range.stop - 1} were asked for`,
    mend: "ask another server: this one or a proxy before it mistakes ranges",
  });
}

/** Bytes of the whole file by a `Content-Range`. */
function sizeOf(contentRange: string | null): number | null {
  const size = /^bytes [^/]*\/(\d+)$/.exec(contentRange ?? "")?.[1];
  return size === undefined ? null : Number(size);
}

function lengthOf(headers: Headers): number | null {
  const text = headers.get("content-length");
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
}

const isWeak = (etag: string): boolean => etag.startsWith("W/");
const plain = (etag: string): string => etag.replace(/^W\//, "");

function changed(range: RangeRequest): HttpError {
  return new HttpError("HTTP_CHANGED", {
    what: `${safeUrl(range.url)} is no longer what it was`,
    why: "its etag is another one",
    mend: "begin again with what is there now",
    details: { url: safeUrl(range.url) },
  });
}

function outside(range: RangeRequest, size: number | null): HttpError {
  return refused(range, {
    what: `bytes ${range.start} to ${range.stop} are asked of ${safeUrl(range.url)}`,
    why: size === null ? "there are fewer" : `it has ${size} bytes`,
    mend: "ask for bytes that are there",
  });
}

function refused({ url, start, stop }: RangeRequest, parts: ErrorParts): HttpError {
  return new HttpError("HTTP_RANGE", { ...parts, details: { url: safeUrl(url), start, stop } });
}
