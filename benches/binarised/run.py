"""Robustness of a binarised network at the first samples of a data set, by several programs and by layerwise bounds.

python run.py NETWORK_int.onnx DATA LABELS NORM RESULTS.csv --radii 1,2,3 [--samples 20] [--seconds 120]
    [--methods each,single,hull,layers,full] [--solver highs] [--misses 2] [--half] [--theriac FILE] [--solvers FOLDER] [--check]
python run.py --table RESULTS.csv [MORE.csv ...]

DATA and LABELS are IDX files, or DATA is a CSV file with a column `target` and LABELS is `-`. Radii are in whole steps
of pixels. A method goes radius by radius; a sample is left out after MISSES radii that were not decided, and with --half
the method ends with the first radius at which more than half of the samples are open. What is not asked counts as open.
Rows that RESULTS.csv has already are not run again, so that a bench can be taken up where it was stopped.

`times faster` is the geometric mean over the cases that both decide and `each` not by bounds alone. `nodes` are those of
the solver's trees over all parts that it was asked, as far as it has said: of a run that was stopped, because it had
found or proved enough, those of its last line. The table has their geometric mean, shifted by 10, over the runs in which
a solver was asked. SOLVER `auto` is whichever is there. No package is needed beyond Python itself.
"""

import argparse
import csv
import math
import pathlib
import re
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benches"))
import runs

COLUMNS = ["network", "norm", "radius", "sample", "method", "solver", "limit", "verdict", "by", "bound", "nodes", "seconds", "check", "load"]

KEY = COLUMNS[:6]

PROGRAM = "attack off; branch off"
METHODS = {
    "each": ("binarised; models each; bounds interval", PROGRAM),
    "single": ("binarised; bounds interval", PROGRAM),
    "hull": ("binarised; cuts 10; bounds interval", PROGRAM),
    "layers": ("binarised layerwise 2000; cuts 10; bounds interval", PROGRAM),
    "full": ("binarised layerwise 2000; cuts 10", ""),
}

SPEC = """network net = onnx "{network}"
data test = {data}
perturb {{ {norm} {radius}{over} within [0, {top}]; lattice 1{over} }}
ask {what} at test[{sample}]
encode {{ {encode} }}
solve {{ {solve} }}
"""


def write(args, folder, **fields):
    """The specification of a question, with links to its files."""
    links = {"network": args.network, "data": args.data} | ({} if args.labels == "-" else {"labels": pathlib.Path(args.labels)})
    for what, path in links.items():
        link = folder / f"{what}{''.join(path.suffixes[-2:])}"
        if not link.exists():
            link.symlink_to(path.absolute())
        links[what] = link.name
    over, scale = (f"/{args.scale}", f"scale 1/{args.scale} ") if args.scale else ("", "")
    data = f'csv "{links["data"]}" features all except target label target in {{ 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 }}'
    if args.labels != "-":
        data = f'idx "{links["data"]}" labels "{links["labels"]}" {scale}rows 0..{args.samples - 1}'
    top = 1 if args.scale else 16 if args.labels == "-" else 255
    fields |= dict(network=links["network"], data=data, norm=args.norm, top=top, over=over)
    spec = folder / "question.thr"
    spec.write_text(SPEC.format(**fields))
    return spec


def one(key, args, folder):
    radius, sample, method = key
    encode, solve = METHODS[method]
    spec = write(args, folder, what="robust", radius=radius, sample=sample, encode=encode, solve=solve)
    out = folder / "out"
    command = [args.theriac, "run", spec, "-o", out, "--time-limit", str(args.seconds), "--solver", args.solver]
    row = dict(network=args.network.stem, norm=args.norm, radius=radius, sample=sample, method=method, solver=args.solver)
    row |= dict(limit=args.seconds, load=runs.load())
    done, row["seconds"] = runs.timed(command, args.solvers)
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    told, common = runs.answer(out)
    row |= {"verdict": told["verdict"], "by": common.get("by", "")}
    row["bound"] = f"{told['bound']['value']:.4g}" if told["bound"] else ""
    trees = re.findall(r"^the solver's tree has (\d+) nodes?$", done.stderr, re.MULTILINE)
    row["nodes"] = sum(map(int, trees)) if trees else ""
    row["check"] = runs.check(args.theriac, out) if args.check else ""
    return row


