"""HiGHS through highspy, which must not share a process with OR-Tools."""
from .kit import Takes, sums

TAKES = Takes("highs", ("lp", "mps"), ("LP", "MILP", "QP"), starts="sol", required=True)


def version():
    import highspy
    return "HiGHS %s" % highspy.Highs().version()


def ask(path, limit, found):
    import highspy
    h = highspy.Highs()
    h.setOptionValue("output_flag", False)
    if h.readModel(path) == highspy.HighsStatus.kError:
        raise ValueError("refused by the reader")
    model = h.getModel()
    lp, hessian = model.lp_, model.hessian_
    kinds = [str(k) for k in lp.integrality_]
    found.update({"vars": lp.num_col_, "integers": sum("kInteger" in k for k in kinds),
                  "linear_rows": lp.num_row_, "nonzeros": h.getNumNz(),
                  "objective_nonzeros": sum(c != 0 for c in lp.col_cost_)})
    # One triangle, with every diagonal entry in it.
    entries = [(j, hessian.index_[k]) for j in range(hessian.dim_)
               for k in range(hessian.start_[j], hessian.start_[j + 1]) if hessian.value_[k] != 0]
    found["objective_squares"] = sum(i == j for i, j in entries)
    found["objective_products"] = sum(i != j for i, j in entries)
    found.update(sums(lp.col_cost_, lp.a_matrix_.value_))
    h.setOptionValue("time_limit", float(limit))
    h.setOptionValue("mip_rel_gap", 0.0)  # see kit.py
    h.setOptionValue("mip_abs_gap", 0.0)
    h.run()
    found["status"] = h.modelStatusToString(h.getModelStatus()).lower()
    if found["status"] == "optimal":
        found["objective"] = h.getInfo().objective_function_value


def start(path, point):
    import highspy
    h = highspy.Highs()
    h.setOptionValue("output_flag", False)
    h.readModel(path)
    if h.readSolution(point, 0) == highspy.HighsStatus.kError:
        raise ValueError("refused by the reader")
    return dict(zip(h.getLp().col_names_, h.getSolution().col_value))
