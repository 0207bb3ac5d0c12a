"""MOSEK, which counts without a licence and solves nothing."""
from .kit import Takes

TAKES = Takes("mosek", ("lp", "mps"), ("LP", "MILP", "QP", "QCP"))


def version():
    import mosek as mk
    return "MOSEK %d.%d.%d" % mk.Env.getversion()


def ask(path, limit, found):
    import mosek as mk
    with mk.Env() as env, env.Task() as t:
        t.readdata(path)
        quadratic = sum(t.getnumqconknz(i) > 0 for i in range(t.getnumcon()))
        found.update({"vars": t.getnumvar(), "integers": t.getnumintvar(), "nonlinear_rows": quadratic,
                      "linear_rows": t.getnumcon() - quadratic, "nonzeros": t.getnumanz(),
                      "row_terms": sum(t.getnumqconknz(i) for i in range(t.getnumcon())),
                      "objective_terms": t.getnumqobjnz(),
                      "objective_nonzeros": sum(x != 0 for x in t.getc())})
