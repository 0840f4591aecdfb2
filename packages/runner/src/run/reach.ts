/** What workers on other machines can reach of a run. */
import { RunError, uriScheme, type Composition, type Executor, type ModuleReference } from "@zagg/core";
import type { RunPlan } from "../plan/run-plan.js";

/**
 * The composition as an executor's workers are told of it. Where they do not see the planner's disk, files of it are no
 * part of that, and a run that needs some is refused.
 * @throws RunError `COMPOSITION_PATH` for a plugin that is named by its path, `EXECUTOR_DISK` for a store or granules that
 * are files
 */
export function reachableComposition(
  { name, sharesDisk }: Executor,
  composition: Composition,
  plan: Pick<RunPlan, "storeUri" | "jobs">,
): Composition {
  if (sharesDisk) return composition;
  const modules = [composition, ...(composition.plugins ?? [])];
  const file = modules.find((module) => module.sharedDisk === true);
  if (file !== undefined) {
    throw new RunError("COMPOSITION_PATH", {
      path: file.specifier,
      what: `the module ${file.specifier} is named by its path`,
      why: `the workers of the executor "${name}" do not share this disk`,
      mend: "make it a package, install it on every worker, and name it by its package name",
      details: { executor: name },
    });
  }
  if (uriScheme(plan.storeUri) === "file") throw unseen(name, `the store ${plan.storeUri} is a folder`);
  const granule = plan.jobs
    .flatMap(({ granules }) => granules)
    .find(({ href }) => uriScheme(href) === "file");
  if (granule !== undefined) throw unseen(name, `the granule ${granule.id} is read from a file`);
  const { plugins, ...own } = composition;
  return {
    ...withoutUrl(own),
    ...(plugins === undefined ? {} : { plugins: plugins.map((plugin) => withoutUrl(plugin)) }),
  };
}

function withoutUrl<M extends ModuleReference>({ url: _url, ...module }: M): Omit<M, "url"> {
  return module;
}

function unseen(executor: string, what: string): RunError {
  return new RunError("EXECUTOR_DISK", {
    what,
    why: `the workers of the executor "${executor}" do not share this disk`,
    mend: "use a store and granules that they reach by URL, or an executor of this machine: --executor threads",
    details: { executor },
  });
}
