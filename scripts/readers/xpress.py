"""Xpress; the licence in its wheel solves 5000 rows and columns, 200 with quadratics."""
from .kit import QUADRATIC, Takes

TAKES = Takes("xpress", ("lp", "mps"), QUADRATIC, indicators=True, sets=True, nonconvex=True, required=True)


def version():
    import xpress as xp
    return "Xpress %s" % xp.__version__


def ask(path, limit, found):
    import xpress as xp
    xp.init()
    xp.setOutputEnabled(False)
    p = xp.problem()
    p.readProb(path, "l" if path.endswith(".lp") else "")
    a = p.attributes
    found.update({"vars": a.cols, "integers": a.mipents,
                  "linear_rows": a.rows - a.qconstraints - a.indicators,
                  "nonlinear_rows": a.qconstraints, "indicators": a.indicators, "sos": a.sets,
                  "nonzeros": a.elems, "objective_entries": a.qelems, "row_terms": a.qcelems})
    p.controls.timelimit = limit
    p.controls.miprelstop = p.controls.mipabsstop = 0  # see kit.py
    if a.qconstraints and not a.mipents:
        # Its presolve calls a wrong point optimal for some convex quadratic rows (9.9.1); without
        # it, models with integers and products of them are not solved (error 417 or no answer).
        p.controls.presolve = 0
        p.controls.mippresolve = 0
    status = p.optimize("")[1].name
    found["status"] = status.lower()
    if status == "OPTIMAL":
        found["objective"] = a.objval
