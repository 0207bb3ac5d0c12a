"""Compares what a reader found in a file with the record of that file."""
import math

# Solvers answer within their tolerances of 1e-6 to 1e-9; SCIP errs most, with 1e-8 in 1.
TOLERANCE = 1e-5


def counts(facts):
    """Everything that some reader counts."""
    f = dict(facts)
    f["rows"] = f["linear_rows"] + f["indicators"]
    f["split_indicators"] = f["indicators"] + f["indicator_equations"]
    f["split_indicator_nonzeros"] = f["indicator_nonzeros"] + f["indicator_equation_nonzeros"]
    for part in ("row", "objective"):
        squares, products = f[part + "_squares"], f[part + "_products"]
        f[part + "_terms"] = squares + products
        f[part + "_entries"] = squares + 2 * products
    return f


def verdict(facts, truth, found):
    """A word and its explanation: right, counted, wrong, refused, failed or missing."""
    for word in ("missing", "refused"):
        if word in found:
            return word, found[word]
    wanted = counts(facts)
    for key, value in found.items():
        if key not in wanted:
            continue
        extra = found.get("extra", 0) if key == "vars" else 0
        # A cost of 1e-12 and less may be dropped: that moves no optimum by more than that.
        fewer = wanted["tiny_costs"] if key == "objective_nonzeros" else 0
        if not wanted[key] - fewer <= value <= wanted[key] + extra:
            return "wrong", "%s %s instead of %s" % (key, found[key], wanted[key])
    if "failed" in found:
        return ("counted" if licence(found["failed"]) else "failed"), found["failed"]
    if "status" not in found:
        return "counted", "solves nothing"
    status = found["status"]
    if status.startswith("local") or status in ("feasible", "timelimit", "time limit"):
        return "counted", status
    if truth["status"] == "infeasible":
        return ("right", "") if "infeasible" in status else ("wrong", "status " + status)
    value = found.get("objective")
    if value is None:
        return "wrong", "status " + status
    if truth["status"] == "optimal" and not close(value, truth["optimum"]):
        return "wrong", "%r instead of %r" % (value, truth["optimum"])
    return "right", ""


def close(a, b):
    return math.isclose(a, b, rel_tol=TOLERANCE, abs_tol=TOLERANCE)


def licence(words):
    """Whether a model was only too large for a free licence."""
    return any(w in words.lower() for w in ("size-limited", "licens", "1016", "promotional"))
