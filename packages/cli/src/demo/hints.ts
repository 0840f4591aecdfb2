/** How to open a store elsewhere. */

/** Lines of Python and JavaScript that open the arrays of a group. */
export function openingHints(store: string, group: string): string {
  return `Open it in Python (pip install zarr xarray):

  import xarray as xr
  ds = xr.open_zarr("${store}", group="${group}", consolidated=False)
  print(ds)

  # the array spans the whole sphere; find what is there by its cells
  import zarr
  cells = zarr.open_group("${store}", mode="r")["${group}"]

in JavaScript (npm install zarrita):

  import * as zarr from "zarrita";
  import FileSystemStore from "@zarrita/storage/fs";
  const root = zarr.root(new FileSystemStore("${store}"));
  const mean = await zarr.open(root.resolve("${group}/h_mean"), { kind: "array" });

or look at it here: npx zagg inspect ${store}`;
}
