/** JSON and byte ranges over HTTP from servers that throttle, break off, redirect and answer with something else. */
import { ConfigError } from "@zagg/core";
import { isTransient, withAttempts, type Again } from "./attempts.js";
import { retryAfterMs } from "./backoff.js";
import { readText } from "./body.js";
import { answerError, isCutJson, tooLargeError } from "./failures.js";
import { httpSettings, type HttpOptions, type HttpSettings } from "./options.js";
import { attemptRange, type RangeAnswer, type RangeRequest } from "./range.js";
import { exchange, type HttpRequest } from "./redirects.js";
import { isHeader } from "./request.js";

export interface JsonAnswer {
  readonly json: unknown;
  readonly headers: Headers;
}

/**
 * Network failures, timeouts, bodies that break off, 408, 425, 429 and 5xx are tried again after a wait, which is what
 * `Retry-After` says if that is longer. The error of the last attempt is `transient`, unless there is no such host or its
 * certificate is not to be trusted.
 */
export interface HttpClient {
  /**
   * The JSON of the answer to a request.
   * @throws HttpError `HTTP_BODY_SIZE`, `HTTP_STATUS`, `HTTP_INTERRUPTED`, `HTTP_NOT_JSON`, `HTTP_REDIRECTS`, `HTTP_TIMEOUT`,
   * `HTTP_UNREACHABLE`, `HTTP_URL`
   */
  json(request: HttpRequest): Promise<JsonAnswer>;
  /**
   * Bytes of what is at a URL: exactly those asked for, whether or not the server knows of ranges.
   * @throws HttpError as `json`, and `HTTP_CHANGED` when the etag is no longer the one given, `HTTP_RANGE` when there are not so
   * many bytes or the answer is of other ones
   */
  range(request: RangeRequest): Promise<RangeAnswer>;
}

/** @throws ConfigError `HTTP_HEADER` */
export function createHttpClient(options: HttpOptions = {}): HttpClient {
  const settings = httpSettings(options);
  assertHeaders(settings.headers);
  return {
    json: (request) => withAttempts(settings, request, (signal) => attemptJson(settings, request, signal)),
    range: (request) => attemptRange(settings, request),
  };
}

async function attemptJson(
  settings: HttpSettings,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<JsonAnswer | Again> {
  const response = await exchange(settings, request, signal);
  const body = await readText(response, settings.maxBytes);
  if ("exceeded" in body) throw tooLargeError(request, settings.maxBytes);
  const parsed = parseJson(body.text);
  if (response.ok && parsed !== undefined) return { json: parsed.value, headers: response.headers };
  const error = answerError(request, settings, response, body.text);
  const isCut = response.ok && isCutJson(body.text);
  if (!isCut && !isTransient(response.status)) throw error;
  return { error, waitMs: retryAfterMs(response.headers.get("retry-after"), settings.now()) };
}

/** The platform would refuse them with a message that holds their values. */
function assertHeaders(headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) {
    if (isHeader(name, value)) continue;
    throw new ConfigError("HTTP_HEADER", {
      what: `the header ${JSON.stringify(name.slice(0, 40))} cannot be sent`,
      why: "its name or value has a character that headers do not have, such as a line break",
      mend: "check where it comes from; a token is one line without spaces around it",
    });
  }
}

function parseJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}
