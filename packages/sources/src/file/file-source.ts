/** Local files as sources. */
import type { BigIntStats } from "node:fs";
import { open, stat, type FileHandle } from "node:fs/promises";
import { ReaderError, type ByteRange, type ByteSource, type SourceFactory } from "@zagg/core";
import { changed, missing, unreadable } from "../failures.js";
import { assertRanges } from "../ranges.js";
import { localPath } from "./local-path.js";

const READABLE = "give a file that you may read";
/** Most bytes of one call to the system, which takes no more than 2 GiB. */
const MOST_BYTES = 2 ** 30;

/**
 * Opens plain paths and `file://` URIs. A file that was written to since it was opened (by its size, its time of change or its
 * inode) is `GRANULE_CHANGED` at the next read.
 *
 * @example
 * const source = await fileSource.open("granule.h5");
 * const [head] = await source.read([{ start: 0, stop: 8 }]);
 * await source.close();
 */
export const fileSource: SourceFactory = Object.freeze<SourceFactory>({
  kind: "source",
  apiVersion: 2,
  name: "file",
  description: "Files on the local disk.",
  schemes: Object.freeze(["file"]),
  async open(uri, signal) {
    signal?.throwIfAborted();
    const path = localPath(uri);
    let file: FileHandle | undefined;
    try {
      // Before it is opened: opening a pipe waits for somebody to write to it.
      const kind = await stat(path);
      if (!kind.isFile()) {
        throw unreadable(path, kind.isDirectory() ? "it is a folder" : "it is not a regular file", READABLE);
      }
      file = await open(path, "r");
      const stats = await file.stat({ bigint: true });
      signal?.throwIfAborted();
      return sourceOf(path, file, stats);
    } catch (error) {
      await file?.close();
      throw error instanceof ReaderError || signal?.aborted === true ? error : systemError(path, error);
    }
  },
});

function sourceOf(path: string, file: FileHandle, stats: BigIntStats): ByteSource {
  const size = Number(stats.size);
  const etag = etagOf(stats);
  let closing: Promise<void> | undefined;
  return {
    uri: path,
    size,
    etag,
    localPath: path,
    async read(ranges, signal) {
      if (closing !== undefined) throw new TypeError(`the source ${path} is closed`);
      signal?.throwIfAborted();
      assertRanges(path, size, ranges);
      try {
        const answers = await Promise.all(ranges.map((range) => bytesAt(path, file, range, signal)));
        if (etagOf(await file.stat({ bigint: true })) !== etag) throw changed(path, "it was written to");
        return answers;
      } catch (error) {
        throw error instanceof ReaderError || signal?.aborted === true ? error : systemError(path, error);
      }
    },
    close: () => (closing ??= file.close()),
  };
}

/** Changes with size, time of change (nanoseconds) and inode. */
function etagOf({ size, mtimeNs, ino }: BigIntStats): string {
  return [size, mtimeNs, ino].map((part) => part.toString(16)).join("-");
}

async function bytesAt(
  path: string,
  file: FileHandle,
  { start, stop }: ByteRange,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const bytes = new Uint8Array(stop - start);
  for (let at = 0; at < bytes.length;) {
    signal?.throwIfAborted();
    const { bytesRead } = await file.read(bytes, at, Math.min(bytes.length - at, MOST_BYTES), start + at);
    if (bytesRead === 0) throw changed(path, `it ends at byte ${start + at}`);
    at += bytesRead;
  }
  return bytes;
}

function systemError(path: string, cause: unknown): ReaderError {
  const { code } = cause as NodeJS.ErrnoException;
  if (code === "ENOENT" || code === "ENOTDIR") return missing(path, cause);
  const why =
    code === "EACCES" || code === "EPERM"
      ? "you may not read it"
      : `the system refuses it (${code ?? String(cause)})`;
  return unreadable(path, why, READABLE, cause);
}
