/** The source contract: where the bytes of granules come from, range by range. */

/** The bytes start … stop−1. */
export interface ByteRange {
  readonly start: number;
  readonly stop: number;
}

/** Bytes at one place: a file, an object of a store, what a server answers. They stay the same as long as it is open. */
export interface ByteSource {
  /** Names it in messages, so without what may be secret: user, password, query. A path for a file. */
  readonly uri: string;
  /** Bytes. */
  readonly size: number;
  /** Changes when the content does; null when nothing tells. */
  readonly etag: string | null;
  /** The absolute path of a local file, for libraries that open files themselves. */
  readonly localPath?: string;
  /**
   * The bytes of ranges, in the order in which they are asked: the caller's own. Ranges may overlap, repeat and be empty;
   * an empty list asks only whether the bytes are still those that were opened.
   * @param signal ends the wait; the promise is then rejected with its reason
   * @throws ReaderError `GRANULE_RANGE` when a range ends beyond the last byte, `GRANULE_CHANGED` when the bytes are no longer
   * those that were opened, `GRANULE_UNREADABLE`. Never fewer bytes than asked.
   * @throws RangeError for a range that is none (backwards, negative, fractional); TypeError when the source is closed
   */
  read(ranges: readonly ByteRange[], signal?: AbortSignal): Promise<readonly Uint8Array[]>;
  /** Twice is no error. */
  close(): Promise<void>;
}

/** What opens the URIs of some schemes. */
export interface SourceFactory {
  readonly kind: "source";
  readonly apiVersion: 2;
  readonly name: string;
  readonly description: string;
  /** URI schemes that it opens, in lower case; a plain path has the scheme `file`. */
  readonly schemes: readonly string[];
  /**
   * @param signal ends the opening only; reads have their own
   * @throws ReaderError `GRANULE_MISSING`, `GRANULE_UNREADABLE`
   */
  open(uri: string, signal?: AbortSignal): Promise<ByteSource>;
}
