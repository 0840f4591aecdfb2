/** The errors of sources. Every `uri` is one that may be shown: without user, password and query. */
import { ReaderError, type ByteRange } from "@zagg/core";
import { passing } from "@zagg/core/internal";

export function missing(uri: string, cause?: unknown): ReaderError {
  return new ReaderError("GRANULE_MISSING", {
    what: `there is no granule at ${uri}`,
    why: "nothing has that name",
    mend: "correct the path, or fetch the granule",
    path: uri,
    ...(cause === undefined ? {} : { cause }),
  });
}

/** @param cause of the operating system; one that may pass makes the error `transient` */
export function unreadable(uri: string, why: string, mend: string, cause?: unknown): ReaderError {
  return new ReaderError("GRANULE_UNREADABLE", {
    what: `the granule ${uri} cannot be opened`,
    why,
    mend,
    path: uri,
    ...passing(cause),
    ...(cause === undefined ? {} : { cause }),
  });
}

export function changed(uri: string, why: string): ReaderError {
  return new ReaderError("GRANULE_CHANGED", {
    what: `the granule ${uri} has changed while it was read`,
    why,
    mend: "let what writes it finish, and repeat the run",
    path: uri,
  });
}

export function outside(uri: string, { start, stop }: ByteRange, size: number): ReaderError {
  return new ReaderError("GRANULE_RANGE", {
    what: `bytes ${start} to ${stop} are asked of ${uri}`,
    why: `it has ${size} bytes`,
    mend: "fetch the granule again: it may be cut short",
    path: uri,
    details: { start, stop, size },
  });
}

/** The URI without what may be secret in it: its user, its query and its fragment. */
export function withoutSecrets(uri: string): string {
  return uri.replace(/[?#].*$/s, "").replace(/\/\/[^/]*@/, "//");
}
