#!/usr/bin/env bash
# Checks with zarr-python and xarray that the stores we write hold the same values for them as for zarrita, and can be copied to netCDF; and with
# pyarrow, geopandas and DuckDB that they read from the catalogs we write what we wrote.
# Usage: run.sh [FOLDER]   also checks every *.zarr below FOLDER.
# Needs a build, and a Python: ZAGG_PYTHON, or python3 with the packages of requirements.txt, or one made here from PyPI. Without any of
# them it says so and succeeds, unless ZAGG_REQUIRE_PYTHON is set.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
stores=${1:-}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

has_zarr() { "$1" -c 'import zarr, xarray; assert zarr.__version__ >= "3.1"' 2>/dev/null; }

python=${ZAGG_PYTHON:-python3}
if ! has_zarr "$python"; then
  cache="$here/../../.cache/interop-python"
  if ! has_zarr "$cache/bin/python"; then
    { python3 -m venv "$cache" && "$cache/bin/pip" install --quiet -r "$here/requirements.txt"; } || true
  fi
  python="$cache/bin/python"
fi
if ! has_zarr "$python"; then
  echo "NOT CHECKED in Python: no zarr and xarray here, and none could be installed" >&2
  [ -z "${ZAGG_REQUIRE_PYTHON:-}" ]
  exit
fi

has_geopandas() { "$1" -c 'import pyarrow, geopandas, duckdb' 2>/dev/null; }
# The cached Python may be older than the requirements.
if ! has_geopandas "$python" && [ "$python" = "${cache:-}/bin/python" ]; then
  "$cache/bin/pip" install --quiet -r "$here/requirements.txt" || true
fi
if has_geopandas "$python"; then
  mkdir "$scratch/catalogs"
  node "$here/write-catalog-samples.mjs" "$scratch/catalogs"
  "$python" "$here/check_catalog.py" "$scratch/catalogs"
else
  echo "NOT CHECKED in Python: no geopandas and DuckDB here" >&2
  [ -z "${ZAGG_REQUIRE_PYTHON:-}" ]
fi

node "$here/write-zarr-samples.mjs" "$scratch"
"$python" "$here/check_zarr.py" "$scratch"

check_store() {
  node "$here/digest-store.mjs" "$1" >"$scratch/digests.json"
  "$python" "$here/check_store.py" "$1" "$scratch/digests.json"
}
check_store "$scratch/samples.zarr"

mkdir "$scratch/runs"
node "$here/write-run-stores.mjs" "$scratch/runs"
found=$(find "$scratch/runs" -maxdepth 1 -name '*.zarr')
if [ -n "$stores" ]; then
  given=$(find "$stores" -type d -name '*.zarr' -not -name '.*' -prune)
  [ -n "$given" ] || { echo "no *.zarr below $stores" >&2; exit 1; }
  found="$found"$'\n'"$given"
fi
while read -r store; do check_store "$store"; done <<<"$found"
has_netcdf() { "$1" -c 'import h5netcdf' 2>/dev/null; }
if has_netcdf "$python"; then
  while read -r store; do printf '%s\0' "$store"; done <<<"$found" | xargs -0 "$python" "$here/check_netcdf.py"
else
  echo "NOT CHECKED in Python: no h5netcdf here" >&2
  [ -z "${ZAGG_REQUIRE_PYTHON:-}" ]
fi
