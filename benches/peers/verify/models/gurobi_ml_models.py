"""gurobi-machinelearning: general constraints `r = max(x, 0)`, which only Gurobi reads.

For SCIP they are said as `r = x + s`, `r >= 0`, `s >= 0`, `r = 0 or s = 0` as a set of type 1, which says no more
and no less (of three ways it was the one by which SCIP decided most rightly). All else is the MPS file that
gurobipy writes. `Native` is the model as it is, by Gurobi, as far as the licence goes.
"""

import pathlib
import tempfile

import gurobipy as gp
import numpy as np
from gurobi_ml import add_predictor_constr

from search import FOUND, PROVED, Answer, Model, Refused, now, read


def predictor(model, lower, upper, outputs):
    g = gp.Model(env=gp.Env(params={"OutputFlag": 0}))
    x = g.addMVar((1, len(lower)), lb=lower.reshape(1, -1), ub=upper.reshape(1, -1))
    y = g.addMVar((1, outputs), lb=-gp.GRB.INFINITY)
    add_predictor_constr(g, model, x, y)
    g.update()
    return g, x, y


def by_scip(model, chain, lower, upper, outputs):
    g, x, y = predictor(model, lower, upper, outputs)
    every = g.getVars()
    g.setAttr("VarName", every, [f"v{k}" for k in range(len(every))])
    g.update()
    maxima = []
    for general in g.getGenConstrs():
        result, operands, constant = g.getGenConstrMax(general)
        maxima.append((result.VarName, [v.VarName for v in operands], constant))
        g.remove(general)
    g.update()
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "model.mps"
        g.write(str(path))
        scip, columns = read(path)

    def column(var):
        # A column without entries is not in the file.
        if var.VarName not in columns:
            columns[var.VarName] = scip.addVar(var.VarName, lb=var.LB, ub=var.UB)
        return columns[var.VarName]

    inputs = [column(v) for v in x.tolist()[0]]
    outs = [column(v) for v in y.tolist()[0]]
    for result, operands, constant in maxima:
        (operand,) = operands
        assert constant == 0.0
        r, slack = columns[result], scip.addVar()
        scip.chgVarLb(r, 0.0)
        scip.addCons(r == columns[operand] + slack)
        scip.addConsSOS1([r, slack])
    return Model(scip, inputs, outs)


class Native:
    """The model as it is, by Gurobi."""

    def __init__(self, model, chain, lower, upper, outputs):
        self.g, x, y = predictor(model, lower, upper, outputs)
        self.of = {"X": x.tolist()[0], "Y": y.tolist()[0]}

    def search(self, question, seconds):
        g = self.g
        sums = [
            gp.quicksum(a * self.of[kind][k] for (kind, k), a in terms.items()) - rhs
            for terms, rhs in question.rows
        ]
        top, rows = sums[0], []
        if len(sums) > 1:
            top = g.addVar(lb=-gp.GRB.INFINITY)
            rows = [g.addConstr(s <= top) for s in sums]
        g.setObjective(top, gp.GRB.MINIMIZE)
        g.Params.Threads, g.Params.TimeLimit = 1, max(seconds, 0.01)
        g.Params.BestObjStop, g.Params.BestBdStop = FOUND, PROVED
        clock = now()
        try:
            g.optimize()
        except gp.GurobiError as error:
            raise Refused(f"GurobiError: {error}") from error
        seconds = now() - clock
        value, x = None, None
        if g.SolCount:
            value, x = g.ObjVal, [v.X for v in self.of["X"]]
        # A model with no integer part has no bound of its own.
        bound = g.ObjBound if g.Status != gp.GRB.INFEASIBLE else np.inf
        for row in rows:
            g.remove(row)
        return Answer(str(g.Status), bound, value, x, seconds)


TOOLS = {"gurobi-ml": by_scip, "gurobi-ml by gurobi": Native}
