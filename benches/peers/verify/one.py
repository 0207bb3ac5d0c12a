"""One instance by one tool, in a process of its own: prints one line of JSON.

python one.py TOOL NETWORK.onnx PROPERTY.vnnlib SECONDS FOLDER [--clock cpu] [--example FILE] [--theriac FILE]
"""

import argparse
import importlib
import json
import pathlib
import traceback

import numpy as np

import network as net
import question as q
import search
from search import Refused

PEERS = {
    "pyscipopt-ml": "models.scipopt_ml",
    "omlt": "models.omlt_models",
    "gurobi-ml": "models.gurobi_ml_models",
}


def reason(error):
    text = " ".join(str(error).split())
    if text.startswith("Can't do model"):
        # The whole model is printed first.
        text = "... " + text[-120:]
    return f"{type(error).__name__}: {text[:160]}"


class Peer:
    """A model a box, built by a peer from the network as it is, or else from its plain chain."""

    def __init__(self, tool, path, outputs):
        self.builder = importlib.import_module(PEERS[tool.split()[0]]).TOOLS[tool]
        self.given = net.load(path)
        try:
            self.chain = net.chain(self.given)
        except net.NoChain:
            self.chain = None
        self.outputs = outputs
        self.route, self.note, self.boxes = "as is", "", {}

    def model(self, question):
        key = question.lower.tobytes() + question.upper.tobytes()
        if key not in self.boxes:
            self.boxes = {key: self.build(question.lower, question.upper)}
        return self.boxes[key]

    def build(self, lower, upper):
        if self.route == "as is":
            try:
                return self.builder(self.given, self.chain, lower, upper, self.outputs)
            except Exception as error:
                self.note = reason(error)
            # What was spent on the refusal is not counted.
            self.route = "plain" if self.chain else "spelled"
            self.began = search.now()
        model = self.chain.plain() if self.chain else net.spelled(self.given)
        if self.chain:
            ends = [(e - self.chain.shift) / self.chain.scale for e in (lower, upper)]
            lower, upper = np.minimum(*ends), np.maximum(*ends)
        try:
            return self.builder(model, self.chain, lower, upper, self.outputs)
        except Exception as error:
            raise Refused(f"{self.note} | {self.route}: {reason(error)}") from error

    def original(self, z):
        z = np.array(z, float)
        return z * self.chain.scale + self.chain.shift if self.route == "plain" else z

    def search(self, question, seconds):
        """(answer, seconds of building)"""
        self.began = search.now()
        model = self.model(question)
        built = search.now() - self.began
        if hasattr(model, "search"):
            return model.search(question, seconds - built), built
        clock = search.now()
        rows = search.ask(model, question)
        built += search.now() - clock
        answer = search.run(model.scip, model.inputs, seconds - built)
        search.take_back(model.scip, rows)
        return answer, built


def by_peer(tool, path, questions, replay, limit):
    peer = Peer(tool, path, len(replay(questions[0].lower)))
    total = {"build": 0.0, "solve": 0.0}
    verdict, notes = "unsat", []
    for question in questions:
        left = limit - total["build"] - total["solve"]
        if left <= 0:
            verdict = "limit"
            break
        answer, built = peer.search(question, left)
        total["build"] += built
        total["solve"] += answer.seconds
        found = judge(answer, question, replay, peer.original, 1e-6)
        if found == "sat":
            verdict = "sat"
            break
        if found != "unsat":
            verdict = found if verdict == "unsat" else verdict
            notes.append(f"{answer.status}, bound {answer.bound:.6g}, value {answer.value}")
    notes = [peer.note, *notes[:2]] if peer.route != "as is" else notes[:2]
    return {"verdict": verdict, "route": peer.route, "note": " | ".join(notes), **total}


def judge(answer, question, replay, original, proved):
    """sat only after replay, unsat only by a dual bound or infeasibility."""
    if answer.x is not None and answer.value <= 1e-6:
        x = np.clip(original(answer.x), question.lower, question.upper)
        return "sat" if q.margin(question, x, replay(x)) <= 0 else "not replayed"
    if answer.status == "infeasible" or answer.bound > proved:
        return "unsat"
    return "limit" if answer.status != "optimal" else "undecided"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tool")
    parser.add_argument("network", type=pathlib.Path)
    parser.add_argument("property", type=pathlib.Path)
    parser.add_argument("seconds", type=float)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--clock", choices=("wall", "cpu"), default="wall")
    parser.add_argument("--example", type=pathlib.Path)
    parser.add_argument("--theriac", type=pathlib.Path)
    parser.add_argument("--solvers", type=pathlib.Path)
    args = parser.parse_args()
    search.CLOCK = args.clock
    questions = q.read(args.property)
    replay = net.Replay(args.network)
    try:
        if args.tool.startswith("theriac"):
            from models import ours

            found = ours.run(args, questions, replay, judge)
        else:
            found = by_peer(args.tool, args.network, questions, replay, args.seconds)
    except Refused as error:
        found = {"verdict": "refused", "note": str(error)}
    except MemoryError:
        found = {"verdict": "memory", "note": traceback.format_exc().splitlines()[-1]}
    if found["verdict"] in ("sat", "unsat") and found["build"] + found["solve"] > 1.05 * args.seconds:
        found["verdict"] = "limit"
    found["questions"] = len(questions)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
