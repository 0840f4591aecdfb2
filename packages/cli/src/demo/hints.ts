/** How to open a store of the demo elsewhere. */

/** A store of dense layout, with the arrays that the elevation configuration makes. */
export interface OpenableStore {
  /** Path, from where the code is run. */
  readonly store: string;
  /** Path of the group in it. */
  readonly group: string;
}

/** Python for zarr 3 and xarray: the cells that hold data. */
export function pythonHint({ store, group }: OpenableStore): string {
  return `import xarray as xr
ds = xr.open_zarr(${JSON.stringify(store)}, group="${group}").set_coords(["cell_ids", "morton", "crs"])
print(ds.isel(cells=ds["count"].values > 0))`;
}

/** JavaScript for zarrita: how many cells hold data, and the first of them. Runs as a module and at Node's prompt. */
export function javascriptHint({ store, group }: OpenableStore): string {
  return `const zarr = await import("zarrita");
const { default: FileSystemStore } = await import("@zarrita/storage/fs");
const group = zarr.root(new FileSystemStore(${JSON.stringify(store)})).resolve("${group}");
const read = async (name) => (await zarr.get(await zarr.open.v3(group.resolve(name), { kind: "array" }))).data;
const [cellIds, counts, means] = await Promise.all(["cell_ids", "count", "h_mean"].map(read));
const first = counts.findIndex((count) => count > 0);
console.log(counts.filter((count) => count > 0).length, "cells; the first:", cellIds[first], means[first]);`;
}

/** Both, to be pasted as they stand, and the command that looks at the store here. */
export function openingHints(opened: OpenableStore): string {
  return `Open it in Python (pip install zarr xarray):

${pythonHint(opened)}

or in JavaScript (npm install zarrita @zarrita/storage):

${javascriptHint(opened)}

or look at it here: npx zagg inspect ${shellWord(opened.store)}`;
}

/** A path as one word of a command line. */
function shellWord(path: string): string {
  return /^[\w./:\\-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
