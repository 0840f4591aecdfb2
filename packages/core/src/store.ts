/** The object store contract. Keys are `/`-separated and relative; every write is whole and atomic. */
import type { JsonObject, JsonSchema } from "./json.js";

/** Which bytes of an object: from `start` up to `stop`, that one excluded; or its `last` so many. */
export type ObjectRange = { readonly start: number; readonly stop: number } | { readonly last: number };

/**
 * A flat map from keys to bytes. What was acknowledged is seen by every handle, listings included. A store asks again by
 * itself, a bounded number of times, where an answer is lost or put off: every operation may be repeated without harm,
 * and its caller repeats none.
 */
export interface ObjectStore {
  readonly uri: string;
  /** The object's bytes; undefined when there is none. @throws StoreError */
  get(key: string): Promise<Uint8Array | undefined>;
  /**
   * A part of the object; undefined when there is none. What lies beyond its end is left out, so that the part may be
   * shorter than was asked for, or empty.
   * @throws RangeError for a range that is no whole numbers from 0, or ends before it starts
   * @throws StoreError
   */
  getRange(key: string, range: ObjectRange): Promise<Uint8Array | undefined>;
  /** Bytes of the object, without reading them; undefined when there is none. @throws StoreError */
  size(key: string): Promise<number | undefined>;
  /** Writes a whole object: readers see the old bytes or the new ones. @throws StoreError `STORE_UNWRITABLE`, `STORE_FULL` */
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** Removes an object; no error when there is none. */
  delete(key: string): Promise<void>;
  /** Keys that start with a prefix, in no particular order. */
  list(prefix: string): AsyncIterable<string>;
}

/** An object that is to be put. */
export interface NamedObject {
  readonly key: string;
  readonly bytes: Uint8Array;
}

/** Keys of a work that begin so are notes about it (a claim, a ledger), which no commit puts at the target. */
export const NOTES = ".zagg/";

/**
 * Work on a store that takes the place of the target by a commit. A reader of the target, who begins at its root, finds
 * the old store whole, the new one whole, or no store: never a mixture that opens.
 */
export interface StoreTransaction {
  /** Where workers write until the commit; {@link StoreFactory.open} takes it, in any process. */
  readonly workUri: string;
  readonly store: ObjectStore;
  /** Whether an earlier transaction of the same id left work here. */
  readonly resumed: boolean;
  /** Whether it left a commit half done, so that the target may not open until this one commits or aborts. */
  readonly committing: boolean;
  /**
   * Puts the work, its {@link NOTES} excepted, in place of whatever stood at the target, and the root after everything
   * else. May be repeated after a failure, and by another process that holds the same id: the end is the same.
   * @param root the objects that make the store open, at least one; put in this order
   * @throws StoreError `STORE_UNWRITABLE` when the work is gone and the target does not hold this root, and after an abort
   */
  commit(root: readonly NamedObject[]): Promise<void>;
  /** Drops the work; the target stays as it was. A commit that is half done cannot be undone, and is finished instead. */
  abort(): Promise<void>;
}

/** A kind of store. */
export interface StoreFactory {
  readonly kind: "store";
  readonly apiVersion: 2;
  readonly name: string;
  readonly description: string;
  /** URI schemes it opens; a plain path has the scheme `file`. */
  readonly schemes: readonly string[];
  /** What `options` may hold, a schema of objects. One without properties takes no options. */
  readonly optionsSchema: JsonSchema;
  /** @param options fit the schema; none when left out */
  open(uri: string, options?: JsonObject): ObjectStore;
  /**
   * Begins work that will replace the target at commit. Writes nothing to the target, unless a commit was cut off
   * there: that of another id is finished or undone, so that the target is whole; that of this id is left to
   * {@link StoreTransaction.commit} when the target does not open yet, and `committing` says so.
   * @param id names the work: the same id finds what an interrupted transaction left
   * @param options fit the schema; none when left out
   * @throws StoreError `STORE_UNWRITABLE` when the place cannot be written
   */
  begin(uri: string, id: string, options?: JsonObject): Promise<StoreTransaction>;
}
