/** Where the links on a path lead. */
import type { Hdf5Library } from "./library.js";

/** Links on the way to one object, beyond which they go round in a circle. */
const MOST_LINKS = 100;

/**
 * Whether a path leads into another file: by an external link, or by a soft link to one.
 * @param path absolute, with single slashes, and there
 * @param inside paths of this file that are known to lead to no other; new ones are added
 */
export function leadsAbroad(
  { Module }: Hdf5Library,
  file: bigint,
  path: string,
  inside: Set<string>,
): boolean {
  let names = path.split("/").filter(Boolean);
  let links = 0;
  for (let depth = 1; depth <= names.length; depth++) {
    const here = `/${names.slice(0, depth).join("/")}`;
    if (inside.has(here)) continue;
    // What is no external link gives an object without members.
    if ((Module.get_external_link(file, here) as { filename?: string }).filename !== undefined) return true;
    const target = Module.get_symbolic_link(file, here) as string | null;
    if (target === null) {
      inside.add(here);
      continue;
    }
    if (++links > MOST_LINKS) return true;
    const parents = target.startsWith("/") ? [] : names.slice(0, depth - 1);
    names = [
      ...parents,
      ...target.split("/").filter((name) => name !== "" && name !== "."),
      ...names.slice(depth),
    ];
    depth = 0;
  }
  return false;
}
