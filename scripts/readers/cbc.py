"""CBC's program `cbc`."""
import os
import re
import tempfile

from .kit import Takes, program, run

TAKES = Takes(("lp", "mps"), ("LP", "MILP"))


def version():
    return "CBC %s" % re.search(r"Version:\s*(\S+)", run([program("THERIAC_CBC", "cbc"), "-quit"], 5))[1]


def ask(path, limit, found):
    with tempfile.TemporaryDirectory() as d:
        out = os.path.join(d, "solution")
        log = run([program("THERIAC_CBC", "cbc"), path, "-sec", str(limit), "-solve", "-solution", out, "-quit"], limit)
        if re.search(r"There were -?\d+ errors|### ERROR|default column names|unable to open", log):
            raise ValueError(" ".join(l for l in log.splitlines() if "###" in l or "errors" in l)[:200])
        first = open(out).readline() if os.path.exists(out) else ("infeasible" if "nfeasible" in log else "")
        found["status"] = "optimal" if first.startswith("Optimal") else "infeasible" if "nfeasible" in first else first.strip()
        value = re.search(r"objective value\s+(\S+)", first)
        if value and found["status"] == "optimal":
            found["objective"] = float(value[1])
