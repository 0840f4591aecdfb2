/** The one place that composes plugins: what `zagg` can do out of the box. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { builtins, expressionFilter } from "@zagg/aggregators";
import { createRegistry, type Composition, type Registry } from "@zagg/core";
import { healpix } from "@zagg/grid-healpix";
import { rectilinear } from "@zagg/grid-rectilinear";
import { hdf5 } from "@zagg/reader-hdf5";
import { threadsExecutor } from "@zagg/runner/threads";
import { zarr } from "@zagg/zarr";
import { fileStore } from "@zagg/zarr/fs";

/** A registry of every built-in plugin. Workers call it too. */
export function createZaggRegistry(): Registry {
  return createRegistry([
    healpix,
    rectilinear,
    ...builtins,
    expressionFilter,
    hdf5,
    fileStore,
    zarr,
    threadsExecutor,
  ]);
}

/** Where workers find {@link createZaggRegistry}: the built module, also when this one runs from its source. */
export const zaggComposition: Composition = {
  module: pathToFileURL(join(packageFolder(), "dist", "composition.js")).href,
  export: createZaggRegistry.name,
};

function packageFolder(): string {
  return dirname(createRequire(import.meta.url).resolve("@zagg/cli/package.json"));
}
