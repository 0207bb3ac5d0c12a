"""Robustness of a classifier at the first images of an IDX data set, one specification an image.

python run.py NETWORK.onnx IMAGES LABELS EPSILON RESULTS.csv [--images 100] [--seconds 60] [--theriac FILE]
    [--core K] [--solvers FOLDER] [--check]
python run.py --table RESULTS.csv [MORE.csv ...]

What decided is counted as in `benches/peers/verify/suite.py`. An image that is classified wrongly unchanged counts as
attacked, because its own point is an attack; `wrong` counts them. No package is needed beyond Python itself.
"""

import argparse
import csv
import os
import pathlib
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benches"))
import runs

COLUMNS = ["network", "epsilon", "image", "verdict", "by", "changed", "seconds", "unstable", "parts", "bound", "check", "load"]

SPEC = """network net = onnx "{network}"
data test = idx "{images}" labels "{labels}" scale 1/255 rows 0..{last}
perturb {{ linf {epsilon} within [0, 1] }}
ask robust at test[{image}]
"""


def one(image, args, folder):
    names = {"network": args.network, "images": args.images_file, "labels": args.labels}
    links = {what: f"{what}{''.join(path.suffixes[-2:])}" for what, path in names.items()}
    for what, path in names.items():
        link = folder / links[what]
        if not link.exists():
            link.symlink_to(path.absolute())
    spec = folder / "question.thr"
    spec.write_text(SPEC.format(**links, epsilon=args.epsilon, image=image, last=args.images - 1))
    out = folder / "out"
    command = [args.theriac, "run", spec, "-o", out, "--time-limit", str(args.seconds)]
    row = {"network": args.network.stem, "epsilon": args.epsilon, "image": image, "load": runs.load()}
    done, row["seconds"] = runs.timed(command, args.solvers)
    if done.returncode:
        raise SystemExit(done.stderr)
    told, common = runs.answer(out)
    row |= common | {"verdict": told["verdict"]}
    row["changed"] = told["attack"]["changed"] if told["attack"] else ""
    row["bound"] = f"{told['bound']['value']:.4g}" if told["bound"] else ""
    if args.check:
        row["check"] = runs.check(args.theriac, out)
    return row


def table(paths):
    rows = runs.read(paths)
    names = ["network", "epsilon", "images", "robust", "attacked", "wrong", "unknown", *[f"by {w}" for w in runs.WAYS]]
    names += ["without a solver", "median s", "mean s", "largest s", "checks good"]
    print("|", " | ".join(names), "|\n|" + "---|" * len(names))
    for key in dict.fromkeys((r["network"], r["epsilon"]) for r in rows):
        of = [r for r in rows if (r["network"], r["epsilon"]) == key]
        count = lambda verdict: sum(r["verdict"] == verdict for r in of)
        cells = [*key, len(of), count("certified"), count("attacked"), sum(r["changed"] == "0" for r in of)]
        cells += [count("unknown"), *(sum(r["by"] == w for r in of) for w in runs.WAYS)]
        cells += [f"{sum(r['by'] in runs.WAYS[:3] for r in of) / len(of):.0%}"]
        seconds = sorted(float(r["seconds"]) for r in of)
        middle, mean = seconds[len(seconds) // 2], sum(seconds) / len(seconds)
        cells += [f"{middle:.2f}", f"{mean:.2f}", f"{seconds[-1]:.2f}", sum(r["check"] == "good" for r in of)]
        print("|", " | ".join(map(str, cells)), "|")
    print(f"\n{runs.loads(rows)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--table", type=pathlib.Path, nargs="+")
    parser.add_argument("network", type=pathlib.Path, nargs="?")
    parser.add_argument("images_file", type=pathlib.Path, nargs="?")
    parser.add_argument("labels", type=pathlib.Path, nargs="?")
    parser.add_argument("epsilon", nargs="?")
    parser.add_argument("results", type=pathlib.Path, nargs="?")
    parser.add_argument("--images", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--core", type=int)
    parser.add_argument("--theriac", type=pathlib.Path, default=ROOT / "target/release/theriac")
    parser.add_argument("--solvers", type=pathlib.Path, help="folder to look for solvers in first")
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    if args.table:
        return table(args.table)
    if args.results is None:
        parser.error("a network, images, labels, a radius and a file for the results are needed")
    if args.core is not None:
        os.sched_setaffinity(0, {args.core})
    args.theriac = args.theriac.absolute()
    new = not args.results.exists()
    with open(args.results, "a+", newline="") as file:
        file.seek(0)
        old = {int(r["image"]) for r in csv.DictReader(file) if r["network"] == args.network.stem}
        writer = csv.DictWriter(file, COLUMNS)
        if new:
            writer.writeheader()
        with tempfile.TemporaryDirectory(prefix="theriac-robust-") as folder:
            for image in range(args.images):
                if image not in old:
                    row = {c: "" for c in COLUMNS} | one(image, args, pathlib.Path(folder))
                    writer.writerow(row)
                    file.flush()
                    print(f"{image}: {row['verdict']} by {row['by']} in {row['seconds']} s {row['check']}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
