"""COPT; without a licence it solves 2000 rows and columns."""
from .kit import QUADRATIC, Takes

TAKES = Takes(("lp", "mps"), QUADRATIC, indicators=True, sets=True, nonconvex=True)


def version():
    import coptpy as cp
    return "COPT %d.%d.%d" % (cp.COPT.VERSION_MAJOR, cp.COPT.VERSION_MINOR, cp.COPT.VERSION_TECHNICAL)


def ask(path, limit, found):
    import coptpy as cp
    config = cp.EnvrConfig()
    config.set("nobanner", "1")
    m = cp.Envr(config).createModel("m")
    m.setParam("Logging", 0)
    m.read(path)
    found.update({"vars": m.Cols, "integers": m.Bins + m.Ints, "linear_rows": m.Rows,
                  "nonlinear_rows": m.QConstrs, "indicators": m.Indicators, "sos": m.Soss})
    m.setParam("TimeLimit", limit)
    if m.QConstrs or m.QElems:
        m.setParam("NonConvex", 2)  # the default is a local solve
    m.solve()
    words = {1: "optimal", 2: "infeasible", 3: "unbounded", 20: "local"}
    found["status"] = words.get(m.status, str(m.status))
    if m.HasMipSol:
        found["objective"] = m.BestObj
    elif m.status == 1:
        found["objective"] = m.LpObjVal
