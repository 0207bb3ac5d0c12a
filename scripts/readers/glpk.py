"""GLPK through swiglpk."""
from .kit import Takes, sums

TAKES = Takes("glpk", ("lp", "mps"), ("LP", "MILP"), required=True)


def version():
    import swiglpk as g
    return "GLPK %s" % g.glp_version()


def ask(path, limit, found):
    import swiglpk as g
    g.glp_term_out(g.GLP_OFF)
    p = g.glp_create_prob()
    lp = path.endswith(".lp")
    if (g.glp_read_lp(p, None, path) if lp else g.glp_read_mps(p, g.GLP_MPS_FILE, None, path)) != 0:
        raise ValueError("refused by the reader")
    rows, columns = range(1, g.glp_get_num_rows(p) + 1), range(1, g.glp_get_num_cols(p) + 1)
    # The objective of an MPS file stays as a free row.
    bound = [i for i in rows if g.glp_get_row_type(p, i) != g.GLP_FR]
    index, value = g.intArray(len(columns) + 1), g.doubleArray(len(columns) + 1)
    found.update({
        "vars": len(columns), "integers": g.glp_get_num_int(p), "linear_rows": len(bound),
        "nonzeros": sum(g.glp_get_mat_row(p, i, index, value) for i in bound),
        "objective_nonzeros": sum(g.glp_get_obj_coef(p, j) != 0 for j in columns),
    })
    entries = []
    for i in bound:
        length = g.glp_get_mat_row(p, i, index, value)
        entries += [value[k] for k in range(1, length + 1)]
    found.update(sums((g.glp_get_obj_coef(p, j) for j in columns), entries))
    simplex, search = g.glp_smcp(), g.glp_iocp()
    g.glp_init_smcp(simplex)
    g.glp_init_iocp(search)
    simplex.tm_lim = search.tm_lim = int(limit * 1000)
    simplex.presolve = search.presolve = g.GLP_ON
    words = {g.GLP_OPT: "optimal", g.GLP_NOFEAS: "infeasible", g.GLP_UNBND: "unbounded", g.GLP_UNDEF: "undefined"}
    discrete = g.glp_get_num_int(p) > 0
    code = g.glp_intopt(p, search) if discrete else g.glp_simplex(p, simplex)
    crossed = any(g.glp_get_col_type(p, j) == g.GLP_DB and g.glp_get_col_lb(p, j) > g.glp_get_col_ub(p, j)
                  for j in columns)
    if code == g.GLP_ENOPFS or code == g.GLP_EBOUND and crossed:
        found["status"] = "infeasible"
    elif code != 0:
        raise ValueError("refused by the solver: code %d" % code)
    else:
        status = g.glp_mip_status(p) if discrete else g.glp_get_status(p)
        found["status"] = words.get(status, str(status))
    if found["status"] == "optimal":
        found["objective"] = g.glp_mip_obj_val(p) if discrete else g.glp_get_obj_val(p)
    g.glp_delete_prob(p)
