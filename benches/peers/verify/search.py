"""One question by SCIP, single-threaded, within a limit of time.

The objective is the margin: the left-hand side of the row, or the largest of them, which is how the
examples of all three peers look for adversarial points. A search ends as soon as a point has a
margin below `FOUND` or the dual bound is above `PROVED`. `FOUND` is a little below 0, so that the point
survives replay in single precision; where nothing is that low, the best point is replayed at the end.
"""

import os
import time
from dataclasses import dataclass

import pyscipopt

FOUND, PROVED = -1e-5, 1e-6
MEMORY = 6000.0  # MB
CLOCK = "wall"  # or "cpu", of this process and those that it started, for a machine with other work


def now():
    return time.perf_counter() if CLOCK == "wall" else sum(os.times()[:4])


class Refused(Exception):
    """The tool does not take the network, as it is or plainly."""


@dataclass
class Model:
    """What a tool built: the network in SCIP."""

    scip: object
    inputs: list  # variables, or numbers where the tool has none
    outputs: list


@dataclass
class Answer:
    status: str
    bound: float
    value: float | None
    x: list | None
    seconds: float


def fresh():
    scip = pyscipopt.Model()
    scip.hideOutput()
    return scip


def read(path):
    scip = fresh()
    scip.readProblem(str(path))
    return scip, {v.name: v for v in scip.getVars()}


def at_most(scip, terms):
    """A variable of at least the largest of some linear expressions."""
    top = scip.addVar("margin", lb=None)
    return top, [scip.addCons(expression <= top) for expression in terms]


def ask(model, question):
    """Sets the margin of a question as objective; returns what has to be taken back."""
    scip = model.scip
    of = {"X": model.inputs, "Y": model.outputs}
    sums = [
        pyscipopt.quicksum(a * of[kind][k] for (kind, k), a in terms.items()) - rhs
        for terms, rhs in question.rows
    ]
    if len(sums) == 1:
        scip.setObjective(sums[0], "minimize")
        return []
    top, rows = at_most(scip, sums)
    scip.setObjective(top, "minimize")
    return rows


def run(scip, inputs, seconds, proved=PROVED):
    """Minimises within some seconds."""
    parameters = {
        "limits/time": max(seconds, 0.01),
        "limits/memory": MEMORY,
        "limits/primal": FOUND,
        "limits/dual": proved,
        "timing/clocktype": 2 if CLOCK == "wall" else 1,
    }
    for name, value in parameters.items():
        scip.setParam(name, value)
    clock = now()
    scip.optimize()
    seconds = now() - clock
    value, x = None, None
    if scip.getNSols() > 0:
        value = scip.getObjVal()
        best = scip.getBestSol()
        x = [v if isinstance(v, float) else scip.getSolVal(best, v) for v in inputs]
    return Answer(scip.getStatus(), scip.getDualbound(), value, x, seconds)


def take_back(scip, rows):
    scip.freeTransform()
    for row in rows:
        scip.delCons(row)