def measure(args):
    """Rows go to the file as they come."""
    new = not args.results.exists()
    known = {} if new else {tuple(r[c] for c in KEY): r["verdict"] for r in runs.read([args.results])}
    with args.results.open("a", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        if new:
            writer.writeheader()

        def ask(radius, sample, method):
            """Whether the answer is open."""
            key = (args.network.stem, args.norm, radius, str(sample), method, args.solver)
            if key not in known:
                with tempfile.TemporaryDirectory() as folder:
                    row = one((radius, sample, method), args, pathlib.Path(folder))
                writer.writerow(row)
                file.flush()
                known[key] = row["verdict"]
            return known[key] == "unknown"

        for method in args.methods.split(","):
            ladder(method, args, ask)


def ladder(method, args, ask):
    missed = [0] * args.samples
    for radius in args.radii.split(","):
        still_open = 0
        for sample in range(args.samples):
            if missed[sample] < args.misses:
                missed[sample] += (is_open := ask(radius, sample, method))
                still_open += is_open
            else:
                still_open += 1
            if args.half and 2 * still_open > args.samples:
                return


def table(paths):
    rows = runs.read(paths)
    print("| network | norm | method | solver | limit | radius: certified, attacked, open | decides half | times faster | nodes |")
    print("|" + "---|" * 9)
    for network, norm in dict.fromkeys((r["network"], r["norm"]) for r in rows):
        here = [r for r in rows if (r["network"], r["norm"]) == (network, norm)]
        radii = sorted({int(r["radius"]) for r in here})
        samples = {r["sample"] for r in here}
        base = {(r["sample"], r["radius"], r["solver"]): r for r in here if r["method"] == "each" and r["by"] != "bounds"}
        for method, solver in dict.fromkeys((r["method"], r["solver"]) for r in here):
            own = [r for r in here if (r["method"], r["solver"]) == (method, solver)]
            cells, half = [], "none"
            for radius in radii:
                at = [r for r in own if int(r["radius"]) == radius]
                good, bad = (sum(r["verdict"] == v for r in at) for v in ("certified", "attacked"))
                cells.append(f"{radius}: {good}, {bad}, {len(samples) - good - bad}")
                if 2 * (good + bad) >= len(samples):
                    half = radius
            ratios = []
            for r in own:
                other = base.get((r["sample"], r["radius"], r["solver"]))
                if other and "unknown" not in (other["verdict"], r["verdict"]):
                    ratios.append(math.log(float(other["seconds"]) / float(r["seconds"])))
            faster = f"{math.exp(sum(ratios) / len(ratios)):.2f} ({len(ratios)})" if ratios else "-"
            # Shifted by 10, as usual: trees of one node say little.
            logs = [math.log(int(r["nodes"]) + 10) for r in own if r.get("nodes")]
            nodes = f"{math.exp(sum(logs) / len(logs)) - 10:.0f} ({len(logs)})" if logs else "-"
            limit = own[0]["limit"]
            print(f"| {network} | {norm} | {method} | {solver} | {limit} | {'; '.join(cells)} | {half} | {faster} | {nodes} |")


def arguments(told, own):
    """What both benches are asked; `own` are the arguments of one alone."""
    parser = argparse.ArgumentParser(description=told, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("network", type=pathlib.Path)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("labels")
    parser.add_argument("norm", choices=["linf", "l1", "l2"])
    parser.add_argument("results", type=pathlib.Path)
    for name, how in own.items():
        parser.add_argument(name, **how)
    parser.add_argument("--samples", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--scale", type=int, default=0, help="the network takes IDX data divided by this")
    parser.add_argument("--theriac", default=str(ROOT / "target/release/theriac"))
    parser.add_argument("--solvers", default=None)
    parser.add_argument("--check", action="store_true")
    return parser.parse_args()


def main():
    if sys.argv[1:2] == ["--table"]:
        return table(sys.argv[2:])
    own = {
        "--radii": dict(required=True),
        "--methods": dict(default=",".join(METHODS)),
        "--solver": dict(default="highs", choices=["auto", "highs", "scip", "embedded", "gurobi"]),
        "--misses": dict(type=int, default=2),
        "--half": dict(action="store_true"),
    }
    measure(arguments(__doc__, own))


if __name__ == "__main__":
    main()
