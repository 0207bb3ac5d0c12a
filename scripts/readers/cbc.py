"""The program of CBC's development version, from the package cbcbox."""
import os
import re
import tempfile

from .kit import Takes, run

TAKES = Takes("cbc", ("lp", "mps"), ("LP", "MILP"), sets=True, required=True)


def program():
    """Where the program is; the package builds it for several processors."""
    import cbcbox
    return cbcbox.cbc_bin_path()


def version():
    import importlib.metadata
    program()
    return "CBC %s" % importlib.metadata.version("cbcbox")


def counts(log):
    """What it says about the file that it loaded."""
    sizes = re.search(r"Problem loaded\D+(\d+) rows?, (\d+) cols?, (\d+) NZ(?:, (\d+) integer)?", log)
    if not sizes:
        return {}
    rows, columns, entries = (int(sizes[k]) for k in (1, 2, 3))
    return {"vars": columns, "linear_rows": rows, "nonzeros": entries, "integers": int(sizes[4] or 0)}


def ask(path, limit, found, command=None, counts=counts):
    with tempfile.TemporaryDirectory() as d:
        out = os.path.join(d, "solution")
        log = run([command or program(), path, "-sec", str(limit), "-solve", "-solution", out, "-quit"], limit)
        if re.search(r"There were -?\d+ errors|### ERROR|default column names|unable to open", log):
            raise ValueError(" ".join(l for l in log.splitlines() if "###" in l or "errors" in l)[:200])
        found.update(counts(log))
        if "infeasibility proved" in log:
            found["status"] = "infeasible"
            return
        first = open(out).readline() if os.path.exists(out) else ("infeasible" if "nfeasible" in log else "")
        found["status"] = "optimal" if first.startswith("Optimal") else "infeasible" if "nfeasible" in first else first.strip()
        value = re.search(r"objective value\s+(\S+)", first)
        if value and found["status"] == "optimal":
            found["objective"] = float(value[1])
