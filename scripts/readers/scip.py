"""SCIP through PySCIPOpt."""
from .kit import SMOOTH, Takes

TAKES = Takes(("lp", "mps", "nl"), SMOOTH, indicators=True, sets=True, nonconvex=True)


def version():
    import pyscipopt
    return "SCIP %s" % pyscipopt.Model().version()


def ask(path, limit, found):
    import pyscipopt
    m = pyscipopt.Model()
    m.hideOutput()
    m.readProblem(path)
    kinds = [c.getConshdlrName() for c in m.getConss()]
    types = [v.vtype() for v in m.getVars()]
    found.update({
        # SCIP gives each indicator a slack column and a linear row of its own.
        "vars": len(types) - kinds.count("indicator"),
        "integers": len(types) - types.count("CONTINUOUS"),
        "linear_rows": kinds.count("linear") - kinds.count("indicator"),
        "nonlinear_rows": kinds.count("nonlinear"),
        # An equation under an indicator becomes two.
        "split_indicators": kinds.count("indicator"),
        "sos": kinds.count("SOS1"),
        # A nonlinear objective becomes a column and a row, a constant of an NL file a column.
        "extra": 1,
    })
    m.setParam("limits/time", limit)
    m.optimize()
    found["status"] = m.getStatus()
    if m.getNSols():
        found["objective"] = m.getObjVal()
