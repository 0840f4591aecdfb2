#!/usr/bin/env bash
# Prints a Python that has modules: ZAGG_PYTHON, or python3, or one made here from PyPI with the packages of requirements.txt.
# Usage: python.sh MODULE…   Exits 1, and says so, when there is none.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache="$here/../../.cache/interop-python"
modules=$(IFS=,; echo "$*")

has_modules() { "$1" -c "import $modules" 2>/dev/null; }

for python in "${ZAGG_PYTHON:-python3}" "$cache/bin/python"; do
  if has_modules "$python"; then
    echo "$python"
    exit
  fi
done
# One that was made before may be older than the requirements.
{ python3 -m venv "$cache" && "$cache/bin/pip" install --quiet -r "$here/requirements.txt"; } >&2 || true
if has_modules "$cache/bin/python"; then
  echo "$cache/bin/python"
else
  echo "NOT CHECKED in Python: no $modules here, and none could be installed" >&2
  exit 1
fi
