"""COPT; without a licence it solves 2000 rows and columns."""
import os
import tempfile

from .kit import QUADRATIC, Takes

TAKES = Takes("copt", ("lp", "mps"), QUADRATIC, indicators=True, sets=True, nonconvex=True, starts="mst", required=True)


def version():
    import coptpy as cp
    return "COPT %d.%d.%d" % (cp.COPT.VERSION_MAJOR, cp.COPT.VERSION_MINOR, cp.COPT.VERSION_TECHNICAL)


def model(cp):
    """An empty model that prints nothing."""
    config = cp.EnvrConfig()
    config.set("nobanner", "1")
    m = cp.Envr(config).createModel("m")
    m.setParam("Logging", 0)
    return m


def squares(terms):
    return sum(terms.getVar1(i).index == terms.getVar2(i).index for i in range(terms.getSize()))


def ask(path, limit, found):
    import coptpy as cp
    m = model(cp)
    m.read(path)
    rows = [m.getQuadRow(c) for c in m.getQConstrs()] if m.QConstrs else []
    indicators = m.getGenConstrIndicators() if m.Indicators else None
    objective = m.getObjective()
    quadratic = hasattr(objective, "getLinExpr")
    found.update({
        "vars": m.Cols, "integers": m.Bins + m.Ints, "linear_rows": m.Rows,
        "nonlinear_rows": m.QConstrs, "indicators": m.Indicators, "sos": m.Soss,
        "linear_nonzeros": m.Elems,
        "nonlinear_nonzeros": sum(r.getLinExpr().getSize() for r in rows),
        "indicator_nonzeros": sum(indicators.getBuilder(i).getExpr().getSize() for i in range(m.Indicators)),
        "objective_nonzeros": (objective.getLinExpr() if quadratic else objective).getSize(),
        "row_squares": sum(squares(r) for r in rows),
        "row_products": sum(r.getSize() - squares(r) for r in rows),
        "objective_squares": squares(objective) if quadratic else 0,
        "objective_products": objective.getSize() - squares(objective) if quadratic else 0,
    })
    m.setParam("TimeLimit", limit)
    m.setParam("RelGap", 0.0)  # see kit.py
    m.setParam("AbsGap", 0.0)
    if m.QConstrs or m.QElems:
        m.setParam("NonConvex", 2)  # the default is a local solve
    m.solve()
    words = {1: "optimal", 2: "infeasible", 3: "unbounded", 20: "local"}
    found["status"] = words.get(m.status, str(m.status))
    if m.HasMipSol:
        found["objective"] = m.BestObj
    elif m.status == 1:
        found["objective"] = m.LpObjVal


def start(path, point):
    import coptpy as cp
    m = model(cp)
    m.read(path)
    m.readMst(point)
    # It tells the start that it holds only by writing it.
    with tempfile.TemporaryDirectory() as d:
        again = os.path.join(d, "again.mst")
        m.writeMst(again)
        with open(again) as f:
            pairs = [line.split() for line in f if not line.startswith("#")]
    return {name: float(value) for name, value in pairs}
