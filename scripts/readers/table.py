"""What was found, by target and reader."""


class Run:
    def __init__(self, readers):
        self.readers = readers
        self.cells = {}
        self.refused = {}
        self.faults = []

    def refusals(self, refused):
        for target, count in refused.items():
            self.refused[target] = self.refused.get(target, 0) + count

    def add(self, reader, file, targets, word, why):
        if word in ("wrong", "refused", "failed"):
            self.faults.append("%s/%s by %s: %s: %s" % (file.case, file.name, reader, word, why))
        for target in targets:
            cell = self.cells.setdefault((target, reader), {})
            cell[word] = cell.get(word, 0) + 1

    def show(self):
        for name, (_, version) in self.readers.items():
            sums = {}
            for (_, reader), cell in self.cells.items():
                if reader == name:
                    for word, count in cell.items():
                        sums[word] = sums.get(word, 0) + count
            print("%-26s %s" % (version, ", ".join("%d %s" % (n, w) for w, n in sorted(sums.items()))))
        print("%d faults" % len(self.faults))
        for fault in self.faults:
            print("  " + fault)

    def markdown(self):
        return ""
