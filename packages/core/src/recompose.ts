/** Rebuilds a registry from what names it, in a worker. */
import { RunError } from "./errors.js";
import type { Composition } from "./executor.js";
import type { Registry } from "./registry.js";

/**
 * The registry that a composition's function returns for its plugins.
 * @throws RunError `COMPOSITION_INVALID`
 */
export async function recompose(composition: Composition): Promise<Registry> {
  const { module: specifier, export: name, plugins = [] } = composition;
  try {
    const module = (await import(/* @vite-ignore */ specifier)) as Readonly<Record<string, unknown>>;
    const create = module[name];
    if (typeof create !== "function") throw new TypeError(`${specifier} exports no function ${name}`);
    return (await create(plugins)) as Registry;
  } catch (cause) {
    throw new RunError("COMPOSITION_INVALID", {
      path: specifier,
      what: `a worker cannot rebuild the registry from ${specifier}, export ${name}`,
      why: cause instanceof Error ? cause.message : String(cause),
      mend: "name a module that workers can import, and its function that takes the further plugins and returns a registry",
      cause,
    });
  }
}
