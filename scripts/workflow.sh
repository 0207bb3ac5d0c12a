#!/usr/bin/env bash
# Installs Snakemake from its package and runs a workflow that `theriac workflow` wrote with two jobs at a
# time: undisturbed, with tasks that fail, and killed and started again. The certificate has to be that
# of `theriac solve`, byte for byte; where tasks fail for good, what is missing has to be counted.
#
#   scripts/workflow.sh
#
# The package goes into $THERIAC_HOME/snakemake, a Python virtual environment of 135 MB (Python 3.11 or
# newer). THERIAC_SNAKEMAKE names a snakemake that is used as it is.
set -euo pipefail
cd "$(dirname "$0")/.."
root="$PWD"
version=9.27.1
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

snakemake="${THERIAC_SNAKEMAKE:-}"
if [ -z "$snakemake" ]; then
  venv="${THERIAC_HOME:-$HOME/.theriac}/snakemake"
  snakemake="$venv/bin/snakemake"
  if [ "$(cat "$venv/version" 2>/dev/null)" != "$version" ]; then
    start=$SECONDS
    python3 -m venv "$venv"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check "snakemake==$version"
    echo "$version" > "$venv/version"
    echo "snakemake installed in $((SECONDS - start)) s"
  fi
fi

cargo build --quiet
target="${CARGO_TARGET_DIR:-target}"
theriac="$(cd "$target/debug" && pwd)/theriac"
start=$SECONDS

# A folder that asks for quotes.
place="$work/it's \"a\" {folder}"
mkdir "$place"
cd "$place"
# Snakemake keeps a cache of its own.
export XDG_CACHE_HOME="$work/cache"
cp "$root/examples/data/moons_2-4-1_s1.onnx" net.onnx
cp "$root/examples/data/moons_n100_noise0.1_seed0.csv" train.csv
cat > q.thr <<'QUESTION'
network net   = onnx "net.onnx"
data    train = csv "train.csv" features x0, x1 label target in {0 -> -1, 1 -> +1} rows 0..11
data    test  = csv "train.csv" like train rows 40..59
train net on train { loss hinge; rate 0.5; steps 3; batch full }
threat { touch at most 12 of train; features linf 0.2 }
ask reach on test
encode { rounds 1; points 1 }
solve { solver embedded; attack 500 evaluations }
QUESTION

fail() {
  echo "scripts/workflow.sh: $*" >&2
  [ ! -e log ] || tail -n 40 log >&2
  exit 1
}

# An instance with its workflow.
instance() {
  "$theriac" compile q.thr -o "$1" > /dev/null 2>&1
  "$theriac" workflow "$1" --tasks 3 > /dev/null
}

# Runs the workflow of an instance with a program as theriac.
workflow() {
  local dir="$1" program="$2"
  shift 2
  THERIAC="$program" "$snakemake" --snakefile "$dir/workflow/Snakefile" --jobs 2 "$@" > log 2>&1
}

same() {
  cmp loop/certificate.json "$1/certificate.json" || fail "$1: the certificate is not that of theriac solve"
  "$theriac" check "$1" > check 2>&1 || fail "$1: $(cat check)"
  if grep -q 'workflow/' check; then fail "$1: $(cat check)"; fi
}

"$theriac" compile q.thr -o loop > /dev/null 2>&1
"$theriac" solve loop > /dev/null 2>&1
"$theriac" certify loop > /dev/null
grep -q '"from": "solver"' loop/certificate.json || fail "no solver moved a bound: this shows nothing"

instance plain
workflow plain "$theriac" || fail "the workflow failed"
same plain
workflow plain "$theriac" || fail "the workflow failed when it was done already"
grep -q 'Nothing to be done' log || fail "what was done was done again"

# A task that fails at first.
cat > "at first" <<'PROGRAM'
#!/usr/bin/env bash
case " $* " in *' --round 2 --task 1/'*) if [ ! -e "$ONCE" ]; then : > "$ONCE"; exit 1; fi;; esac
exec "$REAL" "$@"
PROGRAM
# One that fails for good.
cat > "for good" <<'PROGRAM'
#!/usr/bin/env bash
case " $* " in *' --round 2 --task 1/'*) exit 1;; esac
exec "$REAL" "$@"
PROGRAM
# One at which the machine goes down, with everything that runs on it.
cat > "goes down" <<'PROGRAM'
#!/usr/bin/env bash
case " $* " in *" $AT "*) kill -KILL 0;; esac
exec "$REAL" "$@"
PROGRAM
chmod +x "at first" "for good" "goes down"
export REAL="$theriac" ONCE="$work/once"

instance first
workflow first "$PWD/at first" || fail "a task that failed once stopped the run"
[ -e "$ONCE" ] || fail "no task failed"
same first

instance good
workflow good "$PWD/for good" || fail "a task that failed stopped the run"
"$theriac" check good > check 2>&1 || fail "good: $(cat check)"
grep -q 'objectives of the rounds have no bound' check || fail "what is missing was not counted: $(cat check)"
if cmp -s loop/certificate.json good/certificate.json; then fail "a task that failed changed nothing"; fi

instance killed
for at in "--round 1 --task 2/3" "next .. --round 1" "--round 3 --task 0/3" "certify .."; do
  # In braces, so that bash does not tell of the kill.
  if { AT="$at" THERIAC="$PWD/goes down" setsid --wait "$snakemake" \
      --snakefile killed/workflow/Snakefile --jobs 2 > log 2>&1; } 2>/dev/null; then
    fail "nobody was killed at $at"
  fi
  workflow killed "$theriac" --unlock || fail "the folder is locked"
done
workflow killed "$theriac" || fail "the workflow does not go on"
same killed
echo "workflows ran in $((SECONDS - start)) s: snakemake with 2 jobs gives the certificate of theriac solve"
