"""Compares what a reader found in a file with the record of that file."""
import math

TOLERANCE = 1e-5
COUNTS = ("vars", "integers", "rows", "linear_rows", "nonlinear_rows", "indicators", "split_indicators", "sos", "nonzeros")

# What a reader gets wrong whoever wrote the file, found by these tests.
SKIP = {
    ("discopt", "integers"): "0.8: -1 by all others, 2 by discopt (integers without bounds)",
    ("glpk", "nothing"): "5.0 refuses an LP file without rows",
}


def takes(reader, limits, case, name, facts):
    """Whether the reader is asked for this file."""
    word = facts["class"].split()[0]
    if (reader, case) in SKIP:
        return False
    return (name.rsplit(".", 1)[1] in limits.endings and word in limits.classes
            and (limits.indicators or not facts["indicators"]) and (limits.sets or not facts["sos"])
            and (limits.nonconvex or "nonconvex" not in facts["class"]))


def verdict(facts, truth, found):
    """`ok`, or what is wrong; the second value says whether that is a fault."""
    if "missing" in found:
        return "missing", False
    for word in ("refused", "failed"):
        if word in found:
            return word + ": " + found[word], True
    facts = dict(facts, rows=facts["linear_rows"] + facts["indicators"],
                 split_indicators=facts["indicators"] + facts["indicator_equations"])
    for key in COUNTS:
        extra = found.get("extra", 0) if key in ("vars", "nonlinear_rows") else 0
        if key in found and not facts[key] <= found[key] <= facts[key] + extra:
            return "%s %s instead of %s" % (key, found[key], facts[key]), True
    if "status" not in found:
        return "counts", False
    if found["status"].startswith("local") or found["status"] == "feasible":
        return "counts (%s)" % found["status"], False
    if truth["status"] == "infeasible":
        return ("ok", False) if "infeasible" in found["status"] else ("status " + found["status"], True)
    value = found.get("objective")
    if value is None:
        return "status " + found["status"], True
    if truth["status"] == "optimal":
        wanted = truth["optimum"]
        if not math.isclose(value, wanted, rel_tol=TOLERANCE, abs_tol=TOLERANCE):
            return "%r instead of %r" % (value, wanted), True
    return "ok", False
