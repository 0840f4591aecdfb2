/** How servers are asked over HTTP: identity, patience and bounds. */

export interface HttpOptions {
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Says who asks, such as `zagg/1.2.3 (granule catalog client)`. Browsers send their own instead. */
  readonly userAgent?: string | undefined;
  /** Sent to the trusted origin of a request, and to no other. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** For one attempt, its redirects and the whole body. Default 60 s. */
  readonly timeoutMs?: number | undefined;
  /** Of one request, the first included. Default 6. */
  readonly attempts?: number | undefined;
  /** The longest wait before an attempt; a server that asks for more is given up on. Default 120 s. */
  readonly maxWaitMs?: number | undefined;
  /** Of one decoded body. Default 256 MiB. */
  readonly maxBytes?: number | undefined;
  /** Of one attempt. Default 10. */
  readonly maxRedirects?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told before the wait for another attempt. */
  readonly onRetry?: ((retry: Retry) => void) | undefined;
  /** Waits, and rejects when the signal is aborted; for tests. */
  readonly sleep?: ((ms: number, signal: AbortSignal | undefined) => Promise<void>) | undefined;
  /** In [0, 1); for tests. */
  readonly random?: (() => number) | undefined;
  /** Milliseconds since 1970; for tests. */
  readonly now?: (() => number) | undefined;
}

/** Why and when a request is sent again. */
export interface Retry {
  readonly code: string;
  readonly what: string;
  /** Attempts made so far. */
  readonly attempt: number;
  readonly waitMs: number;
}

/** The options with their defaults. */
export interface HttpSettings {
  readonly fetch: typeof globalThis.fetch;
  readonly userAgent: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly attempts: number;
  readonly maxWaitMs: number;
  readonly maxBytes: number;
  readonly maxRedirects: number;
  readonly signal: AbortSignal | undefined;
  readonly onRetry: (retry: Retry) => void;
  readonly sleep: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  readonly random: () => number;
  readonly now: () => number;
}

export function httpSettings(options: HttpOptions): HttpSettings {
  return {
    fetch: options.fetch ?? globalThis.fetch,
    userAgent: options.userAgent ?? "zagg",
    headers: options.headers ?? {},
    // A timer set further ahead goes off at once.
    timeoutMs: Math.min(options.timeoutMs ?? 60_000, 2 ** 31 - 1),
    attempts: options.attempts ?? 6,
    maxWaitMs: options.maxWaitMs ?? 120_000,
    maxBytes: options.maxBytes ?? 2 ** 28,
    maxRedirects: options.maxRedirects ?? 10,
    signal: options.signal,
    onRetry: options.onRetry ?? (() => undefined),
    sleep: options.sleep ?? sleepFor,
    random: options.random ?? Math.random,
    now: options.now ?? Date.now,
  };
}

function sleepFor(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) return reject(signal.reason as Error);
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    }, ms);
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}
