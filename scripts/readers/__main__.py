"""Reads every golden file with every reader that can take it, and compares with the truth.

    PYTHONPATH=scripts VENV/bin/python -m readers [CASE ...] [--readers scip,highs] [--time 20]

For each file the reader has to count the same columns, integers, rows, nonlinear rows, indicators,
sets and entries as `truth.json` says, and to find the recorded optimum. Where no optimum is
recorded, at least three readers have to agree. The exit status is 1 if anything differs, and 2 if
no reader was there.
"""
import argparse
import json
import os
import sys

from . import workers
from .verdict import TOLERANCE, takes, verdict

GOLDEN = os.path.join(os.path.dirname(os.path.dirname(workers.PACKAGE)), "golden")


def main():
    parser = argparse.ArgumentParser(prog="readers", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*")
    parser.add_argument("--readers", default=",".join(workers.NAMES))
    parser.add_argument("--time", type=float, default=20.0)
    options = parser.parse_args()
    cases = {}
    for name in sorted(os.listdir(GOLDEN)):
        record = os.path.join(GOLDEN, name, "truth.json")
        if os.path.exists(record) and (not options.cases or name in options.cases):
            cases[name] = json.load(open(record))
    faults, asked, agreed, table, jobs = [], 0, {}, {}, {}
    for reader in options.readers.split(","):
        version, missing = workers.version(reader)
        if not version:
            print("%-10s not here: %s" % (reader, missing))
            continue
        jobs[reader] = {}
        for case, record in cases.items():
            for file, facts in record["files"].items():
                if facts["class"] and takes(reader, workers.module(reader).TAKES, case, file, facts):
                    jobs[reader][os.path.join(GOLDEN, case, file)] = (case, file, facts)
    answers = workers.all_answers({r: list(files) for r, files in jobs.items()}, options.time)
    for reader, files in jobs.items():
        good = 0
        for path, found in answers[reader].items():
            case, file, facts = files[path]
            words, fault = verdict(facts, cases[case]["truth"], found)
            asked += 1
            good += words == "ok"
            table.setdefault((case, file), {})[reader] = words
            if words == "ok" and cases[case]["truth"]["status"] == "unknown":
                agreed.setdefault(case, []).append(found["objective"])
            if fault:
                faults.append("%s/%s by %s: %s" % (case, file, reader, words))
        counted = sum(table[files[p][0], files[p][1]][reader].startswith("counts") for p in files)
        print("%-10s %3d files: %3d read and solved as recorded, %d read as recorded and not solved to proof" % (reader, len(files), good, counted))
    for case, values in agreed.items():
        spread = max(values) - min(values)
        print("%s: %d answers agree within %.2g: %r" % (case, len(values), spread, values[0]))
        if len(values) < 3 or spread > TOLERANCE * (1 + abs(values[0])):
            faults.append("%s: the readers do not agree: %r" % (case, values))
    print("\n| case | file | readers that agree | others |\n|---|---|---|---|")
    for (case, file), row in sorted(table.items()):
        ok = [r for r, w in row.items() if w == "ok"]
        rest = ["%s: %s" % (r, w) for r, w in row.items() if w not in ("ok", "missing")]
        print("| %s | %s | %d: %s | %s |" % (case, file, len(ok), " ".join(ok), "; ".join(rest)))
    print("\n%d answers, %d faults" % (asked, len(faults)))
    for fault in faults:
        print("  " + fault)
    return 2 if not asked else 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
