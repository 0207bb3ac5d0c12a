"""Are the models the networks? Fixes the inputs of each tool's model at points of the property's box, and
compares the outputs that SCIP finds with those of onnxruntime.

python check.py DATA [--tools A,B] [--category NAME ...] [--points 2] prints one line a tool and network.
python check.py DATA --counterexamples: does each recorded counterexample meet its property as it is read here?
"""

import argparse
import csv
import gzip
import pathlib
import tempfile

import numpy as np

import instances
import network as net
import one
import question as q
import search


def outputs(model, x):
    """The outputs at a point, or nothing where SCIP finds the model infeasible."""
    scip = model.scip
    ends = [(v, v.getLbOriginal(), v.getUbOriginal()) for v in model.inputs]
    for (v, lower, upper), value in zip(ends, x):
        value = min(max(value, lower), upper)
        scip.chgVarLb(v, value)
        scip.chgVarUb(v, value)
    scip.setObjective(model.outputs[0], "minimize")
    scip.setParam("limits/time", 60.0)
    scip.optimize()
    found = None
    if scip.getNSols() > 0:
        best = scip.getBestSol()
        found = np.array([scip.getSolVal(best, v) for v in model.outputs])
    status = scip.getStatus()
    scip.freeTransform()
    for v, lower, upper in ends:
        scip.chgVarLb(v, lower)
        scip.chgVarUb(v, upper)
    return found, status


def compare(tool, path, question, points):
    """(route, binaries, largest relative difference or the status of SCIP, what was refused)"""
    replay = net.Replay(path)
    peer = one.Peer(tool, path, len(replay(question.lower)))
    model = peer.model(question)
    rng = np.random.default_rng(0)
    worst = 0.0
    for _ in range(points):
        x = rng.uniform(question.lower, question.upper).astype(np.float32).astype(float)
        x = x.clip(question.lower, question.upper)
        z = (x - peer.chain.shift) / peer.chain.scale if peer.route == "plain" else x
        found, status = outputs(model, z)
        if found is None:
            return peer.route, model.scip.getNBinVars(), status, peer.note
        truth = replay(x)
        worst = max(worst, float(np.max(abs(found - truth) / (1.0 + abs(truth)))))
    return peer.route, model.scip.getNBinVars(), f"{worst:.1e}", peer.note


def counterexamples(data):
    met, missed = 0, 0
    with open(data / "instances.csv", newline="") as file:
        rows = [r for r in csv.DictReader(file) if r["counterexample"]]
    for r in rows:
        raw = (data / r["counterexample"]).read_bytes()
        text = gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
        x = np.array(text.split(), float)
        with tempfile.TemporaryDirectory() as folder:
            replay = net.Replay(instances.unpacked(data, r["onnx"], folder))
            questions = q.read(instances.unpacked(data, r["vnnlib"], folder))
        margin = min(q.margin(k, x, replay(x)) for k in questions)
        met, missed = met + (margin <= 0), missed + (margin > 0)
        if margin > 0:
            print(r["onnx"], r["vnnlib"], f"margin {margin:.2e}, recorded {r['cex_output_slack']}")
    print(f"{met} of {met + missed} counterexamples meet their property")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--tools", default="pyscipopt-ml sos,pyscipopt-ml bigm,omlt bigm,omlt partition,gurobi-ml")
    parser.add_argument("--category", action="append", default=[])
    parser.add_argument("--points", type=int, default=2)
    parser.add_argument("--counterexamples", action="store_true")
    args = parser.parse_args()
    if args.counterexamples:
        counterexamples(args.data)
        return
    print("| network | tool | route | binaries | difference | refused as it is |\n|---|---|---|---|---|---|")
    seen = set()
    for i in instances.read(args.data):
        if i.network in seen or (args.category and i.category not in args.category):
            continue
        seen.add(i.network)
        with tempfile.TemporaryDirectory() as folder:
            path = instances.unpacked(args.data, i.network, folder)
            question = q.read(instances.unpacked(args.data, i.property, folder))[0]
            for tool in args.tools.split(","):
                try:
                    cells = compare(tool, path, question, args.points)
                except search.Refused as error:
                    cells = ("refused", "", "", str(error))
                print("|", " | ".join(map(str, (i.network, tool, *cells))), "|", flush=True)


if __name__ == "__main__":
    main()
