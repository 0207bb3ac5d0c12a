"""The same questions with rounds: every step a program, its open ends solved one by one.

python rounds.py RESULTS.csv [--question FILE.csv --split 60,20] [--seeds 0..2] [--radii 0.01,0.001,0.0001] [--rate 0.5]
                             [--steps 4] [--solver NAME] [--limit SECONDS] [--ways NAME,...]
python rounds.py --table RESULTS.csv

Two-moons, or a CSV file as in run.py. One line a round: objectives asked for, proved and stopped, ends moved, mean widths, seconds for bounds and
solver. Ways: `ours` bounds windows of the whole run and solves one-step programs for what they leave open; `published` has
interval bounds alone beside the programs, as MIBP-Cert; `bounds` has no programs. Without a limit, `solver branch` gives the same
figures on any machine.
"""

import argparse
import csv
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import run
import runs

WAYS = {"bounds": "encode { window run }", "ours": "encode { window run; rounds 1 }",
        "published": "encode { window 1; rounds 1; bounds interval }"}
COLUMNS = ["question", "way", "solver", "seed", "radius", "limit", "round", "ends", "objectives", "proved", "stopped", "missing", "unusable", "moved",
           "width", "width intervals", "width budgeted", "certified", "certified intervals", "certified budgeted", "points",
           "seconds", "load"]


def call(*words):
    begin = time.perf_counter()
    done = subprocess.run([str(w) for w in words], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    return time.perf_counter() - begin


def one(folder, args, sets, way, seed, radius):
    spec = run.SPEC.format(network=run.network([len(sets["train"][0]) - 1, 20, 1], seed), split="test", steps=args.steps, radius=radius, rate=args.rate,
                           count=len(sets["train"]), window="run")
    head, _ = spec.split("encode {")
    limit = f"; solver {args.solver}" if way != "bounds" else ""
    limit += f"; time limit {args.limit} s" if way != "bounds" and args.limit else ""
    (folder / "q.thr").write_text(head + WAYS[way] + f"\nsolve {{ attack off; threads {args.threads}{limit} }}\n")
    out = folder / f"{way}-{seed}-{radius}"
    if way == "bounds":
        seconds = [call(args.theriac, "run", folder / "q.thr", "-o", out) / args.steps] * args.steps
    else:
        first = call(args.theriac, "compile", folder / "q.thr", "-o", out)
        seconds = []
        for n in range(1, args.steps + 1):
            taken = call(args.theriac, "solve", out, "--round", n) + call(args.theriac, "next", out, "--round", n)
            seconds.append(taken + (first if n == 1 else 0))
        call(args.theriac, "solve", out)
        call(args.theriac, "certify", out)
    reach = json.loads((out / "certificate.json").read_text())["reach"]
    by = {m["method"]: m for m in reach["methods"]}
    for n in range(1, args.steps + 1):
        tally = reach.get("rounds", [{}] * args.steps)[n - 1]
        yield {"question": args.name, "solver": args.solver, "way": way, "seed": seed, "radius": radius, "limit": args.limit, "round": n, **tally,
               "width": by["theriac"]["mean_widths"][n], "width intervals": by["intervals"]["mean_widths"][n],
               "width budgeted": by["budgeted"]["mean_widths"][n], "certified": by["theriac"]["tally"]["certified"],
               "certified intervals": by["intervals"]["tally"]["certified"],
               "certified budgeted": by["budgeted"]["tally"]["certified"], "points": reach["points"],
               "seconds": f"{seconds[n - 1]:.2f}", "load": runs.load()}


def measure(args):
    args.name = pathlib.Path(args.question).stem
    sets = run.data(args)
    features = len(sets["train"][0]) - 1
    with tempfile.TemporaryDirectory() as place, open(args.results, "a", newline="") as file:
        folder = pathlib.Path(place)
        for name, rows in sets.items():
            with open(folder / f"{name}.csv", "w", newline="") as out:
                csv.writer(out).writerows([[*(run.HEAD or [f"x{k}" for k in range(features)]), "label"], *rows])
        writer = csv.DictWriter(file, COLUMNS)
        if file.tell() == 0:
            writer.writeheader()
        for radius in args.radii.split(","):
            for seed in range(args.seeds[0], args.seeds[1] + 1):
                for way in args.ways.split(","):
                    writer.writerows(one(folder, args, sets, way, seed, radius))
                    file.flush()


def table(path):
    rows = list(csv.DictReader(open(path)))
    print("| radius | way | seeds | step | objectives | proved | stopped | ends moved | mean width | seconds | certified after it |")
    print("|" + "---|" * 11)
    for key in dict.fromkeys((r["radius"], r["way"], int(r["round"])) for r in rows):
        mine = [r for r in rows if (r["radius"], r["way"], int(r["round"])) == key]
        mean = lambda c: statistics.mean(float(r[c] or 0) for r in mine)
        last = key[2] == max(int(r["round"]) for r in rows)
        points = int(mine[0]["points"])
        share = [100 * int(r["certified"]) / points for r in mine]
        spread = statistics.stdev(share) if len(share) > 1 else 0.0
        shown = f"{statistics.mean(share):.1f} +- {spread:.1f} %" if last else ""
        counts = " | ".join(f"{mean(c):.0f}" for c in ["objectives", "proved", "stopped", "moved"])
        print(f"| {key[0]} | {key[1]} | {len(mine)} | {key[2]} | {counts} | {mean('width'):.6f} | {mean('seconds'):.1f} | {shown} |")
    for radius in dict.fromkeys(r["radius"] for r in rows):
        mine = [r for r in rows if r["radius"] == radius and int(r["round"]) == max(int(q["round"]) for q in rows)]
        for m in ["intervals", "budgeted"]:
            share = [100 * int(r[f"certified {m}"]) / int(r["points"]) for r in mine]
            print(f"{radius}: {m} {statistics.mean(share):.1f} %, width {statistics.mean(float(r['width ' + m]) for r in mine):.6f}")


def options(parser):
    """How rounds are solved, which every question has."""
    parser.add_argument("--solver", default="branch")
    parser.add_argument("--limit")
    parser.add_argument("--threads", default="2")
    parser.add_argument("--ways", default="bounds,ours")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--table", metavar="RESULTS.csv")
    parser.add_argument("results", nargs="?")
    parser.add_argument("--seeds", type=run.span, default=(0, 2))
    parser.add_argument("--radii", default="0.01,0.001,0.0001")
    parser.add_argument("--steps", type=int, default=4)
    parser.add_argument("--question", default="moons")
    parser.add_argument("--split", default="100,100", help="training and validation rows of a CSV file")
    parser.add_argument("--rate", default="0.5")
    parser.add_argument("--theriac", default=str(run.ROOT / "target/release/theriac"))
    options(parser)
    args = parser.parse_args()
    if args.table:
        return table(args.table)
    measure(args)


if __name__ == "__main__":
    main()
