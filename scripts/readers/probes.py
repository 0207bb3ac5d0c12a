"""Runs every probe through every reader of its format and compares with the recorded outcomes.

    PYTHONPATH=scripts VENV/bin/python -m readers.probes [--readers scip,highs] [--bless]

A probe is a tiny file on which readers disagree, or on which we rely. `probes/outcomes.txt` has for
each of them the right answer and what each reader, of which version, made of it: `accepted` (the
right answer), `read` (right counts, not solved), `refused`, `crashed`, or `misread` and the answer
found. The exit status is 1 if an outcome is another one than recorded, whatever the version.
"""
import argparse
import math
import os
import sys

from . import workers

PROBES = os.path.join(os.path.dirname(os.path.dirname(workers.PACKAGE)), "probes")
OUTCOMES = os.path.join(PROBES, "outcomes.txt")
HEAD = "# Made by: scripts/foreign_readers.sh --bless\n"


def load():
    """The truth of each probe, its counts, and its outcomes by reader."""
    probes = {}
    for line in open(OUTCOMES):
        if line.startswith("#") or not line.strip():
            continue
        if line.startswith(" "):
            reader, version, outcome = (part.strip() for part in line.split("|"))
            probes[name]["outcomes"][reader] = (version, outcome)
        else:
            name, truth, *counts = line.split()
            counts = dict((c.split("=")[0], int(c.split("=")[1])) for c in counts)
            probes[name] = {"truth": truth, "counts": counts, "outcomes": {}}
    return probes


def outcome(probe, found):
    """What a reader made of a probe, in words."""
    refused = found.get("refused") or found.get("failed")
    if refused:
        return "crashed" if "crashed" in refused else "refused"
    # A reader may give a nonlinear objective a column of its own.
    wrong = [k for k, n in probe["counts"].items()
             if k in found and not n <= found[k] <= n + (found.get("extra", 0) if k == "vars" else 0)]
    value, status, truth = found.get("objective"), found.get("status"), probe["truth"]
    if not status:
        return "read" if status is None and not wrong else "crashed" if status == "" else "misread (%s %s)" % (wrong[0].replace("_", " "), found[wrong[0]])
    if status.startswith("local"):
        return "misread (%s %s)" % (wrong[0].replace("_", " "), found[wrong[0]]) if wrong else "read"
    if truth == "infeasible":
        right = status in ("infeasible", "undefined")
    else:
        right = value is not None and math.isclose(value, float(truth), rel_tol=1e-5, abs_tol=1e-5)
    if right and not wrong:
        return "accepted"
    return "misread as %s" % (status if value is None or status == "unbounded" else "%.6g" % value)


def main():
    parser = argparse.ArgumentParser(prog="readers.probes", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--readers", default=",".join(workers.NAMES))
    parser.add_argument("--bless", action="store_true")
    options = parser.parse_args()
    probes, versions, jobs = load(), {}, {}
    for reader in options.readers.split(","):
        versions[reader], missing = workers.version(reader)
        if not versions[reader]:
            print("%-10s not here: %s" % (reader, missing))
            continue
        endings = workers.module(reader).TAKES.endings
        jobs[reader] = [os.path.join(PROBES, p) for p in probes if p.rsplit(".", 1)[1] in endings]
    answers, faults, asked = workers.all_answers(jobs, 10), 0, 0
    for reader, files in jobs.items():
        for path in files:
            name = os.path.basename(path)
            probe, found = probes[name], answers[reader][path]
            if "missing" in found:
                continue
            asked += 1
            words, old = outcome(probe, found), probe["outcomes"].get(reader)
            if options.bless:
                probe["outcomes"][reader] = (versions[reader], words)
            elif old is None or old[1] != words:
                faults += 1
                print("%s by %s: %s, recorded is %s" % (name, versions[reader], words, old))
    if options.bless:
        order = sorted(probes, key=lambda p: (p.rsplit(".", 1)[1], p))
        with open(OUTCOMES, "w") as out:
            out.write(HEAD)
            for name in order:
                probe = probes[name]
                counts = "".join(" %s=%d" % c for c in probe["counts"].items())
                out.write("%s %s%s\n" % (name, probe["truth"], counts))
                for reader in sorted(probe["outcomes"], key=workers.NAMES.index):
                    out.write("  %s | %s | %s\n" % ((reader,) + probe["outcomes"][reader]))
    print("%d outcomes of %d probes, %d differ" % (asked, len(probes), faults))
    return 2 if not asked else 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
