"""Root bounds of the programs of binarised networks, as a table of what `binarised_roots` printed.

cargo bench --bench binarised_roots -- NETWORK.onnx Q SAMPLES COUNT SECONDS METHODS NORM=RADIUS,RADIUS ... > OUT.csv
python roots.py [--floor 0.001] OUT.csv [MORE.csv ...]

Each cell: the mean root bound; the share of the gap of `each` that is left, (root - best) / (root of each - best), as geometric
mean, not below the floor, since a mean with a zero is zero, and as arithmetic mean; the seconds a sample. Samples whose gap is zero
with `each` already are left out of both means, and so are those without a bound, which took more than the seconds; both are
counted. Where `best` is not exact, the true share is smaller still.
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
    left = "-, -"
    if shares:
        geometric = math.exp(sum(map(math.log, shares)) / len(shares))
        left = f"{geometric:.3f}, {sum(shares) / len(shares):.2f}"
    seconds = sum(float(r["build"]) + float(r["lp"]) for r in own) / len(own)
    return f"{mean}; {left}; {seconds:.2g}", len(shares), late


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("results", nargs="+", type=pathlib.Path)
    parser.add_argument("--floor", type=float, default=0.001)
    args = parser.parse_args()
    rows = runs.read(args.results)
    methods = list(dict.fromkeys(r["method"] for r in rows))
    print(f"Floor {args.floor}.\n")
    print("| network | norm | radius | with a gap | exact | mean best | " + " | ".join(f"`{m}`" for m in methods) + " |")
    print("|" + "---|" * (6 + len(methods)))
    for key in dict.fromkeys((r["network"], r["norm"], r["radius"]) for r in rows):
        here = [r for r in rows if (r["network"], r["norm"], r["radius"]) == key]
        base = {r["sample"]: r for r in here if r["method"] == "each"}
        best = {r["sample"]: float(r["best"]) for r in here}
        exact = len({r["sample"] for r in here if r["exact"] == "true"})
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
        print(f"| {' | '.join(key)} | {max(counts)} of {len(best)} | {exact} | {mean:.1f} | {' | '.join(cells)} |")


main()
