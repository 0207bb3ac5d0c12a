"""GLPK's program `glpsol`."""
import os
import re
import tempfile

from .kit import Takes, program, run

TAKES = Takes(("lp", "mps"), ("LP", "MILP"))


def version():
    return "GLPK %s" % re.search(r"v?(\d+\.\d+)", run([program("THERIAC_GLPSOL", "glpsol"), "--version"], 5))[1]


def ask(path, limit, found):
    with tempfile.TemporaryDirectory() as d:
        report = os.path.join(d, "report")
        flag = "--lp" if path.endswith(".lp") else "--freemps"
        log = run([program("THERIAC_GLPSOL", "glpsol"), flag, path, "--tmlim", str(int(limit)), "-o", report], limit)
        size = re.search(r"(\d+) rows?, (\d+) columns?, (\d+) non-zeros?", log)
        if not size:
            raise ValueError(log[-200:])
        # It counts the objective as a row when it reads MPS.
        found["vars"] = int(size[2])
        text = open(report).read()
        status = re.search(r"Status:\s+(.*)", text)[1].strip()
        found["status"] = "optimal" if status.endswith("OPTIMAL") and "NON" not in status else status.lower()
        if re.search("NO PRIMAL FEASIBLE|NO (INTEGER )?FEASIBLE SOLUTION", log):
            found["status"] = "infeasible"
        value = re.search(r"Objective:\s+.*?=\s+(\S+)", text)
        if found["status"] == "optimal" and value:
            found["objective"] = float(value[1])
