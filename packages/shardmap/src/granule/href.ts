/** Hrefs of granules: which one a run opens, and how one is written so that a folder can be moved. */
import { ShardMapError, uriScheme } from "@zagg/core";
import type { GranuleRecord } from "../map/shard-map.js";

/** One place of a granule. */
export interface GranuleHref {
  /** The record's member, which is also what `data_source.driver` names: `file`, `s3`, `https`, `gs`, … */
  readonly scheme: string;
  readonly href: string;
}

/** Those that are opened first, in order; then others as they stand in the record. */
const FIRST = ["file", "s3", "https"];

export interface HrefOptions {
  /** The scheme to prefer. */
  readonly driver?: string | undefined;
  /** Folder of the shard map, a path or a URI; relative `file` hrefs start there. */
  readonly base: string;
}

/**
 * The hrefs of a record: members whose name is a scheme and whose value is a URI of that scheme; any text for `file`, and http
 * as well for `https`. Other members, such as the id, are none, whatever they look like.
 */
export function granuleHrefs(record: GranuleRecord): readonly GranuleHref[] {
  const others = Object.keys(record).filter((name) => !FIRST.includes(name));
  return [...FIRST, ...others].flatMap((scheme) => {
    const href = record[scheme];
    return isHref(scheme, href) ? [{ scheme, href }] : [];
  });
}

function isHref(scheme: string, value: unknown): value is string {
  if (typeof value !== "string" || value === "") return false;
  if (scheme === "file") return true;
  if (scheme === "id" || !value.includes("://")) return false;
  const found = uriScheme(value);
  return found === scheme || (scheme === "https" && found === "http");
}

/**
 * The href to open: the one its driver names, else the first it has of file, s3, https, else another.
 * @throws ShardMapError `GRANULE_NO_HREF`
 */
export function granuleHref(record: GranuleRecord, { driver, base }: HrefOptions): string {
  const hrefs = granuleHrefs(record);
  const chosen = hrefs.find(({ scheme }) => scheme === driver) ?? hrefs[0];
  if (chosen !== undefined) return chosen.scheme === "file" ? resolveHref(base, chosen.href) : chosen.href;
  throw new ShardMapError("GRANULE_NO_HREF", {
    what: `granule ${record.id} has no href`,
    why: "no member of its record is called by a scheme, such as file, s3 or https, and holds a URI of it",
    mend: "build the shard map again from a catalog with data links, or with --granules from local files",
    details: { id: record.id },
  });
}

/**
 * `to` as seen from the folder `from`, when both stand under one folder below the root, or in one bucket or host; else
 * `to` itself. {@link granuleHref} with `base: from` gives `to` back.
 * @param from a folder: an absolute path or a URI, or a path relative to the same folder as `to`
 * @param to a file
 * @throws RangeError when one of them is relative in a way that leaves open where it is
 */
export function relativeHref(from: string, to: string): string {
  const folder = parseLocation(from);
  const file = parseLocation(to);
  if (folder.root !== file.root) {
    if (file.root === "") throw new RangeError(`"${to}" is relative, but not to "${from}"`);
    return to;
  }
  const shared = sharedSegments(folder.segments, file.segments);
  if (folder.segments[shared] === "..") {
    throw new RangeError(`where "${to}" is from "${from}" depends on the current folder`);
  }
  const isUnrelated = shared === 0 && folder.segments.length > 0 && isFileRoot(file.root);
  if (isUnrelated) return to;
  const ups = folder.segments.slice(shared).map(() => "..");
  return [...ups, ...file.segments.slice(shared)].join("/");
}

/** How many folders two paths have in common from the start. */
function sharedSegments(folder: readonly string[], file: readonly string[]): number {
  const limit = Math.min(folder.length, file.length - 1);
  let shared = 0;
  while (shared < limit && folder[shared] === file[shared]) shared++;
  return shared;
}

/** The root of a file system, rather than a bucket or a host, or no root. */
function isFileRoot(root: string): boolean {
  return root !== "" && !/:\/\/[^/]/.test(root);
}

function resolveHref(base: string, href: string): string {
  const file = parseLocation(href);
  if (file.root !== "") return href;
  const folder = parseLocation(base);
  const segments = normalized([...folder.segments, ...file.segments], folder.root !== "");
  return folder.root + segments.join("/");
}

/** A path or URI as an absolute root (empty for a relative path) and its normalized segments. */
function parseLocation(location: string): { root: string; segments: string[] } {
  const path = /^[A-Za-z]:[\\/]/.test(location) ? location.replaceAll("\\", "/") : location;
  const root = /^(?:[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/]*\/?|[A-Za-z]:\/|\/+)/.exec(path)?.[0] ?? "";
  const isUri = root.includes("://");
  const rooted = isUri && !root.endsWith("/") ? `${root}/` : root.startsWith("/") ? "/" : root;
  return { root: rooted, segments: normalized(path.slice(root.length).split("/"), root !== "") };
}

function normalized(segments: readonly string[], isAbsolute: boolean): string[] {
  const kept: string[] = [];
  for (const segment of segments) {
    if (segment === "" || segment === ".") continue;
    const previous = kept.at(-1);
    if (segment !== "..") kept.push(segment);
    else if (previous !== undefined && previous !== "..") kept.pop();
    else if (!isAbsolute) kept.push(segment);
  }
  return kept;
}
