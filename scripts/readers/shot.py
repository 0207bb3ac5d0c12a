"""SHOT, a convex solver for NL; its points of nonconvex models are no proof."""
from .kit import QUADRATIC, Takes

TAKES = Takes("shot", ("nl",), QUADRATIC, nonconvex=True, proves=False)


def version():
    import importlib.metadata
    return "SHOT %s" % importlib.metadata.version("SHOTpy")


def ask(path, limit, found):
    import SHOTpy
    s = SHOTpy.Solver()
    s.updateSetting("Termination.TimeLimit", float(limit))
    if not s.setProblem(path):
        raise ValueError("refused by the reader")
    p = s.getOriginalProblem()
    found.update({"vars": len(list(p.allVariables)),
                  "integers": len(list(p.integerVariables)) + len(list(p.binaryVariables)),
                  # A row whose products have a fixed factor counts as linear.
                  "all_rows": len(list(p.numericConstraints))})
    s.solveProblem()
    word = str(s.getModelReturnStatus()).split(".")[-1]
    found["status"] = {"OptimalGlobal": "optimal", "InfeasibleGlobal": "infeasible"}.get(word, "local: " + word)
    if found["status"] == "optimal":
        found["objective"] = s.getPrimalBound()
