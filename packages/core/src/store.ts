/** The object store contract. Keys are `/`-separated and relative; every write is whole and atomic. */

/** A flat map from keys to bytes. */
export interface ObjectStore {
  readonly uri: string;
  /** The object's bytes; undefined when there is none. @throws StoreError */
  get(key: string): Promise<Uint8Array | undefined>;
  /** Writes a whole object: readers see the old bytes or the new ones. @throws StoreError `STORE_UNWRITABLE`, `STORE_FULL` */
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** Removes an object; no error when there is none. */
  delete(key: string): Promise<void>;
  /** Keys that start with a prefix, in no particular order. */
  list(prefix: string): AsyncIterable<string>;
}

/** Work on a store that becomes visible all at once, or not at all. */
export interface StoreTransaction {
  /** Where workers write until the commit; {@link StoreFactory.open} takes it. */
  readonly workUri: string;
  readonly store: ObjectStore;
  /** Whether an earlier transaction of the same id left work here. */
  readonly resumed: boolean;
  /** Puts the work in place of whatever stood at the target. */
  commit(): Promise<void>;
  /** Drops the work; the target stays as it was. */
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
  open(uri: string): ObjectStore;
  /**
   * Begins work that will replace the target at commit. Writes nothing to the target before.
   * @param id names the work: the same id finds what an interrupted transaction left
   * @throws StoreError `STORE_UNWRITABLE` when the place cannot be written
   */
  begin(uri: string, id: string): Promise<StoreTransaction>;
}
