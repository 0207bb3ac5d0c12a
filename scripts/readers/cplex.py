"""CPLEX, community edition: 1000 rows and columns, no nonconvex quadratic rows."""
from .kit import QUADRATIC, Takes, sums

TAKES = Takes("cplex", ("lp", "mps"), QUADRATIC, indicators=True, sets=True, starts="mst", own_starts=True,
              priorities="ord", raises=True, required=True)


def version():
    import cplex as cx
    return "CPLEX %s" % cx.Cplex().get_version()


def model():
    """An empty model that prints nothing."""
    import cplex as cx
    c = cx.Cplex()
    for stream in (c.set_log_stream, c.set_results_stream, c.set_warning_stream, c.set_error_stream):
        stream(None)
    return c


def ask(path, limit, found):
    c = model()
    c.read(path)
    v, q, i = c.variables, c.quadratic_constraints, c.indicator_constraints
    parts = [q.get_quadratic_components(k) for k in range(q.get_num())]
    pairs = [pair for part in parts for pair in zip(part.ind1, part.ind2)]
    found.update({"vars": v.get_num(), "integers": v.get_num_integer() + v.get_num_binary(),
                  "linear_rows": c.linear_constraints.get_num(),
                  "nonlinear_rows": q.get_num(), "indicators": i.get_num(), "sos": c.SOS.get_num(),
                  "linear_nonzeros": c.linear_constraints.get_num_nonzeros(),
                  "nonlinear_nonzeros": sum(q.get_linear_num_nonzeros(k) for k in range(q.get_num())),
                  "indicator_nonzeros": sum(len(i.get_linear_components(k).ind) for k in range(i.get_num())),
                  "row_squares": sum(a == b for a, b in pairs),
                  "row_products": sum(a != b for a, b in pairs),
                  "objective_nonzeros": sum(x != 0 for x in c.objective.get_linear()),
                  "objective_entries": c.objective.get_num_quadratic_nonzeros()})
    rows = c.linear_constraints.get_rows()
    found.update(sums(c.objective.get_linear(), [a for row in rows for a in row.val]))
    c.parameters.timelimit.set(limit)
    c.parameters.mip.tolerances.mipgap.set(0)  # see kit.py
    c.parameters.mip.tolerances.absmipgap.set(0)
    c.parameters.optimalitytarget.set(3)
    c.parameters.preprocessing.reduce.set(1)
    c.solve()
    words = c.solution.get_status_string()
    found["status"] = "optimal" if "optimal" in words else "infeasible" if "infeasible" in words else words
    if found["status"] == "optimal":
        found["objective"] = c.solution.get_objective_value()


def start(path, point):
    c = model()
    c.read(path)
    c.MIP_starts.read(point)
    pair = c.MIP_starts.get_starts()[0][0]
    return {c.variables.get_names(i): v for i, v in zip(pair.ind, pair.val)}


def priorities(path, file, columns):
    c = model()
    c.read(path)
    c.order.read(file)
    return {c.variables.get_names(i): p for i, p, _ in c.order.get()}
