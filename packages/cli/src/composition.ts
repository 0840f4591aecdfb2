/** The one place that composes plugins: what `zagg` can do out of the box, and with what a run loads besides. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { builtins, expressionFilter } from "@zagg/aggregators";
import {
  createRegistry,
  type Composition,
  type ModuleReference,
  type Plugin,
  type Registry,
} from "@zagg/core";
import { contentHash } from "@zagg/core/node";
import { h3 } from "@zagg/grid-h3";
import { healpix } from "@zagg/grid-healpix";
import { rectilinear } from "@zagg/grid-rectilinear";
import { zones } from "@zagg/grid-zones";
import { hdf5 } from "@zagg/reader-hdf5";
import { inlineExecutor } from "@zagg/runner";
import { threadsExecutor } from "@zagg/runner/threads";
import { fileSource } from "@zagg/sources/file";
import { zarr } from "@zagg/zarr";
import { fileStore } from "@zagg/zarr/fs";
import { loadPlugins } from "./plugins/load.js";
import { cliVersion } from "./version.js";

/** The built-in plugins by their packages. */
export const builtInPackages: Readonly<Record<string, readonly Plugin[]>> = {
  "@zagg/grid-healpix": [healpix],
  "@zagg/grid-rectilinear": [rectilinear],
  "@zagg/grid-h3": [h3],
  "@zagg/grid-zones": [zones],
  "@zagg/aggregators": [...builtins, expressionFilter],
  "@zagg/sources": [fileSource],
  "@zagg/reader-hdf5": [hdf5],
  "@zagg/zarr": [fileStore, zarr],
  "@zagg/runner": [threadsExecutor, inlineExecutor],
};

/** A registry of every built-in plugin; a function that names no column reduces `h_li`, as in the original. */
export function createZaggRegistry(): Registry {
  return createRegistry(Object.values(builtInPackages).flat(), { source: "h_li" });
}

/** What workers call: a registry of the built-in plugins and those of the modules at file URLs, which run. */
export async function composeZaggRegistry(plugins: readonly string[] = []): Promise<Registry> {
  const sources = plugins.map((url) => ({ name: url, url, reference: { specifier: url, version: null } }));
  return (await loadPlugins(createZaggRegistry(), sources)).registry;
}

/**
 * How workers find {@link composeZaggRegistry}: by the name of this package, in this version. Those of this machine take
 * the built module, also when this one runs from its source.
 */
export function zaggComposition(plugins: readonly ModuleReference[] = []): Composition {
  const file = join(packageFolder(), "dist", "composition.js");
  const url = pathToFileURL(file).href;
  return {
    specifier: "@zagg/cli/composition",
    version: cliVersion(),
    url,
    ...(existsSync(file) ? { hash: contentHash(url) } : {}),
    export: composeZaggRegistry.name,
    ...(plugins.length === 0 ? {} : { plugins }),
  };
}

function packageFolder(): string {
  return dirname(createRequire(import.meta.url).resolve("@zagg/cli/package.json"));
}
