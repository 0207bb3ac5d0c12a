"""SCIP through PySCIPOpt."""
import os
import shutil
import sys
import tempfile

from .kit import SMOOTH, Takes, run, sums

TAKES = Takes("scip", ("lp", "mps", "nl"), SMOOTH, indicators=True, sets=True, nonconvex=True, starts="sol", priorities="batch", required=True)


# Batch files of priorities are for its shell, which this is without its executable.
SHELL = """
import ctypes, glob, os, pyscipopt, sys
lib = glob.glob(os.path.join(os.path.dirname(pyscipopt.__file__), "..", "pyscipopt.libs", "libscip-*.so*"))[0]
args = [b"scip"] + [a.encode() for a in sys.argv[1:]]
ctypes.CDLL(lib).SCIPrunShell(len(args), (ctypes.c_char_p * (len(args) + 1))(*args, None), b"none.set")
"""
OBJECTIVE_COLUMNS = ("quadobjvar", "qmatrixvar", "nlobjvar")
OBJECTIVE_ROWS = ("quadobj", "qmatrix", "objcons")


def version():
    import pyscipopt
    m = pyscipopt.Model()
    return "SCIP %d.%d.%d" % (m.getMajorVersion(), m.getMinorVersion(), m.getTechVersion())


def ask(path, limit, found):
    import pyscipopt
    m = pyscipopt.Model()
    m.hideOutput()
    m.readProblem(path)
    types = [v.vtype() for v in m.getVars()]
    rows = {}
    for c in m.getConss():
        rows.setdefault(c.getConshdlrName(), []).append(c)
    indicators = [m.getLinearConsIndicator(c) for c in rows.get("indicator", [])]
    slack_rows = {c.name for c in indicators}
    linear = [c for c in rows.get("linear", []) if c.name not in slack_rows]
    # A nonlinear objective becomes a column and a row.
    nonlinear = [c for c in rows.get("nonlinear", []) if c.name not in OBJECTIVE_ROWS]
    found.update({
        # SCIP gives each indicator a slack column and a linear row of its own.
        "vars": len(types) - len(indicators) - (len(rows.get("nonlinear", [])) - len(nonlinear)),
        "integers": len(types) - types.count("CONTINUOUS"),
        "linear_rows": len(linear),
        "nonlinear_rows": len(nonlinear),
        # An equation under an indicator becomes two.
        "split_indicators": len(indicators),
        "sos": len(rows.get("SOS1", [])),
        "linear_nonzeros": sum(len(m.getValsLinear(c)) for c in linear),
        "split_indicator_nonzeros": sum(len(m.getValsLinear(c)) - 1 for c in indicators),
        # A constant of an NL file becomes a column.
        "extra": path.endswith(".nl"),
    })
    if not path.endswith(".nl"):
        costs = [v.getObj() for v in m.getVars() if v.name not in OBJECTIVE_COLUMNS]
        found.update(sums(costs, [a for c in linear for a in m.getValsLinear(c).values()]))
    if all(m.checkQuadraticNonlinear(c) for c in nonlinear):
        terms = [m.getTermsQuadratic(c) for c in nonlinear]
        # MPS has each product twice, which SCIP adds up later.
        found["row_products"] = sum(len({frozenset((p[0].name, p[1].name)) for p in t[0]}) for t in terms)
        found["row_squares"] = sum(square[1] != 0 for t in terms for square in t[1])
        found["nonlinear_nonzeros"] = sum(len(t[2]) + sum(square[2] != 0 for square in t[1]) for t in terms)
    m.setParam("limits/time", limit)
    m.optimize()
    found["status"] = m.getStatus()
    if m.getNSols():
        found["objective"] = m.getObjVal()


def start(path, point):
    import pyscipopt
    m = pyscipopt.Model()
    m.hideOutput()
    m.readProblem(path)
    solution = m.readSolFile(point)
    own = ("indslack_", "quadobjvar", "qmatrixvar")
    return {v.name: m.getSolVal(solution, v) for v in m.getVars() if not v.name.startswith(own)}


def priorities(path, file, columns):
    with tempfile.TemporaryDirectory() as d:
        model = "m." + path.rsplit(".", 1)[1]
        shutil.copy(path, os.path.join(d, model))
        if columns:
            with open(os.path.join(d, "m.col"), "w") as f:
                f.write("".join(name + "\n" for name in columns))
        command = [sys.executable, "-c", SHELL, "-c", "read " + model, "-b", os.path.abspath(file), "-c", "quit"]
        out = run(command, 30, d)
    mark = "branching priority of variable <"
    lines = [line[len(mark):].split("> set to ") for line in out.splitlines() if line.startswith(mark)]
    return {name: int(priority) for name, priority in lines}
