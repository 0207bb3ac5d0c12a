"""Gives every file to every reader that it is meant for, and compares with the truth.

    PYTHONPATH=scripts VENV/bin/python -m readers DIR... [--cases a,b] [--readers scip,highs]

A folder holds cases as `golden/` does. A reader has to count the same columns, rows, entries,
integers, quadratic terms, indicators and sets as `truth.json` says, and to find the recorded
optimum. Where no optimum is recorded, at least three readers have to agree. The exit status is 1
if anything differs, and 2 if a reader that has to be there is not.
"""
import argparse
import sys

from . import cases, table, workers
from .verdict import close, verdict
from .known import known


def main():
    parser = argparse.ArgumentParser(prog="readers", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--cases", default="", help="only these cases")
    parser.add_argument("--readers", default=",".join(workers.NAMES), help="only these readers")
    parser.add_argument("--time", type=float, default=20.0, help="seconds for one file")
    parser.add_argument("--table", help="Markdown file for the table")
    options = parser.parse_args()
    chosen = set(options.cases.split(",")) - {""}
    readers, absent = {}, []
    for name in options.readers.split(","):
        version, missing = workers.version(name)
        if version:
            readers[name] = (workers.module(name).TAKES, version)
        else:
            absent.append((name, missing))
            print("%-14s not here: %s" % (name, missing))
            if workers.module(name).TAKES.required:
                return 2
    words = {workers.module(name).TAKES.word for name in workers.NAMES}
    run = table.Run(readers)
    for folder in options.folders:
        files, refused = cases.load(folder, chosen)
        jobs = {}
        for name, (takes, _) in readers.items():
            for file in files:
                targets = [t for t in file.targets if cases.meant(t, takes.word, words)]
                if targets and cases.able(takes, file) and not known(name, file):
                    jobs.setdefault(name, {})[file.path] = (file, targets)
        answers = workers.all_answers({r: list(paths) for r, paths in jobs.items()}, options.time)
        run.refusals(refused)
        agreed = {}
        for name, paths in jobs.items():
            for path, (file, targets) in paths.items():
                found = answers[name][path]
                word, why = verdict(file.facts, file.truth, found)
                run.add(name, file, targets, word, why)
                if word == "right" and file.truth["status"] == "unknown":
                    agreed.setdefault(file.case, []).append(found["objective"])
        for case, values in agreed.items():
            if len(values) < 3 or not all(close(v, values[0]) for v in values):
                run.faults.append("%s: the readers do not agree: %r" % (case, values))
    run.show()
    if options.table:
        with open(options.table, "w") as f:
            f.write(run.markdown())
    return 1 if run.faults else 0


if __name__ == "__main__":
    sys.exit(main())
