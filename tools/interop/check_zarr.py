"""Opens what write-zarr-samples.mjs wrote with zarr-python and xarray, and compares every value.

Usage: check_zarr.py FOLDER. Needs zarr >= 3.1 and xarray. Exits 1 when anything differs.
"""

import json
import sys
import warnings
from pathlib import Path

import numpy as np
import xarray
import zarr

FULL_BLOCK = slice(16, 32)
SPARSE_CHUNK = slice(40, 44)


def sample(dtype: str, indexes: range) -> np.ndarray:
    """Value number i of an array; write-zarr-samples.mjs has the same formula."""
    if dtype == "uint64":
        return np.array([2**64 - 2 - i for i in indexes], dtype=dtype)
    if dtype == "int64":
        return np.array([-(2**63) + i for i in indexes], dtype=dtype)
    if dtype == "bool":
        return np.array([i % 2 == 1 for i in indexes])
    if dtype.startswith("float"):
        return np.array([np.nan if i % 7 == 3 else i * 0.1 - 50 for i in indexes], dtype=dtype)
    return np.array([i + 1 for i in indexes], dtype=dtype)


def fill_of(dtype: str):
    if dtype.startswith("float"):
        return np.nan
    return {"uint64": 2**64 - 1, "bool": True}.get(dtype, 0)


class Check:
    """Counts comparisons and prints those that fail."""

    def __init__(self) -> None:
        self.done = 0
        self.failed = 0

    def same(self, what: str, found, expected) -> None:
        self.done += 1
        found, expected = np.asarray(found), np.asarray(expected)
        if found.dtype != expected.dtype or found.shape != expected.shape or found.tobytes() != expected.tobytes():
            self.failed += 1
            print(f"DIFFERS {what}: found {found!r}, expected {expected!r}")


def check_lines(group: zarr.Group, check: Check) -> None:
    for name, array in group.arrays():
        dtype = name.split("_")[0]
        expected = np.full(64, fill_of(dtype), dtype=dtype)
        expected[FULL_BLOCK] = sample(dtype, range(16))
        expected[SPARSE_CHUNK] = sample(dtype, range(8, 12))
        check.same(f"lines/{name}", array[...], expected)


def check_tiles(group: zarr.Group, check: Check) -> None:
    expected = np.full((16, 24), np.nan, dtype="float32")
    expected[8:16, 0:12] = np.arange(16 * 24, dtype="float32").reshape(16, 24)[8:16, 0:12]
    for name, array in group.arrays():
        check.same(f"tiles/{name}", array[...], expected)


def check_sphere(root: zarr.Group, order: int, check: Check) -> None:
    cells = 12 * 4**order
    array = root[f"order{order}/cell_ids"]
    check.same(f"cells of order {order}", array.shape[0], cells)
    check.same(f"last cells of order {order}", array[cells - 4 : cells],
               np.arange(4**10 - 4, 4**10, dtype="uint64") + np.uint64(2**63))
    check.same(f"first cells of order {order}", array[0:4], np.zeros(4, dtype="uint64"))


def check_fills(group: zarr.Group, check: Check) -> None:
    expected = {
        "nan": np.float32("nan"), "inf": np.float32("inf"), "minus_inf": np.float64("-inf"), "tenth": np.float32(0.1),
        "minus_zero": np.float64(-0.0), "int64_min": np.int64(-(2**63)), "uint64_max": np.uint64(2**64 - 1),
    }
    for name, value in expected.items():
        check.same(f"fill value {name}", group[name].fill_value, value)
        check.same(f"empty array {name}", group[name][0:3], np.full(3, value))


def check_ragged(group: zarr.Group, check: Check) -> None:
    """Payloads as docs/spec/ragged.md tells to read them; write-zarr-samples.mjs has the same formulas."""
    for name, array in group.arrays():
        dtype = name.split("_")[0]
        element = json.loads(array.attrs["ragged"])
        payloads = array[...]
        check.same(f"ragged/{name} dtype", element["dtype"], dtype)
        for y, x in np.ndindex(8, 12):
            found = np.frombuffer(payloads[y, x], element["dtype"]).reshape(-1, *element["inner_shape"])
            cell = y * 12 + x
            numbers = (cell * 7) % 5 * (1 if dtype == "bool" else 2) if y >= 4 and x >= 6 else 0
            is_wide = dtype in ("int64", "uint64")
            expected = np.array([(cell + k) % (100 if is_wide else 2) for k in range(numbers)], dtype=dtype)
            check.same(f"ragged/{name} cell {cell}", found, expected.reshape(-1, *element["inner_shape"]))


def check_xarray(path: Path, check: Check) -> None:
    lines = xarray.open_zarr(path, group="lines", consolidated=True, mask_and_scale=False)
    check.same("xarray lines", lines["float32_sharded_zstd"].values[FULL_BLOCK], sample("float32", range(16)))
    check.same("xarray uint64", lines["uint64_plain_none"].values[FULL_BLOCK], sample("uint64", range(16)))
    check.same("xarray attribute", lines["int8_plain_none"].attrs["note"], "\u00e9tude")
    tiles = xarray.open_zarr(path, group="tiles", consolidated=True, mask_and_scale=False)
    check.same("xarray dimensions", list(tiles["sharded"].dims), ["y", "x"])
    check.same("xarray tiles", tiles["sharded"].values[8, 0:2], np.array([192, 193], dtype="float32"))
    sphere = xarray.open_zarr(path, group="order29", consolidated=True, chunks=None)
    check.same("xarray order 29", sphere.sizes["cells"], 12 * 4**29)
    tree = xarray.open_datatree(path, engine="zarr", consolidated=True, chunks=None)
    check.same("xarray tree", sorted(tree.children), ["fills", "lines", "order19", "order29", "ragged", "tiles"])


def main(folder: str) -> int:
    warnings.simplefilter("error")
    path = Path(folder) / "samples.zarr"
    check = Check()
    root = zarr.open_consolidated(path)
    check.same("root attribute", root.attrs["title"], "samples")
    check.same("members", root.nmembers(max_depth=None), 44 + 2 + 2 + 7 + 22 + 1 + 6)
    check.same("order of groups", [name for name, _ in root.groups()], ["lines", "tiles", "order19", "order29", "fills", "ragged"])
    check.same("scalar", root["crs"][...], np.int32(4326))
    check_lines(root["lines"], check)
    check_tiles(root["tiles"], check)
    for order in (19, 29):
        check_sphere(root, order, check)
    check_fills(root["fills"], check)
    check_ragged(root["ragged"], check)
    for name in ("lines", "fills"):
        group = zarr.open_group(path / name, mode="r")
        check.same(f"group {name} by itself", group.nmembers(), len(list(root[name].arrays())))
    check_xarray(path, check)
    versions = f"zarr {zarr.__version__}, xarray {xarray.__version__}"
    print(f"{check.done - check.failed} of {check.done} comparisons agree ({versions})")
    return 1 if check.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
