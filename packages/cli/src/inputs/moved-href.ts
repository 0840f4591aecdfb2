/** Hrefs of local files when what names them moves to another folder. */
import { resolve } from "node:path";
import { relativeHref } from "@zagg/shardmap";

/** A URI, which says where a file is from anywhere. */
const URI = /^(?:file:|[a-z][a-z0-9+.-]*:\/\/)/i;

/** The href, named from folder `from`, as named from folder `to`; a URI stays as it is. */
export function movedHref(href: string, from: string, to: string): string {
  return href === "" || URI.test(href) ? href : relativeHref(to, resolve(from, href));
}
