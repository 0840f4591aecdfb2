/** Rebuilds a registry from what names it, in a worker, from the worker's own installation. */
import { dirname } from "node:path";
import { isCodedError, RunError } from "../errors.js";
import type { Composition, ModuleReference } from "../executor.js";
import type { Registry } from "../registry.js";
import { contentHash } from "./content-hash.js";
import { findModule, packageOf } from "./modules.js";

/** Where a worker is, as far as finding modules goes. */
export interface WorkerPlace {
  /** Whether it sees the planner's disk: then it imports the planner's own copies. */
  readonly sharesDisk: boolean;
  /** Where its search for packages begins; the current folder when left out, then the program's own. */
  readonly folder?: string;
}

/**
 * The registry that a composition's function returns for its plugins.
 * @throws RunError `COMPOSITION_INVALID` for a module that is not installed here or does not do what is asked of it,
 * `COMPOSITION_VERSION` for one that is here in another version, `COMPOSITION_HASH` for one with other code than the planner's,
 * `COMPOSITION_PATH` for a file of a disk that is not shared; nothing is imported before all modules were found and compared
 */
export async function recompose(composition: Composition, place: WorkerPlace): Promise<Registry> {
  const { specifier, export: name, plugins = [] } = composition;
  try {
    const [own, ...urls] = [composition, ...plugins].map((module) => approved(module, locate(module, place)));
    const module = (await import(/* @vite-ignore */ own!)) as Readonly<Record<string, unknown>>;
    const create = module[name];
    if (typeof create !== "function") throw new TypeError(`${specifier} exports no function ${name}`);
    return (await create(urls)) as Registry;
  } catch (cause) {
    if (isCodedError(cause) && cause.code.startsWith("COMPOSITION_")) throw cause;
    throw new RunError("COMPOSITION_INVALID", {
      path: specifier,
      what: `a worker cannot rebuild the registry from ${specifier}, export ${name}`,
      why: cause instanceof Error ? cause.message : String(cause),
      mend: "name a module that workers can import, and its function that takes the further plugins and returns a registry",
      cause,
    });
  }
}

/** The URL itself, when what is there is what the planner approved. @throws RunError `COMPOSITION_HASH` */
function approved({ specifier, hash }: ModuleReference, url: string): string {
  if (hash === undefined) return url;
  const found = contentHash(url);
  if (found === hash) return url;
  throw new RunError("COMPOSITION_HASH", {
    path: specifier,
    what: `the code of ${specifier} is not the code that the run was planned with`,
    why: `it was changed since, or this worker has another copy: ${url} hashes to ${found.slice(0, 12)}…, not to ${hash.slice(0, 12)}…`,
    mend: "plan again, or install the planner's copy on every worker; nothing of this one was run",
    details: { specifier, url, planned: hash, found },
  });
}

/** File URL of a module in this worker's installation. */
function locate(module: ModuleReference, { sharesDisk, folder = process.cwd() }: WorkerPlace): string {
  const { specifier, version, url } = module;
  if (module.sharedDisk === true) {
    if (sharesDisk) return specifier;
    throw new RunError("COMPOSITION_PATH", {
      path: specifier,
      what: `the module ${specifier} is named by its path`,
      why: "this worker does not share the disk that the path is of",
      mend: "make it a package, install it beside zagg on every worker, and name it by its package name",
    });
  }
  if (sharesDisk && url !== undefined) return url;
  const [, program = ""] = process.argv;
  const found = findModule(specifier, [
    folder,
    ...(program === "" ? [] : [dirname(program)]),
    import.meta.dirname,
  ]);
  if (found === undefined) {
    throw new RunError("COMPOSITION_INVALID", {
      path: specifier,
      what: `${specifier} is not installed where this worker runs`,
      why: `no folder above ${folder} has it in its node_modules, nor has the worker's own program`,
      mend: `install ${version === null ? specifier : `${specifier} at version ${version}`} there`,
    });
  }
  const here = packageOf(found)?.version ?? null;
  if (version !== null && here !== version) {
    throw new RunError("COMPOSITION_VERSION", {
      path: specifier,
      what: `the run was planned with ${specifier} ${version}, and this worker has ${here ?? "a copy without a version"}`,
      why: "another version may write other bytes, so that shards of one store would not fit together",
      mend: `install version ${version} on every worker, or plan again with the version that they have`,
      details: { specifier, planned: version, found: here },
    });
  }
  return found;
}
