"""Whether the branching priorities of golden/priorities arrive in Gurobi, CPLEX and SCIP.

    PYTHONPATH=scripts VENV/bin/python -m readers.priorities

Each reader gets its model file and the file of priorities beside it, and is asked for what it then
has. The exit status is 1 if anything differs, and 2 if no reader was there.
"""
import os
import subprocess
import sys
import tempfile

from . import workers

CASE = os.path.join(os.path.dirname(os.path.dirname(workers.PACKAGE)), "golden", "priorities")
WANTED = {"a": 7, "b": 0, "c": -3, "k": 40}
# CPLEX knows none below 0: all are raised.
RAISED = {v: p + 3 for v, p in WANTED.items() if p + 3}
# SCIP's shell takes the batch file; this is its shell without an executable.
SHELL = """
import ctypes, glob, os, pyscipopt, sys
lib = glob.glob(os.path.join(os.path.dirname(pyscipopt.__file__), "..", "pyscipopt.libs", "libscip-*.so*"))[0]
args = [b"scip"] + [a.encode() for a in sys.argv[1:]]
ctypes.CDLL(lib).SCIPrunShell(len(args), (ctypes.c_char_p * (len(args) + 1))(*args, None), b"none.set")
"""


def gurobi():
    import gurobipy
    m = gurobipy.read(os.path.join(CASE, "model.lp"), gurobipy.Env(params={"OutputFlag": 0}))
    m.read(os.path.join(CASE, "gurobi.ord"))
    m.update()
    return {v.VarName: v.BranchPriority for v in m.getVars() if v.VType != "C"}, WANTED


def cplex():
    import cplex as library
    m = library.Cplex()
    for stream in (m.set_log_stream, m.set_results_stream, m.set_warning_stream, m.set_error_stream):
        stream(None)
    m.read(os.path.join(CASE, "model.lp"))
    m.order.read(os.path.join(CASE, "cplex.ord"))
    return {m.variables.get_names(i): p for i, p, _ in m.order.get()}, RAISED


def scip(model="model.lp"):
    import pyscipopt  # to tell whether it is there
    assert pyscipopt
    command = [sys.executable, "-c", SHELL, "-c", "read " + model, "-b", os.path.join(CASE, "scip.batch"), "-c", "quit"]
    out = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=CASE, stdin=subprocess.DEVNULL).stdout
    mark = "branching priority of variable <"
    lines = [line[len(mark):].split("> set to ") for line in out.splitlines() if line.startswith(mark)]
    return {name: int(priority) for name, priority in lines}, {v: p for v, p in WANTED.items() if p}


def scip_nl():
    with tempfile.TemporaryDirectory() as folder:
        stub = os.path.join(folder, "m.nl")
        with open(os.path.join(CASE, "model.nl"), "rb") as old, open(stub, "wb") as new:
            new.write(old.read())
        with open(os.path.join(folder, "m.col"), "w") as names:
            names.write("x\na\nb\nc\nk\n")
        return scip(stub)


def main():
    asked, faults = 0, 0
    for reader in (gurobi, cplex, scip, scip_nl):
        try:
            found, wanted = reader()
        except ImportError as e:
            print("%-8s not here: %s" % (reader.__name__, e))
            continue
        asked += 1
        faults += found != wanted
        print("%-8s %s: %s" % (reader.__name__, "ok" if found == wanted else "DIFFERS", found))
    return 2 if not asked else 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
