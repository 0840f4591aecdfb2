"""Opens a store with zarr-python and xarray and compares the values of every stored object with digests.

Usage: check_store.py STORE DIGESTS, where DIGESTS is what digest-store.mjs printed. Exits 1 when anything differs.
"""

import hashlib
import json
import sys
import warnings

import numpy as np
import xarray
import zarr


def main(store: str, digests_path: str) -> int:
    warnings.simplefilter("error")
    with open(digests_path, encoding="utf-8") as file:
        digests = json.load(file)
    root = zarr.open_consolidated(store)
    regions = failed = 0
    for path, expected in digests.items():
        array = root[path]
        if expected["dtype"] is None:
            print(f"{path}: values not compared, as zarrita cannot hold its fill value")
            continue
        is_ragged = expected["dtype"] == "variable_length_bytes"
        if not is_ragged and str(array.dtype) != expected["dtype"] or list(array.shape) != expected["shape"]:
            failed += 1
            print(f"DIFFERS {path}: {array.dtype} {array.shape}")
        for region, digest in expected["regions"].items():
            values = np.ascontiguousarray(array[tuple(slice(*bounds) for bounds in json.loads(region))])
            if is_ragged:
                payloads = (len(payload).to_bytes(4, "little") + payload for payload in values.flat)
                values = np.frombuffer(b"".join(payloads), "uint8")
            regions += 1
            if hashlib.sha256(values.tobytes()).hexdigest() != digest:
                failed += 1
                print(f"DIFFERS {path} {region}")
    groups = sorted({path.rsplit("/", 1)[0] if "/" in path else "" for path in digests})
    for group in groups:
        dataset = xarray.open_zarr(store, group=group or None, consolidated=True, chunks=None)
        names = {path.rsplit("/", 1)[-1] for path in digests if path.rpartition("/")[0] == group}
        if set(dataset.variables) != names:
            failed += 1
            print(f"DIFFERS xarray sees {sorted(dataset.variables)} in {group!r}, not {sorted(names)}")
    print(f"{store}: {len(digests)} arrays, {regions} stored objects, {len(groups)} groups in xarray; {failed} differ")
    return 1 if failed or not digests else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
