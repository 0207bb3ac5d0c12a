"""Gives every file to every reader that it is meant for, and compares with the truth.

    PYTHONPATH=scripts VENV/bin/python -m readers NAME=DIR... [--cases a,b] [--readers scip,highs]

A folder holds cases as `golden/` does. A reader has to count the same columns, rows, entries,
integers, quadratic terms, indicators and sets as `truth.json` says, and to find the recorded
optimum. Where no optimum is recorded, at least three readers have to agree. The exit status is 1
if anything differs, and 2 if a reader that has to be there is not.
"""
import argparse
import sys

from . import cases, known, table, workers
from .verdict import close, verdict


def present(names):
    """What each reader takes, and its version; those that are not here are named."""
    readers, absent = {}, []
    for name in names:
        version, missing = workers.version(name)
        takes = workers.module(name).TAKES
        if version:
            readers[name] = (takes, version)
            continue
        print("%-14s not here: %s" % (name, missing))
        if takes.required:
            absent.append(name)
    return readers, absent


def give(run, folder, words, chosen, limit):
    """Gives the files of a folder to the readers."""
    files, beside, refused = cases.load(folder, chosen)
    run.folder(words, files, refused)
    known_words = {workers.module(name).TAKES.word for name in workers.NAMES}
    jobs, points = {}, {}
    for name, (takes, _) in run.readers.items():
        for file in files:
            targets = [t for t in file.targets
                       if cases.meant(t, takes.word, known_words) and cases.able(takes, t, file)]
            if targets and not known.left_out(name, file):
                jobs.setdefault(name, {})[file.path] = (file, targets)
        for own in beside:
            request = own.request(takes) if cases.meant(own.target, takes.word, known_words) else None
            if request:
                points.setdefault(name, {})[request] = own
    answers = workers.all_answers({r: list(paths) + list(points.get(r, ())) for r, paths in jobs.items()}, limit)
    agreed = {}
    for name, paths in jobs.items():
        for path, (file, targets) in paths.items():
            found = answers[name][path]
            word, why = verdict(file.facts, file.truth, found, run.readers[name][0].tolerance)
            if word == "unsolved" and known.solved_wrongly(name, file):
                word = "counted"
            run.add(name, file, targets, word, why)
            if word == "right" and file.truth["status"] == "unknown":
                agreed.setdefault(file.case, []).append(found["objective"])
    for name, paths in points.items():
        for request, own in paths.items():
            run.beside(name, own, answers[name][request])
    for case in {f.case for f in files if f.truth["status"] == "unknown"}:
        values = agreed.get(case, [])
        if len(values) < 3 or not all(close(v, values[0], 1e-5) for v in values):
            run.faults.append("%s: the readers do not agree: %r" % (case, values))


def main():
    parser = argparse.ArgumentParser(prog="readers", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", metavar="NAME=DIR", help="folders of cases, and what to call them")
    parser.add_argument("--cases", default="", help="only these cases")
    parser.add_argument("--readers", default=",".join(workers.NAMES), help="only these readers")
    parser.add_argument("--time", type=float, default=60.0, help="seconds for one file")
    parser.add_argument("--table", help="Markdown file for the table")
    options = parser.parse_args()
    readers, absent = present(options.readers.split(","))
    if absent:
        print("these have to be here: " + ", ".join(absent))
        return 2
    run = table.Run(readers)
    for folder in options.folders:
        words, _, path = folder.rpartition("=")
        give(run, path, words or path, set(options.cases.split(",")) - {""}, options.time)
    run.show()
    if options.table and not run.faults:
        with open(options.table, "w") as f:
            f.write(run.markdown())
    return 1 if run.faults else 0


if __name__ == "__main__":
    sys.exit(main())
