"""Runs `theriac run` on all instances of a table, and says what decided each.

python suite.py DATA RESULTS.csv [--category NAME ...] [--per-category N] [--shard I/N] [--seconds 60]
    [--core K] [--theriac FILE] [--solvers FOLDER] [--check]
python suite.py --table RESULTS.csv [MORE.csv ...]

Instances that the file has already are passed over. Every attack is replayed by onnxruntime, too; with `--check`
every certificate is checked by `theriac check`. A verdict that is not the known one is listed as wrong.
"""

import argparse
import csv
import os
import pathlib
import sys
import tempfile

import numpy as np

import instances
import network
import question

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "benches"))
import runs

COLUMNS = ["category", "index", "network", "property", "known", "verdict", "by", "seconds", "unstable", "parts"]
COLUMNS += ["replay", "check", "load", "note"]


def replayed(told, onnx, vnnlib):
    """The margin of an attack by onnxruntime, in single precision."""
    x = np.array(told["attack"]["test_input"], float)
    replay = network.Replay(onnx)
    return min(question.margin(q, x, replay(x)) for q in question.read(vnnlib))


def one(instance, args):
    row = {c: "" for c in COLUMNS} | {c: getattr(instance, c) for c in COLUMNS[:5]}
    row["load"] = runs.load()
    with tempfile.TemporaryDirectory(prefix="theriac-suite-") as folder:
        onnx, vnnlib = (instances.unpacked(args.data, n, folder) for n in (instance.network, instance.property))
        out = pathlib.Path(folder) / "out"
        command = [args.theriac, "run", onnx, vnnlib, "-o", out, "--time-limit", str(args.seconds)]
        done, row["seconds"] = runs.timed(command, args.solvers)
        if not (out / "certificate.json").exists():
            lines = done.stderr.strip().splitlines() or [f"status {done.returncode}"]
            return row | {"verdict": "refused", "note": lines[-1][:200]}
        told, common = runs.answer(out)
        row |= common
        row["verdict"] = {"certified": "unsat", "attacked": "sat"}.get(told["verdict"], "unknown")
        row["note"] = told["reason"][:200]
        if row["verdict"] == "sat":
            row["replay"] = f"{replayed(told, onnx, vnnlib):.3g}"
        if args.check:
            row["check"] = runs.check(args.theriac, out)
    return row


def run(args):
    if args.core is not None:
        os.sched_setaffinity(0, {args.core})
    chosen = instances.spread(instances.read(args.data), args.category, args.per_category)
    part, parts = map(int, args.shard.split("/"))
    chosen = chosen[part::parts]
    new = not args.results.exists()
    with open(args.results, "a+", newline="") as file:
        file.seek(0)
        old = {(r["network"], r["property"]) for r in csv.DictReader(file)}
        writer = csv.DictWriter(file, COLUMNS)
        if new:
            writer.writeheader()
        for k, instance in enumerate(chosen):
            if (instance.network, instance.property) in old:
                continue
            row = one(instance, args)
            writer.writerow(row)
            file.flush()
            words = f"{row['verdict']} {row['by']} {row['seconds']} s, known {row['known']} {row['check']}"
            print(f"{k + 1}/{len(chosen)} {instance.property}: {words}", flush=True)


def table(paths):
    rows = runs.read(paths)
    wrong = [r for r in rows if {r["verdict"], r["known"]} == {"sat", "unsat"}]
    names = ["category", "instances", *runs.WAYS, "unknown", "refused", "of these known", "wrong", "median s", "all s"]
    print("|", " | ".join(names), "|\n|" + "---|" * len(names))
    for category in [*dict.fromkeys(r["category"] for r in rows), "all"]:
        of = [r for r in rows if category in (r["category"], "all")]
        cells = [category, len(of), *(sum(r["by"] == way for r in of) for way in runs.WAYS)]
        unknown = [r for r in of if r["verdict"] in ("unknown", "refused")]
        cells += [sum(r["verdict"] == "unknown" for r in of), sum(r["verdict"] == "refused" for r in of)]
        cells += [sum(r["known"] in ("sat", "unsat") for r in unknown), sum(r in wrong for r in of)]
        seconds = sorted(float(r["seconds"]) for r in of)
        cells += [f"{seconds[len(seconds) // 2]:.1f}", f"{sum(seconds):.0f}"]
        print("|", " | ".join(map(str, cells)), "|")
    attacks = [r for r in rows if r["verdict"] == "sat"]
    single = sum(float(r["replay"]) <= 0 for r in attacks)
    print(f"\n{len(attacks)} attacks, {single} of them hold by onnxruntime in single precision, too.")
    print(f"Certificates checked: {sum(r['check'] == 'good' for r in rows)} good, {sum(r['check'] == 'BAD' for r in rows)} bad.")
    print(f"{runs.loads(rows)}\nWrong verdicts: {len(wrong)}.")
    for r in wrong:
        print(f"- {r['verdict']} for {r['network']} {r['property']}, known {r['known']}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--table", type=pathlib.Path, nargs="+")
    parser.add_argument("data", type=pathlib.Path, nargs="?")
    parser.add_argument("results", type=pathlib.Path, nargs="?")
    parser.add_argument("--category", action="append", default=[])
    parser.add_argument("--per-category", type=int, default=0)
    parser.add_argument("--shard", default="0/1")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--core", type=int)
    parser.add_argument("--theriac", type=pathlib.Path, default=ROOT / "target/release/theriac")
    parser.add_argument("--solvers", type=pathlib.Path, help="folder to look for solvers in first")
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    if args.table:
        return table(args.table)
    if args.data is None or args.results is None:
        parser.error("a folder of instances and a file for the results are needed")
    return run(args)


if __name__ == "__main__":
    sys.exit(main())
