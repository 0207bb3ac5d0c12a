"""discopt, a global solver for NL."""
from .kit import SMOOTH, Takes

TAKES = Takes("discopt", ("nl",), SMOOTH, nonconvex=True, proves=False, tolerance=1e-4)


def version():
    import importlib.metadata
    return "discopt %s" % importlib.metadata.version("discopt")


def ask(path, limit, found):
    from discopt.modeling import from_nl
    m = from_nl(path)
    found.update({"vars": m.num_variables, "integers": m.num_integer})
    r = m.solve(time_limit=limit, gap_tolerance=1e-7)
    found["status"] = str(r.status)
    if found["status"] == "optimal":
        found["objective"] = r.objective
