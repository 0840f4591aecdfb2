/** One request, as often as it takes: what may pass is tried again after a wait. */
import { HttpError, isCodedError } from "@zagg/core";
import { backoffMs } from "./backoff.js";
import { brokenError, staysBroken } from "./failures.js";
import type { HttpSettings } from "./options.js";
import type { HttpRequest } from "./redirects.js";

/** Worth another attempt, after this wait at least. */
export interface Again {
  readonly error: HttpError;
  readonly waitMs: number | null;
}

const TRANSIENT = new Set([408, 425, 429, 500, 502, 503, 504]);

/** Whether an answer of this status may be another the next time. */
export function isTransient(status: number): boolean {
  return TRANSIENT.has(status);
}

/**
 * What an attempt gives, or what it says at last. Network failures, timeouts and bodies that break off are tried again.
 * @param attempt throws coded errors for what will not pass
 * @throws HttpError `HTTP_INTERRUPTED`, `HTTP_TIMEOUT`, `HTTP_UNREACHABLE`; what attempts throw or end with
 */
export async function withAttempts<T extends object>(
  settings: HttpSettings,
  request: HttpRequest,
  attempt: (signal: AbortSignal) => Promise<T | Again>,
): Promise<T> {
  for (let attempts = 1; ; attempts++) {
    assertGoingOn(settings);
    const outcome = await once(settings, request, attempt);
    if (!isAgain(outcome)) return outcome;
    const waitMs = Math.max(outcome.waitMs ?? 0, backoffMs(attempts, settings.random()));
    if (attempts >= settings.attempts || waitMs > settings.maxWaitMs) {
      throw giveUp(outcome, attempts, settings);
    }
    settings.onRetry({ code: outcome.error.code, what: outcome.error.what, attempt: attempts, waitMs });
    await settings.sleep(waitMs, settings.signal).catch((cause: unknown) => {
      assertGoingOn(settings);
      throw cause;
    });
  }
}

async function once<T extends object>(
  settings: HttpSettings,
  request: HttpRequest,
  attempt: (signal: AbortSignal) => Promise<T | Again>,
): Promise<T | Again> {
  const { signal, isTimeout, release } = deadline(settings);
  try {
    return await attempt(signal);
  } catch (cause) {
    if (isCodedError(cause)) throw cause;
    assertGoingOn(settings);
    return { error: brokenError(request, cause, isTimeout() ? settings.timeoutMs : null), waitMs: null };
  } finally {
    release();
  }
}

function isAgain(outcome: object): outcome is Again {
  return "error" in outcome;
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

/** What was worth another attempt may pass later too, unless its cause says otherwise. */
function giveUp({ error, waitMs }: Again, attempts: number, settings: HttpSettings): HttpError {
  const isTooLong = waitMs !== null && waitMs > settings.maxWaitMs;
  const why = isTooLong
    ? `${error.why}, and it asks to come again in ${Math.ceil(waitMs / 1000)} s`
    : attempts > 1
      ? `${error.why}, at ${attempts} attempts`
      : error.why;
  const { code, what, mend, cause } = error;
  const details = { ...error.details, attempts };
  const passing = staysBroken(cause) ? {} : { transient: true as const };
  return new HttpError(code, { what, why, mend, cause, details, ...passing });
}

/** @throws HttpError `HTTP_INTERRUPTED` */
function assertGoingOn({ signal }: HttpSettings): void {
  if (signal?.aborted !== true) return;
  throw new HttpError("HTTP_INTERRUPTED", {
    what: "the request was interrupted",
    why: "it was told to stop before it had its answer",
    mend: "start it again",
  });
}
