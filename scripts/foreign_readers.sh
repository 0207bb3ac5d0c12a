#!/usr/bin/env bash
# Installs other people's readers and gives them every file that Theriac writes.
#
#   scripts/foreign_readers.sh [CASE ...] [--readers scip,highs] [--time 20]
#
# The solver packages go into $THERIAC_HOME/readers (a Python virtual environment of about 1 GB);
# THERIAC_SOLVERS names another environment that is used as it is.
set -euo pipefail
cd "$(dirname "$0")/.."
venv="${THERIAC_SOLVERS:-}"
if [ -z "$venv" ]; then
  venv="${THERIAC_HOME:-$HOME/.theriac}/readers"
  [ -x "$venv/bin/python" ] || python3 -m venv "$venv"
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check -r scripts/requirements.txt
fi
PYTHONPATH=scripts PYTHONDONTWRITEBYTECODE=1 exec "$venv/bin/python" -m readers "$@"
