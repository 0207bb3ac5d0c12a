"""Certified accuracy of reachable networks, for several start weights and radii, against the interval methods.

python run.py QUESTION RESULTS.csv [--seeds 0..9] [--radii 0.0001,0.001,0.01] [--steps 8] [--window K] [--theriac FILE]
python run.py --table RESULTS.csv [MORE.csv ...]

QUESTION is `moons` (made here: 100 training, 200 validation and 200 test points, noise 0.1, network 2-20-1), or a CSV file
whose last column is a label 0 or 1, standardised here and split by a fixed shuffle. Training is full batch with the hinge
loss. Each training run is cut after 1, 2, ... steps; each method takes the number of steps with the most certified validation
points (the fewest of equals) and is measured on the test points there. Start weights are uniform in +-1/sqrt(fan-in). No package
is needed beyond Python itself.
"""

import argparse
import csv
import json
import math
import pathlib
import random
import statistics
import sys
import tempfile
import time

# Names of the features, where a question has some.
HEAD = None
ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benches"))
import runs

METHODS = ["theriac", "intervals", "budgeted"]
COLUMNS = ["question", "seed", "radius", "window", "steps", "split", "points", *[f"certified {m}" for m in METHODS],
           *[f"abstains {m}" for m in METHODS], *[f"width {m}" for m in METHODS], "undecided", "switches", "seconds", "load"]

SPEC = """network net = {network}
data train = csv "train.csv" features all except label label label in {{0 -> -1, 1 -> +1}}
data points = csv "{split}.csv" like train
train net on train {{ loss hinge; rate {rate}; steps {steps}; batch full }}
threat {{ touch at most {count} of train; features linf {radius} }}
ask reach on points
encode {{ window {window} }}
solve {{ attack off }}
"""


def moons(count, seed):
    """Two interleaving half circles with normal noise of deviation 0.1, as scikit-learn draws them."""
    rng = random.Random(seed)
    outer, rows = count // 2, []
    for k in range(count):
        t = math.pi * (k / (outer - 1) if k < outer else (k - outer) / (count - outer - 1))
        x, y = (math.cos(t), math.sin(t)) if k < outer else (1 - math.cos(t), 0.5 - math.sin(t))
        rows.append([x + rng.gauss(0, 0.1), y + rng.gauss(0, 0.1), int(k >= outer)])
    return rows


def table_of(path):
    """Rows of a CSV file with standardised features, shuffled, and split into three parts."""
    with open(path) as file:
        rows = [[float(v) for v in row] for row in list(csv.reader(file))[1:]]
    columns = list(zip(*rows))
    for k, column in enumerate(columns[:-1]):
        mean, deviation = statistics.mean(column), statistics.pstdev(column) or 1.0
        for row in rows:
            row[k] = (row[k] - mean) / deviation
    for row in rows:
        row[-1] = int(row[-1])
    random.Random(0).shuffle(rows)
    return rows


def data(args):
    if args.question == "moons":
        return {"train": moons(100, 0), "validation": moons(200, 1), "test": moons(200, 2)}
    rows = table_of(args.question)
    a, b = (int(v) for v in args.split.split(","))
    return {"train": rows[:a], "validation": rows[a:a + b], "test": rows[a + b:]}


def network(widths, seed):
    """A network in the language of specifications."""
    rng = random.Random(seed)
    assign = []
    for layer, (fan_in, units) in enumerate(zip(widths, widths[1:]), 1):
        draw = lambda: repr(rng.uniform(-1, 1) / math.sqrt(fan_in))
        assign += [f"w[{layer}][{r},{c}] = {draw()}" for r in range(units) for c in range(fan_in)]
        assign += [f"b[{layer}][{r}] = {draw()}" for r in range(units)]
    return f"dense {' -> '.join(map(str, widths))} start {{ {', '.join(assign)} }}"


def one(folder, args, sets, seed, radius, steps, split):
    widths = [len(sets["train"][0]) - 1, *args.hidden, 1]
    spec = SPEC.format(network=network(widths, seed), split=split, steps=steps, radius=radius, rate=args.rate,
                       count=len(sets["train"]), window=args.window)
    (folder / "q.thr").write_text(spec)
    out = folder / "out"
    begin = time.perf_counter()
    done, _ = runs.timed([args.theriac, "run", folder / "q.thr", "-o", out], None)
    seconds = time.perf_counter() - begin
    if done.returncode:
        raise SystemExit(done.stderr)
    reach = json.loads((out / "certificate.json").read_text())["reach"]
    last = json.loads((out / "reach.json").read_text())["steps"][-1]["window"] or {}
    row = {"question": args.name, "seed": seed, "radius": radius, "window": args.window, "steps": steps, "split": split,
           "points": reach["points"], "undecided": last.get("undecided", ""), "switches": last.get("switches", ""),
           "seconds": f"{seconds:.3f}", "load": runs.load()}
    for method in reach["methods"]:
        name = method["method"]
        row[f"certified {name}"] = method["tally"]["certified"]
        row[f"abstains {name}"] = method["tally"]["abstains"]
        width = method["mean_widths"][-1]
        row[f"width {name}"] = "inf" if width is None else f"{width:.6g}"
    return row


