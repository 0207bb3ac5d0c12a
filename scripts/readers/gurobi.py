"""Gurobi; the licence in its wheel solves 2000 rows and columns, 200 columns with quadratics."""
from .kit import QUADRATIC, Takes

TAKES = Takes(("lp", "mps"), QUADRATIC, indicators=True, sets=True, nonconvex=True)


def version():
    import gurobipy
    return "Gurobi %d.%d.%d" % gurobipy.gurobi.version()


def ask(path, limit, found):
    import gurobipy as gp
    env = gp.Env(params={"OutputFlag": 0})
    m = gp.read(path, env)
    found.update({
        "vars": m.NumVars, "integers": m.NumIntVars, "linear_rows": m.NumConstrs,
        "nonlinear_rows": m.NumQConstrs, "indicators": m.NumGenConstrs, "sos": m.NumSOS,
    })
    if not m.NumGenConstrs and not m.NumQConstrs:
        found["nonzeros"] = m.NumNZs
    m.Params.TimeLimit = limit
    m.Params.NonConvex = 2
    # A reduction in presolve leaves "infeasible or unbounded" open.
    m.Params.DualReductions = 0
    m.optimize()
    found["status"] = {2: "optimal", 3: "infeasible", 5: "unbounded"}.get(m.Status, str(m.Status))
    if m.SolCount:
        found["objective"] = m.ObjVal
