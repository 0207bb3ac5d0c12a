"""Theriac: its models alone (`examples/verify_models.rs`), and the whole tool."""

import json
import os
import pathlib
import subprocess
import sys

import numpy as np

import question
import search

FORMS = {
    "theriac big-m": "big-m",
    "theriac sos1": "sos1",
    "theriac indicator": "indicator",
    "theriac partition": "partition=2",
}


def run(args, questions, replay, judge):
    if args.tool not in FORMS:
        return whole(args, questions, replay)
    return models(args, FORMS[args.tool], questions, replay, judge)


def models(args, form, questions, replay, judge):
    """Every model to SCIP, none decided before; bounds count as building."""
    clock = search.now()
    command = [args.example, args.network, args.property, args.folder, form]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        return {"verdict": "refused", "note": last[:200]}
    told = json.loads(done.stdout)
    total = {"build": search.now() - clock, "solve": 0.0}
    if search.CLOCK == "wall":
        # Without the start of the process, as peers are timed without their imports.
        total["build"] = sum(told["seconds"].values())
    verdict, notes = "unsat", []
    for model in told["models"]:
        left = args.seconds - total["build"] - total["solve"]
        if left <= 0:
            verdict = "limit"
            break
        clock = search.now()
        scip, columns = search.read(model["file"])
        inputs = [columns[i["column"]] if "column" in i else float(i["value"]) for i in model["inputs"]]
        total["build"] += search.now() - clock
        proved = max(search.PROVED, 2.0 * model["slop"])
        answer = search.run(scip, inputs, left, proved)
        total["solve"] += answer.seconds
        found = "unsat" if model["decided"] else "limit"
        if not model["decided"]:
            found = best(answer, questions, replay, judge, proved)
        if found == "sat":
            verdict = "sat"
            break
        if found != "unsat":
            verdict = found if verdict == "unsat" else verdict
            notes.append(f"{answer.status}, bound {answer.bound:.6g}, value {answer.value}")
    notes.insert(0, f"unstable {told['unstable']}")
    return {"verdict": verdict, "route": "as is", "note": " | ".join(notes[:3]), **total}


def best(answer, questions, replay, judge, proved):
    """An attack on any question is one; which of them the model stands for does not matter."""
    verdicts = [judge(answer, q, replay, np.array, proved) for q in questions]
    return "sat" if "sat" in verdicts else verdicts[0]


def whole(args, questions, replay):
    """`theriac run`: bounds, a search for attacks, then branching or the SCIP of a Python."""
    out = args.folder / "out"
    here = (args.solvers or pathlib.Path(sys.executable).parent).absolute()
    environment = dict(os.environ, PATH=f"{here}:{os.environ['PATH']}")
    command = [args.theriac, "run", args.network, args.property, "-o", out]
    # Its own clock is that on the wall; what took too much of the processor's is not counted in the end.
    limit = args.seconds * (1 if search.CLOCK == "wall" else 8)
    command += ["--time-limit", str(limit), "--threads", "1"]
    if args.tool == "theriac scip":
        command += ["--solver", "scip"]
    clock = search.now()
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    total = {"build": 0.0, "solve": search.now() - clock}
    certificate = out / "certificate.json"
    if not certificate.exists():
        lines = done.stderr.strip().splitlines() or [f"status {done.returncode}"]
        return {"verdict": "refused", "note": " ".join(lines)[:200]}
    told = json.loads(certificate.read_text())
    verdict = {"certified": "unsat", "attacked": "sat"}.get(told["verdict"], "limit")
    if verdict == "sat":
        x = np.array(told["attack"]["test_input"], float)
        if min(question.margin(q, x, replay(x)) for q in questions) > 0:
            verdict = "not replayed"
    note = str(told.get("reason") or "")[:200]
    return {"verdict": verdict, "route": "as is", "note": note, **total}