def measure(args):
    sets = data(args)
    args.name = pathlib.Path(args.question).stem
    with tempfile.TemporaryDirectory() as place, open(args.results, "a", newline="") as file:
        folder = pathlib.Path(place)
        features = len(sets["train"][0]) - 1
        for name, rows in sets.items():
            with open(folder / f"{name}.csv", "w", newline="") as out:
                csv.writer(out).writerows([(HEAD or [f"x{k}" for k in range(features)]) + ["label"], *rows])
        writer = csv.DictWriter(file, COLUMNS)
        if file.tell() == 0:
            writer.writeheader()
        for radius in args.radii.split(","):
            for seed in range(args.seeds[0], args.seeds[1] + 1):
                best = {m: (-1, 0) for m in METHODS}
                for steps in range(1, args.steps + 1):
                    row = one(folder, args, sets, seed, radius, steps, "validation")
                    writer.writerow(row)
                    for m in METHODS:
                        best[m] = max(best[m], (row[f"certified {m}"], -steps))
                for steps in sorted({-steps for _, steps in best.values()}):
                    writer.writerow(one(folder, args, sets, seed, radius, steps, "test"))
                file.flush()


def table(paths):
    rows = [row for path in paths for row in csv.DictReader(open(path))]
    print("| question | radius | window | seeds | method | certified accuracy | deviation | steps chosen | mean width there |")
    print("|" + "---|" * 9)
    for key in dict.fromkeys((r["question"], r["radius"], r["window"]) for r in rows):
        mine = [r for r in rows if (r["question"], r["radius"], r["window"]) == key]
        seeds = sorted({int(r["seed"]) for r in mine if r["split"] == "test"})
        for m in METHODS:
            found, steps, widths = [], [], []
            for seed in seeds:
                of = lambda split: [r for r in mine if int(r["seed"]) == seed and r["split"] == split]
                chosen = max(of("validation"), key=lambda r: (int(r[f"certified {m}"]), -int(r["steps"])))["steps"]
                test = next(r for r in of("test") if r["steps"] == chosen)
                found.append(100 * int(test[f"certified {m}"]) / int(test["points"]))
                steps.append(int(chosen))
                widths.append(float(test[f"width {m}"]))
            spread = statistics.stdev(found) if len(found) > 1 else 0.0
            print(f"| {key[0]} | {key[1]} | {key[2]} | {len(seeds)} | {m} | {statistics.mean(found):.1f} % | {spread:.1f} | "
                  f"{statistics.mean(steps):.1f} | {statistics.mean(widths):.3g} |")
    print("\n| question | radius | step | mean width theriac | intervals | with budget | undecided switches | seconds a run |")
    print("|" + "---|" * 8)
    for key in dict.fromkeys((r["question"], r["radius"], int(r["steps"])) for r in rows if r["split"] == "validation"):
        mine = [r for r in rows if (r["question"], r["radius"], int(r["steps"])) == key and r["split"] == "validation"]
        mean = lambda column: statistics.mean(float(r[column]) for r in mine)
        undecided = statistics.mean(int(r["undecided"]) for r in mine)
        widths = " | ".join(f"{mean('width ' + m):.3g}" for m in METHODS)
        print(f"| {key[0]} | {key[1]} | {key[2]} | {widths} | {undecided:.0f} of {mine[0]['switches']} | {mean('seconds'):.2f} |")


def span(text):
    """`3` or `0..9`, as its first and its last number."""
    return tuple(int(v) for v in (text.split("..") * 2)[:2])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--table", nargs="+", metavar="RESULTS.csv")
    parser.add_argument("question", nargs="?")
    parser.add_argument("results", nargs="?")
    parser.add_argument("--seeds", type=span, default=(0, 9))
    parser.add_argument("--radii", default="0.0001,0.001,0.01")
    parser.add_argument("--steps", type=int, default=8)
    parser.add_argument("--rate", default="0.5")
    parser.add_argument("--window", default="run")
    parser.add_argument("--hidden", type=lambda t: [int(v) for v in t.split(",")], default=[20])
    parser.add_argument("--split", default="100,100", help="training and validation rows of a CSV file")
    parser.add_argument("--theriac", default=str(ROOT / "target/release/theriac"))
    args = parser.parse_args()
    if args.table:
        return table(args.table)
    measure(args)


if __name__ == "__main__":
    main()
