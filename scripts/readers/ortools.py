"""The MPS reader of OR-Tools, with its copy of SCIP as the solver."""
from .kit import Takes

TAKES = Takes(("mps",), ("LP", "MILP"), indicators=True)


def version():
    import ortools
    return "OR-Tools %s" % ortools.__version__


def ask(path, limit, found):
    from ortools.linear_solver.python import model_builder as mb
    m = mb.Model()
    if not m.import_from_mps_file(path):
        raise ValueError("refused by the reader")
    found.update({"vars": m.num_variables, "rows": m.num_constraints,
                  "integers": sum(m.helper.var_is_integral(i) for i in range(m.num_variables))})
    s = mb.Solver("SCIP")
    s.set_time_limit_in_seconds(limit)
    status = s.solve(m).name
    found["status"] = status.lower()
    if status == "OPTIMAL":
        found["objective"] = s.objective_value
