/** From an href to a path on this machine. */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { unreadable } from "./failures.js";

const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*:\/\//;

/**
 * The absolute path that a plain path or a `file://` URI (percent-encoded) names.
 * @throws ReaderError `GRANULE_UNREADABLE` for another scheme, or a URI that names no local file
 */
export function localPath(href: string): string {
  if (!SCHEME.test(href)) return resolve(href);
  if (!/^file:/i.test(href)) {
    throw unreadable(
      withoutSecrets(href),
      "this reader opens files on the local disk",
      "download the granule first",
    );
  }
  try {
    return fileURLToPath(href);
  } catch (cause) {
    throw unreadable(
      withoutSecrets(href),
      "it names no file on this machine",
      "write file:///absolute/path",
      cause,
    );
  }
}

/** The URI without what may be secret in it: its user and its query. */
function withoutSecrets(href: string): string {
  return href.replace(/[?#].*$/s, "").replace(/\/\/[^/]*@/, "//");
}
