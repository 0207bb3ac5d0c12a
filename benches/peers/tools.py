"""One function a tool: builds the model from arrays, and returns a function that writes it.

`model` holds `start`, `col`, `val` (rows in compressed form), `rhs`, `sense` (-1 <=, 0 =, 1 >=), `lower`,
`upper`, `binary`, `cost` (the first columns), and for the bilinear model `qi`, `qj`, `qval` (as many
products in every row). `given` is the folder with the same model as files of ours.
"""

SENSES = {-1: "<", 0: "=", 1: ">"}


def highspy(model, given):
    import highspy
    import numpy as np

    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(model["lower"]), len(model["rhs"])
    cost = np.zeros(lp.num_col_)
    cost[: len(model["cost"])] = model["cost"]
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = cost, model["lower"], model["upper"]
    sense, rhs = model["sense"], model["rhs"]
    lp.row_lower_ = np.where(sense < 0, -np.inf, rhs)
    lp.row_upper_ = np.where(sense > 0, np.inf, rhs)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = model["start"].astype(np.int32)
    lp.a_matrix_.index_ = model["col"].astype(np.int32)
    lp.a_matrix_.value_ = model["val"]
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    lp.integrality_ = [kinds[b] for b in model["binary"].tolist()]
    h = highspy.Highs()
    h.silent()
    h.passModel(lp)
    return h.writeModel


def gurobipy(model, given):
    import gurobipy as gp
    import numpy as np
    import scipy.sparse as sp

    env = gp.Env(params={"OutputFlag": 0})
    g = gp.Model(env=env)
    kinds = np.where(model["binary"], "B", "C")
    x = g.addMVar(len(kinds), lb=model["lower"], ub=model["upper"], vtype=kinds)
    cost = np.zeros(len(kinds))
    cost[: len(model["cost"])] = model["cost"]
    g.setObjective(cost @ x)
    shape = (len(model["rhs"]), len(kinds))
    a = sp.csr_array((model["val"], model["col"], model["start"]), shape=shape)
    if "qi" not in model:
        g.addMConstr(a, x, np.vectorize(SENSES.get)(model["sense"]), model["rhs"])
    else:
        vs = x.tolist()
        width = len(model["qi"]) // shape[0]
        for r in range(shape[0]):
            q = gp.QuadExpr()
            at = slice(r * width, (r + 1) * width)
            pick = [vs[i] for i in model["qi"][at]], [vs[j] for j in model["qj"][at]]
            q.addTerms(model["qval"][at].tolist(), *pick)
            at = slice(model["start"][r], model["start"][r + 1])
            q.addTerms(model["val"][at].tolist(), [vs[j] for j in model["col"][at]])
            g.addQConstr(q, SENSES[int(model["sense"][r])], model["rhs"][r])
    g.update()
    return g.write


def pyscipopt(model, given):
    import pyscipopt

    # By terms SCIP's Python layer would build for minutes; it reads our file instead.
    s = pyscipopt.Model()
    s.hideOutput()
    s.readProblem(str(given / "model.lp"))
    return lambda path: s.writeProblem(path, verbose=False)


def rows(model):
    """Every row as (columns, coefficients, products)."""
    start, col, val = model["start"].tolist(), model["col"].tolist(), model["val"].tolist()
    products = []
    if "qi" in model:
        products = list(zip(model["qi"].tolist(), model["qj"].tolist(), model["qval"].tolist()))
    width = len(products) // (len(start) - 1)
    for r in range(len(start) - 1):
        at = slice(start[r], start[r + 1])
        yield col[at], val[at], products[r * width : (r + 1) * width]


def pyomo(model, given):
    import pyomo.environ as pyo
    from pyomo.core.expr.numeric_expr import LinearExpression

    m = pyo.ConcreteModel()
    lower, upper, binary = (model[k].tolist() for k in ("lower", "upper", "binary"))
    m.x = pyo.Var(
        range(len(lower)),
        bounds=lambda m, j: (lower[j], upper[j]),
        domain=lambda m, j: pyo.Binary if binary[j] else pyo.Reals,
    )
    x = [m.x[j] for j in range(len(lower))]
    cost = model["cost"].tolist()
    m.obj = pyo.Objective(expr=LinearExpression(linear_coefs=cost, linear_vars=x[: len(cost)]))
    m.c = pyo.ConstraintList()
    sense, rhs = model["sense"].tolist(), model["rhs"].tolist()
    for (cols, vals, products), s, b in zip(rows(model), sense, rhs):
        e = LinearExpression(linear_coefs=vals, linear_vars=[x[j] for j in cols])
        if products:
            e = e + sum(a * x[i] * x[j] for i, j, a in products)
        m.c.add((e <= b) if s < 0 else (e >= b) if s > 0 else (e == b))
    return lambda path: m.write(path)


