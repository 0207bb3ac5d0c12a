#!/usr/bin/env bash
# Installs other people's readers from packages and gives them every file that Theriac writes: the
# golden cases and the generated corpus. Before that, the probes: what each reader makes of them has to
# be what probes/outcomes.txt says.
#
#   scripts/foreign_readers.sh [--cases a,b] [--readers scip,highs] [--time 60]
#   scripts/foreign_readers.sh --bless     writes docs/readers.md and probes/outcomes.txt; without it,
#                                          they must not differ
#
# The packages of scripts/requirements.txt go into $THERIAC_HOME/readers, a Python virtual
# environment of 2.2 GB; pip keeps what it downloaded. THERIAC_SOLVERS names another environment
# that is used as it is.
set -euo pipefail
cd "$(dirname "$0")/.."
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

bless=no
rest=()
for word in "$@"; do
  if [ "$word" = --bless ]; then bless=yes; else rest+=("$word"); fi
done

venv="${THERIAC_SOLVERS:-}"
if [ -z "$venv" ]; then
  venv="${THERIAC_HOME:-$HOME/.theriac}/readers"
  if ! cmp -s scripts/requirements.txt "$venv/requirements.txt"; then
    start=$SECONDS
    python3 -m venv "$venv"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check -r scripts/requirements.txt
    cp scripts/requirements.txt "$venv/requirements.txt"
    echo "readers installed in $((SECONDS - start)) s"
  fi
fi
if ! command -v cbc >/dev/null; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && apt-get install -qq -y coinor-cbc >/dev/null ||
      echo "coinor-cbc was not installed: no CBC 2.10 in this run" >&2
  else
    echo "the program cbc is not on the path (Debian: apt-get install coinor-cbc): no CBC 2.10 in this run" >&2
  fi
fi

start=$SECONDS
cargo run --quiet --example corpus -- "$work/corpus"
export PYTHONPATH=scripts PYTHONDONTWRITEBYTECODE=1
if [ ${#rest[@]} = 0 ]; then
  if [ "$bless" = yes ]; then "$venv/bin/python" -m readers.probes --bless; else "$venv/bin/python" -m readers.probes; fi
fi
"$venv/bin/python" -m readers "golden cases=golden" "generated corpus=$work/corpus" --table "$work/readers.md" "${rest[@]}"
echo "readers asked in $((SECONDS - start)) s"
if [ "$bless" = yes ]; then
  cp "$work/readers.md" docs/readers.md
elif [ ${#rest[@]} = 0 ]; then
  diff -u docs/readers.md "$work/readers.md" || {
    echo "docs/readers.md differs; if that is intended: scripts/foreign_readers.sh --bless" >&2
    exit 1
  }
fi
