"""The largest radius at the first samples of a data set, by `ask largest radius`.

python largest.py NETWORK_int.onnx DATA LABELS NORM RESULTS.csv --most 20 [--step 1] [--samples 20] [--seconds 120]
    [--method full] [--solver highs] [--theriac FILE] [--solvers FOLDER] [--check]
python largest.py --table RESULTS.csv [MORE.csv ...]

Files and methods are as in run.py; radii are in steps of pixels, the time limit is that of a whole question. `certified` is the largest radius at which no
attack exists, `attacked` the smallest at which one is known; empty where there is none up to MOST. The table has, of all
samples, how many are known exactly, the means of both ends, and the largest radius up to which every radius is decided for at least half of them.
"""

import csv
import json
import pathlib
import sys
import tempfile

import run
import runs

COLUMNS = ["network", "norm", "most", "step", "method", "sample", "limit", "certified", "attacked", "exact", "tried", "seconds", "check", "load"]


def one(sample, args, folder):
    over = f"/{args.scale}" if args.scale else ""
    what = f"largest radius at test[{sample}] step {args.step}{over}"
    encode, solve = run.METHODS[args.method]
    spec = run.write(args, folder, what="largest radius", radius=args.most, sample=sample, encode=encode, solve=solve)
    spec.write_text(spec.read_text().replace(f"largest radius at test[{sample}]", what))
    out = folder / "out"
    row = dict(network=args.network.stem, norm=args.norm, most=args.most, step=args.step, method=args.method, sample=sample)
    row |= dict(limit=args.seconds, load=runs.load())
    solver = "auto" if args.method == "full" else args.solver
    command = [args.theriac, "run", spec, "-o", out, "--time-limit", str(args.seconds), "--solver", solver]
    done, row["seconds"] = runs.timed(command, args.solvers)
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    radius = json.loads((out / "certificate.json").read_text())["radius"]
    row |= {end: (radius[end] or {"radius": ""})["radius"].removesuffix(over) for end in ["certified", "attacked"]}
    row |= {"exact": int(radius["exact"]), "tried": len(radius["tried"])}
    row["check"] = runs.check(args.theriac, out) if args.check else ""
    return row


def measure(args):
    new = not args.results.exists()
    with args.results.open("a", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        if new:
            writer.writeheader()
        for sample in range(args.samples):
            with tempfile.TemporaryDirectory() as folder:
                writer.writerow(one(sample, args, pathlib.Path(folder)))
            file.flush()


def half(rows, most, step):
    """The largest radius up to which every one is decided for at least half of the samples."""
    good, k = None, 0
    while k * step <= most:
        radius = k * step
        inside = sum(r["certified"] != "" and float(r["certified"]) >= radius for r in rows)
        outside = sum(r["attacked"] != "" and float(r["attacked"]) <= radius for r in rows)
        if 2 * (inside + outside) < len(rows):
            break
        good, k = radius, k + 1
    return good


def table(paths):
    rows = runs.read(paths)
    print("| network | norm | method | limit | known exactly | certified, mean | attacked, mean | decides half up to | mean seconds |")
    print("|" + "---|" * 9)
    for key in dict.fromkeys((r["network"], r["norm"], r["method"], r["limit"], r["most"], r["step"]) for r in rows):
        own = [r for r in rows if (r["network"], r["norm"], r["method"], r["limit"], r["most"], r["step"]) == key]
        network, norm, method, limit, most, step = key
        mean = lambda values: f"{sum(values) / len(values):.2f}" if values else "-"
        exact = sum(int(r["exact"]) for r in own)
        certified = mean([float(r["certified"]) for r in own if r["certified"] != ""])
        attacked = mean([float(r["attacked"]) for r in own if r["attacked"] != ""])
        seconds = mean([float(r["seconds"]) for r in own])
        limits = f"{half(own, float(most), float(step)):g} of {most} by {step}" if own else "-"
        print(f"| {network} | {norm} | {method} | {limit} | {exact} of {len(own)} | {certified} | {attacked} | {limits} | {seconds} |")


def main():
    if sys.argv[1:2] == ["--table"]:
        return table(sys.argv[2:])
    own = {
        "--most": dict(type=int, required=True),
        "--step": dict(type=int, default=1),
        "--method": dict(default="full", choices=list(run.METHODS)),
        "--solver": dict(default="highs"),
    }
    measure(run.arguments(__doc__, own))


if __name__ == "__main__":
    main()
