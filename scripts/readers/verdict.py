"""Compares what a reader found in a file with the record of that file."""
import math

def counts(facts):
    """Everything that some reader counts."""
    f = dict(facts)
    f["rows"] = f["linear_rows"] + f["indicators"]
    f["all_rows"] = f["rows"] + f["nonlinear_rows"]
    f["split_indicators"] = f["indicators"] + f["indicator_equations"]
    f["split_indicator_nonzeros"] = f["indicator_nonzeros"] + f["indicator_equation_nonzeros"]
    for part in ("row", "objective"):
        squares, products = f[part + "_squares"], f[part + "_products"]
        f[part + "_terms"] = squares + products
        f[part + "_entries"] = squares + 2 * products
    return f


def verdict(facts, truth, found, tolerance):
    """A word and its explanation: right, counted, missing, refused, miscounted, unsolved."""
    for word in ("missing", "refused"):
        if word in found:
            return word, found[word]
    wanted = counts(facts)
    if "sums" in facts and "sums" in found:
        for what, wanted_sum in facts["sums"].items():
            value = found["sums"][what]
            # SCIP takes costs of 1e-9 for zero, beside those that others drop.
            dropped = 1e-8 if what == "costs" and facts["tiny_costs"] else 0
            if abs(value - wanted_sum) > dropped:
                return "miscounted", "%s add up to %r instead of %r" % (what, value, wanted_sum)
    for key, value in found.items():
        if key == "sums" or key not in wanted:
            continue
        extra = found.get("extra", 0) if key == "vars" else 0
        # A cost of 1e-12 and less may be dropped: that moves no optimum by more than that.
        fewer = wanted["tiny_costs"] if key == "objective_nonzeros" else 0
        if not wanted[key] - fewer <= value <= wanted[key] + extra:
            return "miscounted", "%s %s instead of %s" % (key, found[key], wanted[key])
    if "failed" in found:
        return ("counted" if licence(found["failed"]) else "unsolved"), found["failed"]
    if "status" not in found:
        return "counted", "solves nothing"
    status = found["status"]
    if status.startswith("local") or status in ("feasible", "timelimit", "time limit"):
        return "counted", status
    if truth["status"] == "infeasible":
        return ("right", "") if "infeasible" in status else ("unsolved", "status " + status)
    value = found.get("objective")
    if value is None:
        return "unsolved", "status " + status
    if truth["status"] == "optimal" and not close(value, truth["optimum"], tolerance):
        return "unsolved", "%r instead of %r" % (value, truth["optimum"])
    return "right", ""


def close(a, b, tolerance):
    return math.isclose(a, b, rel_tol=tolerance, abs_tol=tolerance)


def licence(words):
    """Whether a model was only too large for a free licence."""
    return any(w in words.lower() for w in ("size-limited", "licens", "1016", "promotional"))
