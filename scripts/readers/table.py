"""What was found, by target and reader, and its table in Markdown."""
from .cases import FORMATS, Priorities
from .known import LEFT_OUT, SOLVED_WRONGLY

FAULTS = ("refused", "miscounted", "unsolved")


class Run:
    """Everything that was found in one run; `readers` gives what each takes and its version."""

    def __init__(self, readers):
        self.readers = readers
        self.cells = {}
        self.models = []
        self.refused = {}
        self.written = {}
        self.starts = {}
        self.priorities = {}
        self.faults = []

    def folder(self, words, files, refused):
        """A folder of cases, before its files are given to anybody."""
        self.models.append((words, len({f.case for f in files}), len(files)))
        for target, count in refused.items():
            self.refused[target] = self.refused.get(target, 0) + count
            self.written[target] = self.written.get(target, 0) + sum(target in f.targets for f in files)

    def add(self, reader, file, targets, word, why):
        """What a reader found in a file that is for these targets."""
        if word in FAULTS:
            self.faults.append("%s/%s by %s: %s: %s" % (file.case, file.name, reader, word, why))
        for target in targets:
            cell = self.cells.setdefault((target, reader), {})
            cell[word] = cell.get(word, 0) + 1

    def beside(self, reader, own, found):
        """What a reader has after it read a model and a start or priorities for it."""
        values, wanted = found.get("values"), own.wanted(self.readers[reader][0])
        if isinstance(own, Priorities):
            held, values = self.priorities, values and {v: p for v, p in values.items() if p}
        else:
            held = self.starts
        if values == wanted:
            held[reader] = held.get(reader, 0) + 1
        else:
            why = found.get("refused") or found.get("failed") or "%r instead of %r" % (values, wanted)
            self.faults.append("%s by %s: %s" % (own.path, reader, why))

    def show(self):
        """The sums by reader, and every fault."""
        for name, (_, version) in self.readers.items():
            sums = {}
            for (_, reader), cell in self.cells.items():
                if reader == name:
                    for word, count in cell.items():
                        sums[word] = sums.get(word, 0) + count
            print("%-28s %s" % (version, ", ".join("%d %s" % (n, w) for w, n in sorted(sums.items()))))
        print("start files: %s" % self.held(self.starts))
        print("priorities: %s" % self.held(self.priorities))
        print("%d faults" % len(self.faults))
        for fault in self.faults:
            print("  " + fault)

    def cell(self, target, name):
        """`right`, or `right + counted`; a reader that proves little only counts."""
        found = self.cells.get((target, name), {})
        right, counted = found.get("right", 0), found.get("counted", 0)
        if not right and not counted:
            return ""
        if not self.readers[name][0].proves or not right:
            return "(%d)" % (right + counted)
        return "%d" % right + (" + (%d)" % counted if counted else "")

    def markdown(self):
        """The tables, which depend on nothing but the files and the versions of the readers."""
        portable = [t for t in self.refused if set(t.split("-")) <= FORMATS]
        lines = [HEAD]
        lines += ["- %s: %d models, %d files;" % words for words in self.models[:-1]]
        lines += ["- %s: %d models, %d files." % words for words in self.models[-1:]]
        lines += ["", MEANING, "", "| reader | " + " | ".join(portable) + " |", "|---" * (len(portable) + 1) + "|"]
        lines.append(row("*models written*", [str(self.written[t]) for t in portable]))
        lines.append(row("*models refused*", [str(self.refused[t]) for t in portable]))
        for name, (_, version) in self.readers.items():
            lines.append(row(version, [self.cell(t, name) for t in portable]))
        lines += ["", "| target | models written | models refused | its readers |", "|---|---|---|---|"]
        for target in self.refused:
            if target not in portable:
                found = ["%s: %s" % (version, self.cell(target, name))
                         for name, (_, version) in self.readers.items() if self.cell(target, name)]
                lines.append(row("`%s`" % target, [str(self.written[target]), str(self.refused[target]), ", ".join(found)]))
        lines += ["", "Start files that were read to the same values, bit for bit: %s." % self.held(self.starts)]
        lines += ["", "Branching priorities that arrived as they were given: %s." % self.held(self.priorities)]
        lines += ["", KNOWN, ""]
        for name, _, why in LEFT_OUT:
            lines.append("- %s %s: not given such files." % (self.short(name), why))
        for name, _, why in SOLVED_WRONGLY:
            lines.append("- %s %s: counted, its answer is not compared where it is wrong." % (self.short(name), why))
        return "\n".join(lines) + "\n"

    def held(self, counts):
        """How many files each reader took."""
        return ", ".join("%s %d" % (self.readers[n][1], k) for n, k in counts.items())

    def short(self, name):
        """The reader's name without its version, which the reason begins with."""
        return self.readers[name][1].rsplit(" ", 1)[0] if name in self.readers else name


def row(first, cells):
    return "| %s | %s |" % (first, " | ".join(cells))


HEAD = """# What other people's readers make of our files

Generated by `scripts/foreign_readers.sh`; CI fails if it differs. Every file below was given to every reader
that it is meant for: files of the targets `lp`, `mps`, `nl` and `nl-binary` to all readers of the
format that know the model's class and constructs, files of other targets, every one of them, to the
reader in the target's name.
"""

MEANING = """A number says how many files a reader took with the same columns, rows, entries, integers, quadratic
terms, indicators and sets as Theriac wrote (as far as it counts them), and solved to the optimum
that is known from exact enumeration, a closed form or the network itself. Numbers in parentheses
are files that it counted alike and did not solve to proof: too large for its free licence, or not
for a solver of its kind. No file was refused, counted otherwise, or solved to another optimum.
Refused models are those that Theriac does not write for the target; each refusal is a sentence."""

KNOWN = """What was left out or excused, because the reader is wrong whoever wrote the file:"""
