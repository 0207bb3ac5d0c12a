"""Runs instances by tools, each pair in a process of its own, and appends one line a pair to a CSV file.

python run.py DATA RESULTS.csv [--tools A,B] [--category NAME ...] [--per-category N] [--shard I/N]
    [--seconds 60] [--clock wall|cpu] [--core K] [--example FILE] [--theriac FILE] [--solvers FOLDER]

Pairs that the file has already are passed over, so that the same command goes on where it was stopped.
"""

import argparse
import csv
import datetime
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile

import instances

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
TOOLS = [
    "theriac",
    "theriac scip",
    "theriac big-m",
    "pyscipopt-ml sos",
    "pyscipopt-ml bigm",
    "omlt bigm",
    "omlt partition",
    "gurobi-ml",
    "gurobi-ml by gurobi",
]
COLUMNS = [
    *("category", "index", "network", "property", "known", "tool", "verdict", "build", "solve"),
    *("questions", "route", "clock", "load", "when", "note"),
]
# Beyond the limit, before a process is ended: starting Python, and what SCIP does between looks at the clock.
GRACE = 30


def child(command, limit):
    """The line of JSON that it prints last, or why there is none."""
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        out, err = process.communicate(timeout=limit + GRACE)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return {"verdict": "limit", "note": "ended from outside"}
    if process.returncode != 0:
        last = (err.strip().splitlines() or [f"status {process.returncode}"])[-1]
        return {"verdict": "failed", "note": last[:200]}
    return json.loads(out.strip().splitlines()[-1])


def one(instance, tool, args):
    with tempfile.TemporaryDirectory(prefix="theriac-peers-") as folder:
        paths = [instances.unpacked(args.data, n, folder) for n in (instance.network, instance.property)]
        command = [sys.executable, HERE / "one.py", tool, *paths, str(args.seconds), folder]
        if args.solvers:
            command += ["--solvers", args.solvers]
        command += ["--clock", args.clock, "--example", args.example, "--theriac", args.theriac]
        # By the processor's clock a process may take as long as others let it.
        return child(command, args.seconds * (1 if args.clock == "wall" else 12))


def done(results):
    if not results.exists():
        return set()
    with open(results, newline="") as file:
        return {(r["network"], r["property"], r["tool"]) for r in csv.DictReader(file)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("results", type=pathlib.Path)
    parser.add_argument("--tools", default=",".join(TOOLS))
    parser.add_argument("--category", action="append", default=[])
    parser.add_argument("--per-category", type=int, default=0)
    parser.add_argument("--shard", default="0/1")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--clock", choices=("wall", "cpu"), default="wall")
    parser.add_argument("--core", type=int)
    release = ROOT / "target/release"
    parser.add_argument("--example", type=pathlib.Path, default=release / "examples/verify_models")
    parser.add_argument("--theriac", type=pathlib.Path, default=release / "theriac")
    parser.add_argument("--solvers", type=pathlib.Path, help="folder with the python3 where theriac finds SCIP alone")
    args = parser.parse_args()
    if args.core is not None:
        os.sched_setaffinity(0, {args.core})
    chosen = instances.spread(instances.read(args.data), args.category, args.per_category)
    part, parts = map(int, args.shard.split("/"))
    pairs = [(i, tool) for i in chosen for tool in args.tools.split(",")][part::parts]
    old = done(args.results)
    new = not args.results.exists()
    with open(args.results, "a", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        if new:
            writer.writeheader()
        for k, (i, tool) in enumerate(pairs):
            if (i.network, i.property, tool) in old:
                continue
            row = {c: "" for c in COLUMNS} | {c: getattr(i, c) for c in COLUMNS[:5]} | {"tool": tool}
            row["load"] = f"{os.getloadavg()[0]:.1f}"
            row["clock"] = args.clock
            row["when"] = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M")
            row |= one(i, tool, args)
            for c in ("build", "solve"):
                row[c] = f"{row[c]:.3f}" if row[c] != "" else ""
            writer.writerow(row)
            file.flush()
            print(f"{k + 1}/{len(pairs)} {i.property} {tool}: {row['verdict']}", flush=True)


if __name__ == "__main__":
    main()
