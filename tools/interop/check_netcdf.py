"""Writes every array and every group of stores as netCDF, and reads them back.

Usage: check_netcdf.py STORE… Follows docs/netcdf.md: arrays go as they are, but for what conventions put into attributes; groups by the function of that
page. Exits 1 when anything cannot be written, or differs.
"""

import json
import re
import sys
import tempfile
import warnings
from pathlib import Path

import numpy as np
import xarray
import zarr

PAGE = Path(__file__).parents[2] / "docs" / "netcdf.md"
# Attributes that are objects because readers of conventions ask for that.
OF_CONVENTIONS = {"dggs", "zarr_conventions", "ellipsoid"}
MOST_CELLS = 4096
AS_STORED = {"mask_and_scale": False, "decode_times": False, "decode_coords": False}


def function_of_page():
    code = re.search(r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.S | re.M)
    names = {}
    exec(code.group(1), names)
    return names["for_netcdf"]


def is_object(value) -> bool:
    return isinstance(value, dict) or isinstance(value, list) and any(map(is_object, value))


def differs(found: xarray.Variable, expected: xarray.Variable) -> bool:
    a, b = np.asarray(found.values), np.asarray(expected.values)
    if b.dtype == object:
        # Characters have no zeros at their ends.
        return a.shape != b.shape or any(x.rstrip(b"\0") != y.rstrip(b"\0") for x, y in zip(a.flat, b.flat))
    return a.shape != b.shape or not np.array_equal(a, b, equal_nan=b.dtype.kind == "f")


def round_trip(ds: xarray.Dataset, folder: str) -> list[str]:
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".nc") as file:
        ds.to_netcdf(file.name, engine="h5netcdf")
        with xarray.open_dataset(file.name, engine="h5netcdf", **AS_STORED) as back:
            return [name for name, variable in ds.variables.items() if differs(back[name].variable, variable)]


def main(stores: list[str]) -> int:
    warnings.simplefilter("error")
    # Of h5netcdf, on some numpy.
    warnings.simplefilter("ignore", DeprecationWarning)
    for_netcdf = function_of_page()
    wrong = []
    arrays = groups = 0
    with tempfile.TemporaryDirectory() as folder:
        for store in stores:
            for group, _ in zarr.open_consolidated(store).groups():
                place = f"{store} {group}"
                ds = xarray.open_zarr(store, group=group, chunks=None, **AS_STORED)
                ds = ds.isel({name: slice(0, MOST_CELLS) for name, size in ds.sizes.items() if size > MOST_CELLS}).load()
                for name, variable in ds.variables.items():
                    arrays += 1
                    objects = {key for key, value in variable.attrs.items() if is_object(value)}
                    if objects - OF_CONVENTIONS:
                        wrong.append(f"{place} {name} has objects in {sorted(objects - OF_CONVENTIONS)}")
                        continue
                    alone = xarray.Dataset({name: variable})
                    wrong += [f"{place} {one} alone" for one in round_trip(for_netcdf(alone) if objects else alone, folder)]
                    if "provenance" in variable.attrs and not isinstance(json.loads(variable.attrs["provenance"]), dict):
                        wrong.append(f"{place} {name} has a provenance that is no object")
                objects = {key for key, value in ds.attrs.items() if is_object(value)}
                if objects - OF_CONVENTIONS:
                    wrong.append(f"{place} has objects in {sorted(objects - OF_CONVENTIONS)}")
                groups += 1
                wrong += [f"{place} {one} in its group" for one in round_trip(for_netcdf(ds), folder)]
    for one in wrong:
        print(f"DIFFERS {one}")
    print(f"netCDF: {arrays} arrays and {groups} groups of {len(stores)} stores; {len(wrong)} differ")
    return 1 if wrong or not arrays else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
