/** From a URI to a path on this machine. */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { uriScheme } from "@zagg/core";
import { unreadable, withoutSecrets } from "../failures.js";

/**
 * The absolute path that a plain path or a `file://` URI (percent-encoded) names.
 * @throws ReaderError `GRANULE_UNREADABLE` for another scheme, or a URI that names no local file
 */
export function localPath(uri: string): string {
  if (uriScheme(uri) !== "file") {
    throw unreadable(withoutSecrets(uri), "this source opens local files", "download the granule first");
  }
  if (!/^file:\/\//i.test(uri)) return resolve(uri);
  try {
    return fileURLToPath(uri);
  } catch (cause) {
    throw unreadable(
      withoutSecrets(uri),
      "it names no file on this machine",
      "write file:///absolute/path",
      cause,
    );
  }
}