def pulp(model, given):
    import pulp

    p = pulp.LpProblem("model", pulp.LpMinimize)
    lower, upper, binary = (model[k].tolist() for k in ("lower", "upper", "binary"))
    kinds = ("Continuous", "Binary")
    x = [pulp.LpVariable(f"x{j}", l, u, kinds[b]) for j, (l, u, b) in enumerate(zip(lower, upper, binary))]
    p += pulp.LpAffineExpression(list(zip(x, model["cost"].tolist())))
    sense, rhs = model["sense"].tolist(), model["rhs"].tolist()
    for r, (cols, vals, _) in enumerate(rows(model)):
        e = pulp.LpAffineExpression([(x[j], a) for j, a in zip(cols, vals)])
        p += pulp.LpConstraint(e, sense[r], f"c{r}", rhs[r])
    return lambda path: p.writeLP(path) if path.endswith(".lp") else p.writeMPS(path)


def linopy(model, given):
    import linopy
    import numpy as np
    import pandas as pd
    import xarray as xr

    m = linopy.Model()
    binary = model["binary"]
    columns = pd.RangeIndex(len(binary), name="j")
    # Its binary variables are a block of their own.
    free, bits = columns[~binary], columns[binary]
    lower, upper = (xr.DataArray(model[k][~binary], {"j": free}) for k in ("lower", "upper"))
    x = m.add_variables(lower, upper, coords=[free], name="x")
    y = m.add_variables(coords=[bits], name="y", binary=True)
    labels = np.empty(len(binary), dtype=int)
    labels[~binary], labels[binary] = x.labels.values, y.labels.values

    def expression(cols, vals, dims):
        data = {"coeffs": (dims, vals), "vars": (dims, labels[cols])}
        return linopy.LinearExpression(xr.Dataset(data), m)

    count = len(model["rhs"])
    shape = (count, len(model["col"]) // count)
    rows_ = pd.RangeIndex(count, name="r")
    lhs = expression(model["col"].reshape(shape), model["val"].reshape(shape), ("r", "_term"))
    sense = xr.DataArray(np.array(["<=", "=", ">="])[model["sense"] + 1], {"r": rows_})
    m.add_constraints(lhs, sense, xr.DataArray(model["rhs"], {"r": rows_}), name="c")
    cost = model["cost"]
    m.add_objective(expression(np.arange(len(cost)), cost, ("_term",)))
    return lambda path: m.to_file(path, progress=False)


def ommx(model, given):
    from ommx.v1 import Constraint, DecisionVariable, Function, Instance, Linear, Quadratic

    lower, upper, binary = (model[k].tolist() for k in ("lower", "upper", "binary"))
    x = [
        DecisionVariable.binary(j) if b else DecisionVariable.continuous(j, lower=l, upper=u)
        for j, (l, u, b) in enumerate(zip(lower, upper, binary))
    ]
    constraints = []
    sense, rhs = model["sense"].tolist(), model["rhs"].tolist()
    for r, (cols, vals, products) in enumerate(rows(model)):
        sign = -1.0 if sense[r] > 0 else 1.0
        f = Linear(terms={j: sign * a for j, a in zip(cols, vals)}, constant=-sign * rhs[r])
        if products:
            i, j, a = (list(k) for k in zip(*products))
            f = Quadratic(columns=i, rows=j, values=[sign * v for v in a], linear=f)
        f = Function(f)
        constraints.append(f == 0 if sense[r] == 0 else f <= 0)
    instance = Instance.from_components(
        decision_variables=x,
        objective=Linear(terms=dict(enumerate(model["cost"].tolist()))),
        constraints=constraints,
        sense=Instance.MINIMIZE,
    )
    return lambda path: instance.save_mps(path, compress=False)


# The formats that each can write, for the linear and for the bilinear model.
TOOLS = {
    "gurobipy": (gurobipy, ("lp", "mps"), ("lp", "mps")),
    "highspy": (highspy, ("lp", "mps"), ()),
    "linopy": (linopy, ("lp", "mps"), ()),
    "ommx": (ommx, ("mps",), ("mps",)),
    "pulp": (pulp, ("lp", "mps"), ()),
    "pyomo": (pyomo, ("lp", "nl"), ("lp", "nl")),
    "pyscipopt": (pyscipopt, ("lp", "mps"), ("lp",)),
}
