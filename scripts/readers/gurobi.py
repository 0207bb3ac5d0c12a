"""Gurobi; the licence in its wheel solves 2000 rows and columns, 200 columns with quadratics."""
from .kit import QUADRATIC, Takes, sums

TAKES = Takes("gurobi", ("lp", "mps"), QUADRATIC, indicators=True, sets=True, nonconvex=True, starts="mst", priorities="ord", required=True)


def version():
    import gurobipy
    return "Gurobi %d.%d.%d" % gurobipy.gurobi.version()


def squares(terms):
    return sum(terms.getVar1(i).sameAs(terms.getVar2(i)) for i in range(terms.size()))


def ask(path, limit, found):
    import gurobipy as gp
    env = gp.Env(params={"OutputFlag": 0})
    m = gp.read(path, env)
    rows = [m.getQCRow(c) for c in m.getQConstrs()]
    objective = m.getObjective()
    quadratic = isinstance(objective, gp.QuadExpr)
    found.update({
        "vars": m.NumVars, "integers": m.NumIntVars, "linear_rows": m.NumConstrs,
        "nonlinear_rows": m.NumQConstrs, "indicators": m.NumGenConstrs, "sos": m.NumSOS,
        "linear_nonzeros": m.NumNZs,
        "nonlinear_nonzeros": sum(r.getLinExpr().size() for r in rows),
        "indicator_nonzeros": sum(m.getGenConstrIndicator(g)[2].size() for g in m.getGenConstrs()),
        "objective_nonzeros": (objective.getLinExpr() if quadratic else objective).size(),
        "row_squares": sum(squares(r) for r in rows),
        "row_products": sum(r.size() - squares(r) for r in rows),
        "objective_squares": squares(objective) if quadratic else 0,
        "objective_products": objective.size() - squares(objective) if quadratic else 0,
    })
    found.update(sums((v.Obj for v in m.getVars()), m.getA().data))
    m.Params.TimeLimit = limit
    m.Params.NonConvex = 2
    m.Params.MIPGap = m.Params.MIPGapAbs = 0  # see kit.py
    # A reduction in presolve leaves "infeasible or unbounded" open.
    m.Params.DualReductions = 0
    m.optimize()
    found["status"] = {2: "optimal", 3: "infeasible", 5: "unbounded"}.get(m.Status, str(m.Status))
    if m.SolCount:
        found["objective"] = m.ObjVal


def start(path, point):
    import gurobipy as gp
    m = gp.read(path, gp.Env(params={"OutputFlag": 0}))
    m.read(point)
    m.update()
    return {v.VarName: v.Start for v in m.getVars()}


def priorities(path, file, columns):
    import gurobipy as gp
    m = gp.read(path, gp.Env(params={"OutputFlag": 0}))
    m.read(file)
    m.update()
    return {v.VarName: v.BranchPriority for v in m.getVars()}
