"""Tables of results: python table.py RESULTS.csv [MORE.csv ...] [--against TOOL]

Ratios are geometric means of a tool's time over that of `--against`, over the instances that both decide
rightly: of all time (model and solver), and of the solver's alone; each time is at least a millisecond, or the hundredth
of a second that the processor's clock can tell. `holds`: the tool of `--against` decides at least as many, in at
most half the time.
"""

import argparse
import csv
import math
import pathlib

LEAST = {"wall": 0.001, "cpu": 0.01}


def geometric(values):
    return math.exp(sum(map(math.log, values)) / len(values)) if values else None


def times(row):
    build, solve = (float(row[c] or 0) for c in ("build", "solve"))
    least = LEAST[row["clock"]]
    return max(build + solve, least), max(solve, least)


def right(row):
    return row["verdict"] in ("sat", "unsat") and not wrong(row)


def wrong(row):
    return {row["verdict"], row["known"]} == {"sat", "unsat"}


def ratios(rows, base):
    pairs = [(times(r), times(base[k])) for k, r in rows.items() if k in base and right(r) and right(base[k])]
    both = [geometric([a[k] / b[k] for a, b in pairs]) for k in (0, 1)]
    decided = [sum(map(right, of.values())) for of in (base, rows)]
    holds = decided[0] >= decided[1] and (both[0] is None or both[0] >= 2.0)
    return [len(pairs), *("" if v is None else f"{v:.2f}" for v in both), "yes" if holds else "no"]


def line(category, tool, rows, base):
    of = list(rows.values())
    count = lambda *verdicts: sum(r["verdict"] in verdicts and not wrong(r) for r in of)
    cells = [category, tool, len(of), count("unsat"), count("sat"), sum(map(wrong, of))]
    cells += [count("not replayed"), count("limit", "undecided", "memory"), count("refused", "failed")]
    cells += [geometric([times(r)[0] for r in of if right(r)])]
    cells[-1] = "" if cells[-1] is None else f"{cells[-1]:.2f}"
    found = ratios(rows, base)
    if rows is base:
        found[-1] = ""
    return cells + found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("results", type=pathlib.Path, nargs="+")
    parser.add_argument("--against", default="theriac")
    args = parser.parse_args()
    rows = []
    for path in args.results:
        with open(path, newline="") as file:
            rows += csv.DictReader(file)
    names = ["category", "tool", "tried", "unsat", "sat", "wrong", "not replayed", "unknown", "refused"]
    names += ["mean s", "both", "time ratio", "solver ratio", "holds"]
    print("|", " | ".join(names), "|\n|" + "---|" * len(names))
    categories = list(dict.fromkeys(r["category"] for r in rows))
    tools = list(dict.fromkeys(r["tool"] for r in rows))
    for category in [*categories, "all"]:
        of = {}
        for r in rows:
            if category in (r["category"], "all"):
                of.setdefault(r["tool"], {})[r["network"], r["property"]] = r
        for tool in tools:
            if tool in of:
                cells = line(category, tool, of[tool], of.get(args.against, {}))
                print("|", " | ".join(map(str, cells)), "|")
    loads = [float(r["load"]) for r in rows if r["load"]]
    if loads:
        print(f"\nLoad of the machine while it ran: {min(loads):.1f} to {max(loads):.1f}.")
    show("Wrong verdicts", [r for r in rows if wrong(r)])
    reasons = {}
    for r in rows:
        if r["route"] != "as is" and r["note"]:
            reasons.setdefault((r["category"], r["tool"], r["note"].split(" | ")[0]), []).append(r)
    print("\n| category | tool | refused as it is, with | instances | taken when said plainly |\n|---|---|---|---|---|")
    for (category, tool, note), of in reasons.items():
        plain = sum(r["route"] in ("plain", "spelled") for r in of)
        print(f"| {category} | {tool} | {note} | {len(of)} | {plain} |")


def show(title, rows):
    print(f"\n{title}: {len(rows)}.")
    for r in rows:
        print(f"- {r['tool']}: {r['verdict']} for {r['network']} {r['property']}, known {r['known']}; {r['note']}")


if __name__ == "__main__":
    main()
