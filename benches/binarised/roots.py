"""Root bounds of the programs of binarised networks, as a table of what `binarised_roots` printed.

cargo bench --bench binarised_roots -- NETWORK.onnx Q SAMPLES COUNT SECONDS METHODS NORM=RADIUS,RADIUS ... > OUT.csv
python roots.py [--floor 0.001] OUT.csv [MORE.csv ...]

`left` is the geometric mean, over samples, of the share of the gap of `each` that a method leaves:
(root - best) / (root of each - best), not below the floor, since a mean with a zero is zero. Samples whose gap is zero with `each`
already are left out, and so are those without a bound, which took more than the seconds; both are counted.
"""

import argparse
import csv
import math
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benches"))
import runs

# A gap within the tolerances of the solver is none.
LEAST = 1e-6


def cell(own, base, floor):
    """Mean root bound, share that is left, seconds of one method; and the samples of its share, with those that have no bound."""
    roots = [float(r["root"]) for r in own if r["root"]]
    shares, late = [], 0
    for r in own:
        first = base.get(r["sample"])
        if not first or not first["root"] or not r["root"]:
            late += 1
            continue
        best = float(r["best"])
        gap = float(first["root"]) - best
        if gap > LEAST * max(1.0, abs(best)):
            shares.append(max((float(r["root"]) - best) / gap, floor))
    mean = f"{sum(roots) / len(roots):.1f}" if roots else "-"
    left = f"{math.exp(sum(map(math.log, shares)) / len(shares)):.3f}" if shares else "-"
    seconds = sum(float(r["build"]) + float(r["lp"]) for r in own) / len(own)
    return f"{mean}, {left}, {seconds:.2g}", len(shares), late


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("results", nargs="+", type=pathlib.Path)
    parser.add_argument("--floor", type=float, default=0.001)
    args = parser.parse_args()
    rows = runs.read(args.results)
    methods = list(dict.fromkeys(r["method"] for r in rows))
    print(f"Each cell: mean root bound, share of the gap of `each` that is left (geometric mean, floor {args.floor}), seconds a sample.\n")
    print("| network | norm | radius | samples with a gap | mean best | " + " | ".join(f"`{m}`" for m in methods) + " |")
    print("|" + "---|" * (5 + len(methods)))
    for key in dict.fromkeys((r["network"], r["norm"], r["radius"]) for r in rows):
        here = [r for r in rows if (r["network"], r["norm"], r["radius"]) == key]
        base = {r["sample"]: r for r in here if r["method"] == "each"}
        best = {r["sample"]: float(r["best"]) for r in here}
        cells, counts = [], []
        for method in methods:
            own = [r for r in here if r["method"] == method]
            if not own:
                cells.append("-")
                continue
            text, count, late = cell(own, base, args.floor)
            cells.append(text + (f" ({late} without a bound)" if late else ""))
            counts.append(count)
        mean = sum(best.values()) / len(best)
        print(f"| {' | '.join(key)} | {max(counts)} of {len(best)} | {mean:.1f} | {' | '.join(cells)} |")


main()
