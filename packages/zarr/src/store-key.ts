/** Keys that every store can hold. */
import { StoreError } from "@zagg/core";

const unsafeCharacters = /[\u0000-\u001f\\]/;

/**
 * A key is one or more segments joined by `/`; none is empty, `.` or `..`, or has a backslash or control character.
 * @throws StoreError `STORE_KEY_INVALID`
 */
export function assertKey(key: string): void {
  if (key !== "" && isSafePath(key)) return;
  throw keyError(key);
}

/** A prefix is the beginning of a key: its last segment may be cut short or empty. @throws StoreError `STORE_KEY_INVALID` */
export function assertPrefix(prefix: string): void {
  const folder = prefix.slice(0, Math.max(0, prefix.lastIndexOf("/")));
  const isCutKey = folder === "" ? !prefix.startsWith("/") : isSafePath(folder);
  if (isCutKey && !unsafeCharacters.test(prefix)) return;
  throw keyError(prefix);
}

/** @throws RangeError when a transaction has no id to be found by */
export function assertTransactionId(id: string): void {
  if (id === "") throw new RangeError("a transaction needs an id, which may be any text but the empty one");
}

/** The id as a part of a name: it has no dot and no slash, so that no two names of works can be confused. */
export function escapedId(id: string): string {
  return encodeURIComponent(id).replaceAll(".", "%2E");
}

function isSafePath(path: string): boolean {
  const isSegment = (segment: string) => segment !== "" && segment !== "." && segment !== "..";
  return !unsafeCharacters.test(path) && path.split("/").every(isSegment);
}

function keyError(key: string): StoreError {
  return new StoreError("STORE_KEY_INVALID", {
    what: `${JSON.stringify(key)} is not a key`,
    why: 'a key is relative, and has no empty segment, no "." or "..", no backslash and no control character',
    mend: "rename the array or group that it belongs to",
  });
}
