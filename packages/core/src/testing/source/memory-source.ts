/** A source over bytes in memory that can be as slow and as unreliable as a server. */
import { ReaderError } from "../../errors.js";
import type { ByteSource, SourceFactory } from "../../source.js";

/** How far away the bytes are. */
export interface MemorySourceBehaviour {
  /** Milliseconds until each answer. */
  readonly delayMs?: number;
  /** Told before each read of bytes, counted from 0 for each source that is opened: what it throws, the read fails with. */
  readonly beforeRead?: (count: number) => void;
}

/** The name under which {@link memorySource} opens an object. */
const SCHEME = "memory";

/**
 * Opens `memory://NAME` for each name of a map. An entry that is replaced has changed: what was opened of it before is refused.
 */
export function memorySource(
  objects: ReadonlyMap<string, Uint8Array>,
  behaviour: MemorySourceBehaviour = {},
): SourceFactory {
  return {
    kind: "source",
    apiVersion: 2,
    name: SCHEME,
    description: "Bytes in memory.",
    schemes: [SCHEME],
    async open(uri, signal) {
      signal?.throwIfAborted();
      const name = /^memory:\/\/(.*)$/.exec(uri)?.[1];
      const shown = uri.replace(/[?#].*$/s, "").replace(/\/\/[^/]*@/, "//");
      if (name === undefined) throw failure("GRANULE_UNREADABLE", shown, "its scheme is not memory://");
      if (!objects.has(name)) throw failure("GRANULE_MISSING", shown, "nothing has that name");
      return sourceOf(shown, objects.get(name)!, () => objects.get(name), behaviour);
    },
  };
}

/** A source over these bytes, which do not change. */
export function bytesInMemory(bytes: Uint8Array, behaviour: MemorySourceBehaviour = {}): ByteSource {
  return sourceOf("memory://granule", bytes, () => bytes, behaviour);
}

let versions = 0;
const etags = new WeakMap<Uint8Array, string>();

function etagOf(bytes: Uint8Array): string {
  const etag = etags.get(bytes) ?? `version-${versions++}`;
  etags.set(bytes, etag);
  return etag;
}

function sourceOf(
  uri: string,
  bytes: Uint8Array,
  now: () => Uint8Array | undefined,
  { delayMs = 0, beforeRead }: MemorySourceBehaviour,
): ByteSource {
  let isOpen = true;
  let reads = 0;
  return {
    uri,
    size: bytes.length,
    etag: etagOf(bytes),
    async read(ranges, signal) {
      if (!isOpen) throw new TypeError(`the source ${uri} is closed`);
      signal?.throwIfAborted();
      for (const { start, stop } of ranges) {
        if (!Number.isInteger(start) || !Number.isInteger(stop) || start < 0 || stop < start) {
          throw new RangeError(`bytes ${start} to ${stop} are no range`);
        }
        if (stop > bytes.length) throw failure("GRANULE_RANGE", uri, `it has ${bytes.length} bytes`);
      }
      if (ranges.length > 0) beforeRead?.(reads++);
      if (delayMs > 0) await waitMs(delayMs, signal);
      if (now() !== bytes) throw failure("GRANULE_CHANGED", uri, "other bytes have taken its place");
      return ranges.map(({ start, stop }) => bytes.slice(start, stop));
    },
    async close() {
      isOpen = false;
    },
  };
}

function waitMs(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal?.addEventListener("abort", stop, { once: true });
  });
}

function failure(code: string, uri: string, why: string): ReaderError {
  return new ReaderError(code, { what: `${uri} cannot be read`, why, mend: "mend it", path: uri });
}
