"""Adult with missing categories and with reporting bias: certified accuracy against the interval methods, as run.py measures it.

python adult.py ADULT.csv.gz RESULTS.csv [--seeds 0..2] [--steps 6] [--theriac FILE]
python adult.py ADULT.csv.gz RESULTS.csv --rounds [--limit SECONDS] [--seeds 0..2] [--steps 3]    with rounds, as rounds.py measures them

ADULT is UCI Adult without rows with missing values (14 columns and the income). 100 training, 100 validation and 100 test rows by a
fixed shuffle, half of either income; features: schooling in five levels (-2 to 2), marital status and kind of work one-hot (three categories each), sex,
hours and age, standardised. Training is full batch with the hinge loss, network 10-20-1, start weights as in run.py.

missing K   marital status and kind of work of the first K training rows are unknown: any category each
bias K      of at most K training rows the schooling may be one level below what was reported
"""

import argparse
import csv
import gzip
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import rounds
import run

LEVELS = [(8, -2), (9, -1), (12, 0), (13, 1), (16, 2)]
HEAD = ["school", "married", "single", "apart", "private", "own", "public", "male", "hours", "age"]
SPEC = """network net = {network}
data train = csv "train.csv" features all except label label label in {{0 -> -1, 1 -> +1}}
data points = csv "{split}.csv" like train
train net on train {{ loss hinge; rate {rate}; steps {steps}; batch full }}
threat {{ THREAT }}
ask reach on points
encode {{ window {window} }}
solve {{ attack off }}
"""
THREATS = {
    "missing": "touch all of train\n  one-hot married, single, apart\n  one-hot private, own, public\n"
               "  missing married, single, apart rows 0..{last}\n  missing private, own, public rows 0..{last}\n",
    "bias": "touch at most {radius} of train\n  integer school\n  domain school in [-2, 2]\n  change school in [-1, 0]\n",
}


def rows_of(path):
    with gzip.open(path, "rt") as file:
        table = list(csv.DictReader(file))
    rows = []
    for r in table:
        values = {k.strip().replace("-", "_").replace(".", "_"): v.strip() for k, v in r.items()}
        education = int(float(values["education_num"]))
        school = next(level for most, level in LEVELS if education <= most)
        status, work = values["marital"], values["type_employer"]
        marital = [status.startswith("Married"), status.startswith("Never")]
        kind = [work == "Private", work.startswith("Self")]
        one_hot = lambda flags: [int(f) for f in flags] + [int(not any(flags))]
        rows.append([school, *one_hot(marital), *one_hot(kind), 2 * int(values["sex"] == "Male") - 1,
                     (float(values["hr_per_week"]) - 41) / 12, (float(values["age"]) - 38) / 13, int(">" in values["income"])])
    # Half of either income, so that no constant answer is good.
    random.Random(0).shuffle(rows)
    rich, poor = ([r for r in rows if r[-1] == k][:150] for k in (1, 0))
    both = [r for pair in zip(rich, poor) for r in pair]
    return {"train": both[:100], "validation": both[100:200], "test": both[200:]}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("adult")
    parser.add_argument("results")
    parser.add_argument("--seeds", type=run.span, default=(0, 2))
    parser.add_argument("--steps", type=int, default=6)
    parser.add_argument("--rate", default="0.1")
    parser.add_argument("--counts", default="5,20,50")
    parser.add_argument("--threats", default="missing,bias")
    parser.add_argument("--theriac", default=str(run.ROOT / "target/release/theriac"))
    parser.add_argument("--rounds", action="store_true")
    rounds.options(parser)
    args = parser.parse_args()
    args.hidden, args.window = [20], "run"
    sets = rows_of(args.adult)
    run.data = lambda _: sets
    for kind in args.threats.split(","):
        threat = THREATS[kind]
        for count in args.counts.split(","):
            args.question, args.radii = f"adult {kind}", count
            run.HEAD = HEAD
            run.SPEC = SPEC.replace("THREAT", threat.format(last=int(count) - 1, radius=count))
            (rounds if args.rounds else run).measure(args)


if __name__ == "__main__":
    main()
