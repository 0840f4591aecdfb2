/** From the URI of a store to the folder that it means. */
import { lstat, readlink } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { StoreError, uriScheme } from "@zagg/core";
import { escapedId } from "../store-key.js";
import { isAbsent, unwritable } from "./file-errors.js";

/** The work of a transaction, its notes during a commit, or the store that a commit puts aside. */
export type SiblingRole = "partial" | "notes" | "replaced";

const MOST_LINKS = 40;

/** The absolute path of a `file://` URI or a plain path, without a trailing slash. @throws StoreError `STORE_URI_INVALID` */
export function storePath(uri: string): string {
  if (uri.trim() === "") throw invalidUri(uri, "it is empty");
  const scheme = uriScheme(uri);
  if (scheme !== "file") throw invalidUri(uri, `${scheme}:// is not a path`);
  if (!/^file:\/\//i.test(uri)) return resolve(uri);
  try {
    return resolve(fileURLToPath(uri));
  } catch (cause) {
    throw invalidUri(uri, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

/** Where a path leads when it is a symbolic link, also one to a place that is not there yet; else the path. */
export async function throughLinks(path: string): Promise<string> {
  let place = path;
  for (let links = 0; links < MOST_LINKS; links++) {
    try {
      if (!(await lstat(place)).isSymbolicLink()) return place;
      place = resolve(dirname(place), await readlink(place));
    } catch (error) {
      if (isAbsent(error)) return place;
      throw error;
    }
  }
  throw unwritable(path, `it is a chain of more than ${MOST_LINKS} symbolic links`, "name the folder itself");
}

/**
 * A hidden sibling of a folder, on the same file system: `/data/.out.zarr.<id>.<role>` beside `/data/out.zarr`. The id
 * is escaped so that it has no dot, and the siblings of `out` and of `out.zarr` cannot be confused.
 */
export function siblingPath(target: string, id: string, role: SiblingRole): string {
  return join(dirname(target), `.${basename(target)}.${escapedId(id)}.${role}`);
}

/** Whether a name in the folder of a target is one that {@link siblingPath} gives, with any id. */
export function isSiblingName(name: string, target: string, role: SiblingRole): boolean {
  const [start, end] = [`.${basename(target)}.`, `.${role}`];
  if (name.length <= start.length + end.length || !name.startsWith(start) || !name.endsWith(end))
    return false;
  return !name.slice(start.length, -end.length).includes(".");
}

function invalidUri(uri: string, why: string, cause?: unknown): StoreError {
  return new StoreError("STORE_URI_INVALID", {
    what: `${JSON.stringify(uri)} does not name a folder`,
    why,
    mend: "give a path, or a URI such as file:///data/out.zarr",
    cause,
  });
}
