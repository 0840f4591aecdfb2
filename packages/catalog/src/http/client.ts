/** JSON over HTTP from servers that throttle, break off, redirect and answer with something else. */
import { CatalogError, ConfigError, isCodedError } from "@zagg/core";
import { backoffMs, retryAfterMs } from "./backoff.js";
import { readText } from "./body.js";
import { httpSettings, type HttpOptions, type HttpSettings } from "./options.js";
import { exchange, type HttpRequest } from "./redirects.js";
import { answerError, brokenError, isCutJson, tooLargeError } from "./failures.js";
import { safeUrl } from "./safe-text.js";

export interface JsonAnswer {
  readonly json: unknown;
  readonly headers: Headers;
}

export interface HttpClient {
  /**
   * The JSON of the answer to a request. Network failures, timeouts, bodies that break off, 408, 425, 429 and 5xx are
   * tried again after a wait, which is what `Retry-After` says if that is longer.
   * @throws CatalogError `CATALOG_BODY_SIZE`, `CATALOG_HTTP_STATUS`, `CATALOG_INTERRUPTED`, `CATALOG_NOT_JSON`,
   * `CATALOG_REDIRECTS`, `CATALOG_TIMEOUT`, `CATALOG_UNREACHABLE`, `CATALOG_URL`
   */
  json(request: HttpRequest): Promise<JsonAnswer>;
}

/** Worth another attempt, after this wait at least. */
interface Again {
  readonly error: CatalogError;
  readonly waitMs: number | null;
}

const TRANSIENT = new Set([408, 425, 429, 500, 502, 503, 504]);

export function createHttpClient(options: HttpOptions = {}): HttpClient {
  const settings = httpSettings(options);
  assertHeaders(settings.headers);
  return {
    async json(request) {
      for (let attempt = 1; ; attempt++) {
        assertGoingOn(settings);
        const outcome = await attemptJson(settings, request);
        if (!("error" in outcome)) return outcome;
        const waitMs = Math.max(outcome.waitMs ?? 0, backoffMs(attempt, settings.random()));
        if (attempt >= settings.attempts || waitMs > settings.maxWaitMs) {
          throw giveUp(outcome, attempt, settings);
        }
        settings.onRetry({ code: outcome.error.code, what: outcome.error.what, attempt, waitMs });
        await settings.sleep(waitMs, settings.signal).catch((cause: unknown) => {
          assertGoingOn(settings);
          throw cause;
        });
      }
    },
  };
}

async function attemptJson(settings: HttpSettings, request: HttpRequest): Promise<JsonAnswer | Again> {
  const { signal, isTimeout, release } = deadline(settings);
  try {
    const response = await exchange(settings, request, signal);
    const body = await readText(response, settings.maxBytes);
    if ("exceeded" in body) throw tooLargeError(request, settings.maxBytes);
    const parsed = parseJson(body.text);
    if (response.ok && parsed !== undefined) return { json: parsed.value, headers: response.headers };
    const error = answerError(request, settings, response, body.text);
    const isCut = response.ok && isCutJson(body.text);
    if (!isCut && !TRANSIENT.has(response.status)) throw error;
    return { error, waitMs: retryAfterMs(response.headers.get("retry-after"), settings.now()) };
  } catch (cause) {
    if (isCodedError(cause)) throw cause;
    assertGoingOn(settings);
    return { error: brokenError(request, cause, isTimeout() ? settings.timeoutMs : null), waitMs: null };
  } finally {
    release();
  }
}

/** A signal for one attempt: the caller's, or the end of its time. */
function deadline({ signal, timeoutMs }: HttpSettings): {
  signal: AbortSignal;
  isTimeout: () => boolean;
  release: () => void;
} {
  const controller = new AbortController();
  let isTimeout = false;
  const onAbort = (): void => controller.abort(signal?.reason);
  const timer = setTimeout(() => {
    isTimeout = true;
    controller.abort();
  }, timeoutMs);
  signal?.addEventListener("abort", onAbort, { once: true });
  return {
    signal: controller.signal,
    isTimeout: () => isTimeout,
    release: () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    },
  };
}

function giveUp({ error, waitMs }: Again, attempts: number, settings: HttpSettings): CatalogError {
  const isTooLong = waitMs !== null && waitMs > settings.maxWaitMs;
  const why = isTooLong
    ? `${error.why}, and it asks to come again in ${Math.ceil(waitMs / 1000)} s`
    : attempts > 1
      ? `${error.why}, at ${attempts} attempts`
      : error.why;
  const { code, what, mend, cause } = error;
  return new CatalogError(code, { what, why, mend, cause, details: { ...error.details, attempts } });
}

/** The platform would refuse them with a message that holds their values. @throws ConfigError `CATALOG_HEADER` */
function assertHeaders(headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) {
    if (isHeader(name, value)) continue;
    throw new ConfigError("CATALOG_HEADER", {
      what: `the header ${JSON.stringify(name.slice(0, 40))} cannot be sent`,
      why: "its name or value has a character that headers do not have, such as a line break",
      mend: "check where it comes from; a token is one line without spaces around it",
    });
  }
}

/** Whether a header's name and value have only characters that they may have. */
export function isHeader(name: string, value: string): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
}

/** @throws CatalogError `CATALOG_INTERRUPTED` */
function assertGoingOn({ signal }: HttpSettings): void {
  if (signal?.aborted !== true) return;
  throw new CatalogError("CATALOG_INTERRUPTED", {
    what: "the search was interrupted",
    why: "it was told to stop before it had every page",
    mend: "start it again; nothing was written",
  });
}

function parseJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

/** A request of a catalog's URL. */
export function httpRequest(
  url: URL,
  trustedOrigin: string,
  parts: Partial<Pick<HttpRequest, "method" | "headers" | "body">> = {},
): HttpRequest {
  const accept = { Accept: "application/geo+json, application/json;q=0.9, */*;q=0.1" };
  return {
    url,
    trustedOrigin,
    method: parts.method ?? "GET",
    headers: { ...accept, ...parts.headers },
    body: parts.body ?? null,
  };
}

/**
 * A URL that a catalog may be asked at.
 * @param what names it in messages
 * @throws CatalogError `CATALOG_URL`
 */
export function catalogUrl(text: string, what: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "") {
    return url;
  }
  throw new CatalogError("CATALOG_URL", {
    what: `${what} is ${url === undefined ? JSON.stringify(text.slice(0, 80)) : safeUrl(url)}`,
    why:
      url === undefined || !/^https?:$/.test(url.protocol)
        ? "catalogs are asked over http or https"
        : "a URL with a password is kept where others can read it",
    mend: "give a URL such as https://host/path",
  });
}
