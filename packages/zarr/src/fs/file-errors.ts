/** Failures of the file system as coded errors. */
import { StoreError } from "@zagg/core";
import { passing } from "@zagg/core/internal";

const noRoom: readonly string[] = ["ENOSPC", "EDQUOT", "EFBIG"];
const absent: readonly string[] = ["ENOENT", "ENOTDIR"];

const reasons: Readonly<Record<string, string>> = {
  EACCES: "permission is denied",
  EPERM: "the operation is not permitted",
  EROFS: "the file system is read-only",
  ENOTDIR: "a part of the path is a file, not a folder",
  EEXIST: "a file stands where a folder is needed",
  EISDIR: "a folder stands where a file is needed",
  ENAMETOOLONG: "the name is too long",
  EBUSY: "it is in use or a mount point",
  EXDEV: "it is on another file system",
  ENOSPC: "no space is left on the device",
  EDQUOT: "the disk quota is used up",
  EFBIG: "the file is larger than the limit for files",
};

/** The error number of the operating system, such as `ENOENT`; undefined for any other error. */
export function errorNumber(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" ? code : undefined;
}

/** Whether the error says that there is nothing at the path. */
export function isAbsent(error: unknown): boolean {
  return absent.includes(errorNumber(error) ?? "");
}

/** What a failed write means: `STORE_FULL` when there is no room, else `STORE_UNWRITABLE`, `transient` when it may pass. */
export function writeError(path: string, cause: unknown): StoreError {
  if (noRoom.includes(errorNumber(cause) ?? "")) {
    return new StoreError("STORE_FULL", {
      what: `${path} cannot be written`,
      why: reasonOf(cause),
      mend: "free some space, or write elsewhere; what was written before is whole, and a repeat continues from it",
      path,
      cause,
    });
  }
  return unwritable(
    path,
    reasonOf(cause),
    "choose a place that you may write, or change its permissions",
    cause,
  );
}

export function unwritable(path: string, why: string, mend: string, cause?: unknown): StoreError {
  const what = `${path} cannot be written`;
  return new StoreError("STORE_UNWRITABLE", { what, why, mend, path, cause, ...passing(cause) });
}

export function unreadable(path: string, cause: unknown): StoreError {
  return new StoreError("STORE_UNREADABLE", {
    what: `${path} cannot be read`,
    why: reasonOf(cause),
    mend: "check its permissions and the disk",
    path,
    cause,
    ...passing(cause),
  });
}

function reasonOf(cause: unknown): string {
  return reasons[errorNumber(cause) ?? ""] ?? (cause instanceof Error ? cause.message : String(cause));
}
