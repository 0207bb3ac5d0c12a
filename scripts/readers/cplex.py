"""CPLEX, community edition: 1000 rows and columns, no nonconvex quadratic rows."""
from .kit import QUADRATIC, Takes

TAKES = Takes(("lp", "mps"), QUADRATIC, indicators=True, sets=True)


def version():
    import cplex as cx
    return "CPLEX %s" % cx.Cplex().get_version()


def ask(path, limit, found):
    import cplex as cx
    c = cx.Cplex()
    for stream in (c.set_log_stream, c.set_results_stream, c.set_warning_stream, c.set_error_stream):
        stream(None)
    c.read(path)
    v = c.variables
    found.update({"vars": v.get_num(), "integers": v.get_num_integer() + v.get_num_binary(),
                  "linear_rows": c.linear_constraints.get_num(),
                  "nonlinear_rows": c.quadratic_constraints.get_num(),
                  "indicators": c.indicator_constraints.get_num(), "sos": c.SOS.get_num()})
    c.parameters.timelimit.set(limit)
    c.parameters.optimalitytarget.set(3)
    c.parameters.preprocessing.reduce.set(1)
    c.solve()
    words = c.solution.get_status_string()
    found["status"] = "optimal" if "optimal" in words else "infeasible" if "infeasible" in words else words
    if found["status"] == "optimal":
        found["objective"] = c.solution.get_objective_value()
