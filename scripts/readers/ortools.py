"""The MPS reader of OR-Tools, with its copy of SCIP as the solver."""
from .kit import Takes

TAKES = Takes("ortools", ("mps",), ("LP", "MILP"), indicators=True)


def version():
    import ortools
    return "OR-Tools %s" % ortools.__version__


def ask(path, limit, found):
    from ortools.linear_solver.python import model_builder as mb
    m = mb.Model()
    if not m.import_from_mps_file(path):
        raise ValueError("refused by the reader")
    h = m.helper
    columns = range(m.num_variables)
    found.update({
        "vars": m.num_variables, "rows": m.num_constraints,
        "integers": sum(h.var_is_integral(j) for j in columns),
        "objective_nonzeros": sum(h.var_objective_coefficient(j) != 0 for j in columns),
    })
    with open(path) as f:
        # To ask for the entries of an indicator ends the process.
        if "INDICATORS" not in f.read().split("\n"):
            found["nonzeros"] = sum(len(list(h.constraint_var_indices(i))) for i in range(m.num_constraints))
    s = mb.Solver("SCIP")
    s.set_time_limit_in_seconds(limit)
    status = s.solve(m).name
    found["status"] = status.lower()
    if status == "OPTIMAL":
        found["objective"] = s.objective_value
