"""The files that readers are given: folders of `golden/` and of the generated corpus."""
import dataclasses
import json
import os

# What the names of portable targets consist of.
FORMATS = {"lp", "mps", "nl", "binary", "text", "portable"}


@dataclasses.dataclass
class File:
    """One file, with the targets that it is for and what a reader has to find in it."""
    case: str
    name: str
    path: str
    facts: dict
    truth: dict
    targets: list

    @property
    def ending(self):
        return self.name.rsplit(".", 1)[1]


@dataclasses.dataclass
class Start:
    """A start file, with the file of its model and the values that it gives by name."""
    model: File
    path: str
    target: str
    values: dict

    def request(self, takes):
        """What a reader that knows such files is asked."""
        if takes.starts and self.path.endswith(takes.starts) and not (takes.own_starts and takes.word not in self.target):
            return json.dumps({"start": [self.model.path, self.path]})
        return None

    def wanted(self, takes):
        return self.values


@dataclasses.dataclass
class Priorities:
    """A file of branching priorities, with the file of its model and those of all its integers."""
    model: File
    path: str
    target: str
    values: dict
    columns: list

    def request(self, takes):
        """What a reader that knows such files is asked."""
        if takes.priorities and self.path.endswith(takes.priorities) and takes.word in self.target.split("-"):
            columns = self.columns if self.model.ending == "nl" else []
            return json.dumps({"priorities": [self.model.path, self.path, columns]})
        return None

    def wanted(self, takes):
        raised = max(0, -min(self.values.values())) if takes.raises else 0
        return {v: p + raised for v, p in self.values.items() if p + raised}


def load(root, chosen=()):
    """Every file, every start and list of priorities below `root`, and by target the number of
    cases that it refuses."""
    files, beside, refused = [], [], {}
    for case in sorted(os.listdir(root)):
        folder = os.path.join(root, case)
        record = os.path.join(folder, "truth.json")
        if not os.path.exists(record) or chosen and case not in chosen:
            continue
        with open(record) as f:
            record = json.load(f)
        owners = {}
        with open(os.path.join(folder, "targets.txt")) as f:
            for line in f.read().splitlines():
                target, words = line.split(None, 1)
                refused.setdefault(target, 0)
                if words.startswith("refused:"):
                    refused[target] += 1
                else:
                    owners.setdefault(words, []).append(target)
        for name, targets in owners.items():
            facts, truth = record["files"][name], dict(record["truth"])
            if facts.get("maximise") and "optimum" in truth:
                # Models are minimised; this file says that the negative is maximised.
                truth["optimum"] = -truth["optimum"]
            files.append(File(case, name, os.path.join(folder, name), facts, truth, targets))
        for name, start in record.get("starts", {}).items():
            model = next(f for f in files if f.case == case and f.name == start["model"])
            beside.append(Start(model, os.path.join(folder, name), start["target"], start["values"]))
        for name, own in record.get("priorities", {}).items():
            for target, model in own["for"].items():
                model = next(f for f in files if f.case == case and f.name == model)
                path = os.path.join(folder, name)
                beside.append(Priorities(model, path, target, own["values"], own.get("columns", [])))
    return files, beside, refused


def meant(target, word, words):
    """Whether a target's files are meant for the reader called `word`."""
    own = set(target.split("-")) - FORMATS
    if not own <= words:
        raise ValueError("target %s has no reader" % target)
    return not own or word in own


def able(takes, target, file):
    """Whether a reader that can do what `takes` says is asked for the file of a target: it has to
    take whatever is written for its own."""
    if file.ending not in takes.endings:
        return False
    if takes.word in target.split("-"):
        return True
    facts = file.facts
    return (facts["class"].split()[0] in takes.classes
            and (takes.indicators or not facts["indicators"]) and (takes.sets or not facts["sos"])
            and (takes.nonconvex or "nonconvex" not in facts["class"]))
