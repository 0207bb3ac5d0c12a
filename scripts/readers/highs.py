"""HiGHS through highspy, which must not share a process with OR-Tools."""
from .kit import Takes

TAKES = Takes(("lp", "mps"), ("LP", "MILP", "QP"))


def version():
    import highspy
    return "HiGHS %s" % highspy.Highs().version()


def ask(path, limit, found):
    import highspy
    h = highspy.Highs()
    h.setOptionValue("output_flag", False)
    if h.readModel(path) == highspy.HighsStatus.kError:
        raise ValueError("refused by the reader")
    lp = h.getModel().lp_
    kinds = [str(k) for k in lp.integrality_]
    found.update({"vars": lp.num_col_, "integers": sum("kInteger" in k for k in kinds),
                  "linear_rows": lp.num_row_, "nonzeros": h.getNumNz()})
    h.setOptionValue("time_limit", float(limit))
    h.run()
    found["status"] = h.modelStatusToString(h.getModelStatus()).lower()
    if found["status"] == "optimal":
        found["objective"] = h.getInfo().objective_function_value
