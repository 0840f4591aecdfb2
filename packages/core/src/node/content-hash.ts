/** What a module's code is, as a fingerprint: a worker imports only what the planner has looked at. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** A text of code that is a relative path, whatever it is there for: imports, `require`, `new URL(…, import.meta.url)`. */
const RELATIVE_PATH = /(["'`])(\.{1,2}\/[^"'`\n\r]*)\1/g;
const CODE = /\.[cm]?[jt]sx?$/;
/** More than any module has; what a stranger names is read as well, to say what it is. */
const MOST_BYTES = 2 ** 28;
/** What `require` adds to a path. */
const SUFFIXES = ["", ".js", ".cjs", ".json", "/index.js"];

/**
 * SHA-256 of a module and of the files of its package that it, and they in turn, name by relative paths; hexadecimal. Copies of one version
 * of a package have one hash, wherever they stand. Other packages that it imports are no part of it, nor are paths that are put together at run time.
 * @param url file URL of the module
 * @throws Error of the file system when a file cannot be read; RangeError when there are more than 256 MiB
 */
export function contentHash(url: string): string {
  const entry = realpathSync(fileURLToPath(url));
  const root = packageRoot(entry);
  const found = new Map<string, Buffer>();
  const pending = [entry];
  let total = 0;
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    if (found.has(file)) continue;
    const { size } = statSync(file);
    total += size;
    if (total > MOST_BYTES) throw new RangeError(`${url} leads to more than ${MOST_BYTES} bytes of files`);
    // What has no size holds nothing, or is no file at all, and would never end.
    const bytes = size === 0 ? Buffer.alloc(0) : readFileSync(file);
    found.set(file, bytes);
    if (CODE.test(file)) pending.push(...namedBy(file, bytes.toString("utf8"), root));
  }
  const hash = createHash("sha256");
  const labelled = [...found].map(
    ([file, bytes]) => [relative(root, file).split(sep).join("/"), bytes] as const,
  );
  for (const [label, bytes] of labelled.sort(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(`${label}\0${bytes.length}\0`).update(bytes);
  return hash.digest("hex");
}

function namedBy(file: string, text: string, root: string): readonly string[] {
  return [...text.matchAll(RELATIVE_PATH)].flatMap(([, , path = ""]) => {
    const target = resolve(dirname(file), path.replace(/[?#].*$/, ""));
    const at = SUFFIXES.map((suffix) => target + suffix).find(
      (one) => existsSync(one) && statSync(one).isFile(),
    );
    const real = at === undefined ? undefined : realpathSync(at);
    return real?.startsWith(root + sep) === true ? [real] : [];
  });
}

/** The nearest folder with a package.json; that of the file when there is none. */
function packageRoot(file: string): string {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if (existsSync(join(folder, "package.json"))) return folder;
    if (dirname(folder) === folder) return dirname(file);
  }
}
